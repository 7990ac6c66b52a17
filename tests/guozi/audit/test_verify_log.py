"""The off-line verifier against the writer: what holds is accepted, every tampering is found and named."""

from __future__ import annotations

import base64
import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from guozi.access.context import acting_as, the_product
from guozi.audit import selectors, verify_log
from guozi.audit.models import Leaf
from guozi.audit.services import Subject, record
from guozi.cli import main

PRODUCT = the_product("测试")


@pytest.fixture
def exported(db: None) -> list[str]:
    for number in range(9):
        with acting_as(PRODUCT):
            record(
                action="test.changed",
                subject=Subject("test.Thing", str(number)),
                before={"amount": number, "names": ["甲", "乙"]},
                after={"amount": number + 1, "names": ["甲"]},
                reason="更正",
                receipt=number in {3, 8},
            )
    with acting_as(PRODUCT):
        return list(selectors.export_lines())


def faults(lines: list[str], **pins: str) -> list[str]:
    _, found = verify_log.verify_export(iter(lines), **pins)
    return [f"{fault.place}: {fault.en}" for fault in found]


def test_an_untouched_log_holds(exported: list[str]) -> None:
    assert verify_log.verify_export(iter(exported)) == (9, [])


def _changed(lines: list[str], index: int, **values: object) -> list[str]:
    rows = [json.loads(line) for line in lines]
    rows[index] |= values
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def test_every_field_of_every_leaf_is_guarded(exported: list[str]) -> None:
    for number in range(1, 10):
        row = json.loads(exported[number])
        said = json.loads(row["content"])
        for name in said:
            other = copy.deepcopy(said)
            other[name] = "改"
            content = json.dumps(other, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            found = faults(_changed(exported, number, content=content))
            assert any(f"leaf {number - 1}" in item for item in found), name
            rehashed = faults(
                _changed(
                    exported,
                    number,
                    content=content,
                    sha256=verify_log.leaf_hash(content.encode()).hex(),
                    sm3=verify_log.leaf_hash(content.encode(), "sm3").hex(),
                )
            )
            assert any("root" in item for item in rehashed), name


def test_a_changed_readable_value_is_named(exported: list[str]) -> None:
    row = json.loads(exported[5])
    row["payload"]["after"]["amount"] = 99
    found = faults(_changed(exported, 5, payload=row["payload"]))
    assert found == ["leaf 4, after.amount: the readable value is not the one that was hashed"]


def test_a_line_broken_off_is_named_and_the_others_keep_their_numbers(exported: list[str]) -> None:
    found = faults([*exported[:4], exported[4][:40], *exported[5:]])

    assert found[0] == "line 5: this line cannot be read"
    assert not any("out of order" in fault for fault in found)


def test_the_command_prints_findings_of_the_contract(
    exported: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join([exported[0], *exported[2:]]) + "\n", encoding="utf-8")

    assert main(["audit", "verify", str(log)]) == 1

    answer = json.loads(capsys.readouterr().out)
    first = answer["findings"][0]
    keys = {"code", "severity", "message", "locator", "got", "expected", "rule", "source"}
    assert not answer["verified"]
    assert keys <= set(first)
    assert (first["code"], first["severity"]) == ("AUDIT", "block")
    assert first["locator"]["file"] == str(log)


def test_a_redacted_payload_still_holds(exported: list[str]) -> None:
    assert faults(_changed(exported, 5, payload=None)) == []


@pytest.mark.parametrize("number", range(1, 10))
def test_a_deleted_leaf_is_missed(exported: list[str], number: int) -> None:
    assert faults(exported[:number] + exported[number + 1 :])


def test_two_swapped_leaves_are_noticed(exported: list[str]) -> None:
    assert faults([*exported[:3], exported[4], exported[3], *exported[5:]])


def test_a_cut_off_end_contradicts_a_checkpoint_kept_elsewhere(exported: list[str]) -> None:
    rows = [json.loads(line) for line in exported]
    kept = rows[-1]["checkpoint"]
    header = json.dumps(rows[0] | {"size": 5})
    cut = [header, *exported[1:6], exported[-2]]
    assert faults(cut) == []
    assert faults(cut, checkpoint=kept) == [
        "--checkpoint: covers 9 leaves, the log has 5: the end was cut off"
    ]


def test_a_log_signed_with_another_key_is_refused(exported: list[str]) -> None:
    other = Ed25519PrivateKey.generate().public_key()
    raw = base64.b64encode(other.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    assert any("pinned" in item for item in faults(exported, public_key=raw))
    assert any("signature" in item for item in faults(exported, public_key=raw))


def test_a_receipt_holds_and_a_changed_one_does_not(exported: list[str]) -> None:
    with acting_as(PRODUCT):
        receipt = selectors.get_receipt(Leaf.objects.get(index=2))
    assert receipt is not None
    text = receipt.text()
    assert verify_log.verify_receipt(text) == []
    for old, new in (("更正", "改正"), ("leaf: 2", "leaf: 1"), ("test.changed", "test.charged")):
        assert verify_log.verify_receipt(text.replace(old, new)), old


def test_it_runs_alone_with_the_standard_library(exported: list[str], tmp_path: Path) -> None:
    tool = tmp_path / "verify_log.py"
    tool.write_bytes(Path(verify_log.__file__).read_bytes())
    log = tmp_path / "log.jsonl"
    log.write_text("\n".join(exported), encoding="utf-8")
    command = [sys.executable, "-I", "-S", str(tool), str(log)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (0, "验证通过 / verified: 9\n")
    log.write_text("\n".join(exported).replace('"更正"', '"改正"'), encoding="utf-8")
    log.write_text(log.read_text(encoding="utf-8").replace("更正", "改正"), encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "leaf 0" in done.stderr


@given(st.binary(max_size=80), st.binary(min_size=32, max_size=32), st.integers(0, 511))
def test_signatures_are_judged_as_the_library_judges_them(
    message: bytes, seed: bytes, bit: int
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signature = bytearray(key.sign(message))
    assert verify_log.signature_holds(public, message, bytes(signature))
    signature[bit // 8] ^= 1 << (bit % 8)
    assert not verify_log.signature_holds(public, message, bytes(signature))
