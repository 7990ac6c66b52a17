"""Find the command, read its arguments, run it, and turn what escapes into an exit code."""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import sys
import traceback
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Protocol, cast

from guozi_core.findings import Language, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence


class Command(NamedTuple):
    """A command: its module in this package and what it is for."""

    module: str
    help: Wording


class CommandModule(Protocol):
    """What every command module provides."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work and return the exit code."""


#: Every command, in the order of the help page. Two words make a command with a sub-command.
COMMANDS: dict[str, Command] = {
    "formula": Command(
        "formula", Wording("对表格逐行计算一个公式", "compute a formula for every row of a table")
    ),
    "indicators": Command(
        "indicators", Wording("由报表计算指标", "compute indicators from statements")
    ),
    "check": Command("check", Wording("核对报表勾稽关系", "cross-check statements")),
    "evaluate": Command(
        "evaluate", Wording("综合绩效评价（功效系数法）", "comprehensive performance evaluation")
    ),
    "template": Command(
        "template", Wording("生成填报模板", "write the workbook a reporter fills in")
    ),
    "uscc": Command(
        "uscc", Wording("校验统一社会信用代码", "validate unified social credit codes")
    ),
    "serve": Command(
        "serve", Wording("启动网页服务（连同后台任务）", "serve the pages, and the jobs")
    ),
    "worker": Command("worker", Wording("启动后台任务进程", "run the job worker alone")),
    "migrate": Command(
        "migrate", Wording("升级数据库结构", "bring the database's structure up to date")
    ),
    "audit export": Command(
        "audit_export", Wording("导出审计日志", "export the audit log for off-line verification")
    ),
    "audit verify": Command(
        "audit_verify", Wording("离线验证日志或回执", "verify a log or a receipt off-line")
    ),
    "doctor": Command("doctor", Wording("系统自检", "examine the installed product")),
    "demo": Command("demo", Wording("装入示例城市", "build the example city")),
    "load": Command("load", Wording("装入公开披露数据", "load a folder of public disclosures")),
    "import": Command(
        "import_file", Wording("导入报表文件（与网页相同）", "import files as the page does")
    ),
    "reference": Command(
        "reference", Wording("生成参考手册", "write docs/reference from data and code")
    ),
    "bench": Command("bench", Wording("运行基准测试", "run the benchmarks")),
}


def preferred_language() -> Language:
    """Return the language of the locale; Chinese unless it is English."""
    # The variables themselves: ``locale.getlocale`` reports the C locale as English.
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chosen = next((name for name in names if name), "")
    return "en" if chosen.startswith("en") else "zh"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = _command_name(words)
    if name is None:
        return _help(words)
    command = COMMANDS[name]
    module = cast("CommandModule", importlib.import_module(f"guozi.cli.{command.module}"))
    language = preferred_language()
    parser = argparse.ArgumentParser(
        prog=f"guozi {name}", description=command.help.in_language(language)
    )
    parser.add_argument(
        "--lang", choices=["zh", "en"], default=language, help="zh | en (语言 / language)"
    )
    module.configure(parser)
    arguments = parser.parse_args(words[len(name.split()) :])
    try:
        return module.run(arguments)
    except BrokenPipeError:
        # The reader of the output has gone; there is nobody left to tell.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the door: a defect becomes exit code 4
        return _defect(error, arguments.lang)


def _command_name(words: Sequence[str]) -> str | None:
    """Return the longest command that ``words`` begin with."""
    for length in (2, 1):
        name = " ".join(words[:length])
        if len(words) >= length and name in COMMANDS:
            return name
    return None


def _help(words: Sequence[str]) -> int:
    """Print the list of commands; wrong use unless it was asked for."""
    language: Language = "en" if "en" in words else preferred_language()
    asked = bool(words) and words[0] in {"help", "--help", "-h"}
    stream = sys.stdout if asked else sys.stderr
    lines = [Wording("用法：guozi 命令 [参数]", "usage: guozi COMMAND [ARGUMENTS]")]
    print(lines[0].in_language(language), file=stream)
    for name, command in COMMANDS.items():
        print(f"  {name:<14} {command.help.in_language(language)}", file=stream)
    return 0 if asked else 2


def _defect(error: Exception, language: Language) -> int:
    """Print a reference number that stays the same for the same defect, then the traceback."""
    trace = "".join(traceback.format_exception(error))
    reference = hashlib.sha256(trace.encode()).hexdigest()[:8].upper()
    text = Wording(
        f"程序缺陷，编号 {reference}。请将此编号和下面的内容发给维护人员。",
        f"A defect, reference {reference}. Please send it with the lines below to the maintainers.",
    )
    print(text.in_language(language), file=sys.stderr)
    print(trace, file=sys.stderr)
    return 4


def wrong_use(message: Wording, language: Language) -> NoReturn:
    """End the command with exit code 2 and say what was wrong with its use."""
    print(message.in_language(language), file=sys.stderr)
    raise SystemExit(2)
