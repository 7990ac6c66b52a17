"""The manual lists every fault as the program words it."""

from pathlib import Path

from guozi_core.sheets import FAULTS

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "methods" / "import.md"


def row(code: str) -> str:
    fault = FAULTS[code]
    fix = "" if fault.fix is None else fault.fix.zh
    return f"| `{code}` | {fault.severity.label.zh} | {fault.message.zh} | {fault.message.en} | {fix} |"


def test_manual_lists_every_fault() -> None:
    text = MANUAL.read_text(encoding="utf-8")

    missing = [row(code) for code in FAULTS if row(code) not in text]

    assert not missing, "docs/methods/import.md lacks:\n" + "\n".join(missing)
    assert text.count("\n| `IMP-") == len(FAULTS)


def test_every_fault_can_happen() -> None:
    """A code that nothing reports is a promise nobody keeps."""
    source = MANUAL.parents[2] / "src"
    files = [
        *(source / "guozi_core" / "sheets").glob("*.py"),
        *(source / "guozi" / "excel").glob("*.py"),
    ]
    text = "".join(
        path.read_text(encoding="utf-8") for path in files if not path.stem.endswith("_faults")
    )

    assert [code for code in FAULTS if f'"{code}"' not in text] == []
