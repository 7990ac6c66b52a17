"""Why a text is not a formula: one error type, with a code, a position and a way out."""

from __future__ import annotations

from guozi_core.findings import Wording


class FormulaError(Exception):
    """The text is refused.

    Attributes
    ----------
    code : str
        ``FRM-SYNTAX``, ``FRM-OPERATOR``, ``FRM-STRING``, ``FRM-ATTRIBUTE``, ``FRM-EXPONENT``,
        ``FRM-FUNCTION``, ``FRM-ARGUMENTS``, ``FRM-NAME``, ``FRM-NUMBER``, ``FRM-LIMIT`` or
        ``FRM-EMPTY``.
    position : int
        Character of the text at which it went wrong, counted from 1.
    message : Wording
        What is wrong, in both languages.
    suggestion : str
        The nearest name that would have been understood, if there is one.
    """

    def __init__(
        self, code: str, *, position: int, message: Wording, suggestion: str | None = None
    ) -> None:
        self.code = code
        self.position = position
        self.message = message
        self.suggestion = suggestion
        super().__init__(f"[{code}] {message.en} (position {position})")

    @property
    def located(self) -> Wording:
        """What is wrong, with the character at which it is."""
        if self.code == "FRM-SYNTAX":
            return self.message
        return Wording(
            f"{self.message.zh}（第{self.position}个字符）",
            f"{self.message.en} (character {self.position})",
        )
