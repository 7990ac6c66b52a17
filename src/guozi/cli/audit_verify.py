"""``guozi audit verify FILE``: verify an exported log or a receipt; needs no database."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from guozi.audit import verify_log
from guozi_core.findings import Finding, Locator, Severity, Wording

if TYPE_CHECKING:
    import argparse

    from guozi_core.findings import Language


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", help="LOG.jsonl | RECEIPT.txt")
    parser.add_argument("--checkpoint", help="NOTE.txt")
    parser.add_argument("--public-key", help="base64")
    parser.add_argument("--origin")


def run(arguments: argparse.Namespace) -> int:
    """Verify and print everything that does not hold."""
    try:
        size, faults = verify_log.verify_file(
            arguments.file,
            checkpoint=arguments.checkpoint,
            public_key=arguments.public_key,
            origin=arguments.origin,
        )
    except verify_log.UNREADABLE as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return 2
    language: Language = arguments.lang
    findings = [
        Finding(
            code="AUDIT",
            severity=Severity.BLOCK,
            message=Wording(fault.zh, fault.en),
            locator=Locator(file=arguments.file, row=fault.place),
        )
        for fault in faults
    ]
    for fault in faults:
        message = fault.en if language == "en" else fault.zh
        print(f"{arguments.file}: {fault.place}: {message}", file=sys.stderr)
    answer = {
        "verified": not faults,
        "leaves": size,
        "findings": [finding.to_dict(language) for finding in findings],
    }
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 1 if faults else 0
