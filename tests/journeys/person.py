"""A person: a browser window of their own, signed in with a name and a password."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Response


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Where the example city is served, and who lives there (user name → role)."""

    address: str
    password: str
    people: dict[str, str]

    def of_role(self, role: str) -> str:
        """Return the first person of a role."""
        return next(name for name, has in self.people.items() if has == role)


class Person:
    """Somebody in front of a browser; ``complaints`` are what went wrong behind the pages."""

    def __init__(
        self, browser: Browser, city: City, *, size: tuple[int, int], language: str
    ) -> None:
        self.city = city
        self.context = browser.new_context(
            base_url=city.address,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN" if language == "zh" else "en-GB",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(15_000)
        if (
            language == "en"
        ):  # as the language button does; the browser's own language counts for nothing
            self.context.add_cookies([{"name": "language", "value": "en", "url": city.address}])
        self.complaints: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("response", self._answered)

    def _told(self, message: ConsoleMessage) -> None:
        # The browser also reports every 403 and 404 here; a journey that meets one asks for it.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.url}: {response.status}")

    def sign_in(self, username: str) -> None:
        """Type name and password into the first page."""
        self.page.goto("/accounts/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", self.city.password)
        self.page.click("main button.btn-primary")
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def go(self, address: str) -> int:
        """Open a page; return the status it was answered with."""
        answer = self.page.goto(address)
        assert answer is not None
        self.page.wait_for_load_state("networkidle")
        return answer.status

    def text(self, selector: str = "main") -> str:
        """Return what is to be read in a part of the page."""
        return self.page.inner_text(selector)

    def download(self, selector: str) -> tuple[str, bytes]:
        """Click something that downloads a file; return its name and content."""
        with self.page.expect_download() as expected:
            self.page.click(selector)
        file = expected.value
        return file.suggested_filename, Path(file.path()).read_bytes()

    def choose_file(self, selector: str, name: str, content: bytes) -> None:
        """Put a file into the field of a form."""
        self.page.set_input_files(
            selector,
            {"name": name, "mimeType": "application/octet-stream", "buffer": bytes(content)},
        )

    def open_figure(self, selector: str) -> str:
        """Click a figure; return the text of its origin once the side panel shows it."""
        self.page.click(selector)
        self.page.wait_for_selector("#where-from.show .origin-title")
        self.page.wait_for_load_state("networkidle")
        return self.text("#where-from-body")


def workbook_of(content: bytes) -> io.BytesIO:
    """Return a file for a reader of workbooks."""
    return io.BytesIO(content)
