"""Strings of any characters; bytes and UUIDs in strings."""

from __future__ import annotations

import pytest

from semantics.lines import Case, cases
from semantics.packages import Packages


@cases(
    r"""
    string: "" => ""
    string: "a b" => "a b"
    string: "\u00e9\ud83d\ude00" => "\u00e9\U0001f600" => "é😀"
    string: "\u0000\u001f\"\\" => "\x00\x1f\"\\" => "\u0000\u001f\"\\"
    string: "\/" => "/" => "/"
    string: "\n\t\b\f\r" => "\n\t\b\f\r"
    """
)
def test_strings(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    r"""
    string: "\ud800" => "\ud800"
    string: "\udfff\ud800x" => "\udfff\ud800x"
    string: "\ud800\u00e9" => "\ud800\u00e9"
    any: ["\ud800",{"\udc00":1}] => ["\ud800", {"\udc00": 1}]
    map[string, string]: {"\ud800":"\udfff"} => {"\ud800": "\udfff"}
    Shade: "\ud800" => "\ud800"
    extra=keep Part: {"a":1,"\ud800":"\udfff"} => Part(a=1, additional_properties={"\ud800": "\udfff"})
    integer: "\ud800" ! expected an integer, got '\ud800'
    """
)
def test_lone_surrogates(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    r"""
    bytes: "" => b""
    bytes: "YQ==" => b"a"
    bytes: "YQ" => b"a" => "YQ=="
    bytes: "YWI=" => b"ab"
    bytes: "YWI" => b"ab" => "YWI="
    bytes: "YWJj" => b"abc"
    bytes: "/+8=" => b"\xff\xef"
    bytes: "YR==" => b"a" => "YQ=="
    bytes: "YWJ" => b"ab" => "YWI="
    list[bytes]: ["YQ"] => [b"a"] => ["YQ=="]
    """
)
def test_base64(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    r"""
    bytes: "Y" ! expected base64 text, got 'Y'
    bytes: "YQ=" ! expected base64 text, got 'YQ='
    bytes: "YWI==" ! expected base64 text, got 'YWI=='
    bytes: "YQ==YQ==" ! expected base64 text, got 'YQ==YQ=='
    bytes: "====" ! expected base64 text, got '===='
    bytes: "_-8=" ! expected base64 text, got '_-8='
    bytes: " YQ==" ! expected base64 text, got ' YQ=='
    bytes: "YQ==\n" ! expected base64 text, got 'YQ==\n'
    bytes: "YWJj\nYWJj" ! expected base64 text, got 'YWJj\nYWJj'
    bytes: "Y\u00e9Y=" ! expected base64 text, got 'YéY='
    bytes: "Y\u0000Y=" ! expected base64 text, got 'Y\x00Y='
    bytes: [97] ! expected base64 text, got a list of 1
    """
)
def test_base64_refused(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    uuid: "12345678-1234-5678-9abc-123456789abc" => UUID("12345678-1234-5678-9abc-123456789abc")
    uuid: "12345678-1234-5678-9ABC-123456789ABC" => UUID("12345678-1234-5678-9abc-123456789abc") => "12345678-1234-5678-9abc-123456789abc"
    uuid: "00000000-0000-0000-0000-000000000000" => UUID(int=0)
    uuid: "ffffffff-ffff-ffff-ffff-ffffffffffff" => UUID(int=2**128 - 1)
    """
)
def test_uuids(packages: Packages, case: Case) -> None:
    packages.check(case)


@pytest.mark.parametrize(
    "said",
    [
        "1234567812345678123456781234567a",
        "{12345678-1234-5678-1234-567812345678}",
        "urn:uuid:12345678-1234-5678-1234-567812345678",
        "12345678-1234-5678-1234-56781234567",
        "12345678-1234-5678-1234-56781234567g",
        "1234567-81234-5678-1234-567812345678",
        "12345678_1234_5678_1234_567812345678",
        " 2345678-1234-5678-1234-567812345678",
        "12345678-1234-5678-1234-567812345678 ",
        "1234567\uff18-1234-5678-1234-567812345678",
        "",
    ],
)
def test_uuids_refused(packages: Packages, said: str) -> None:
    box = packages.box("uuid")
    with pytest.raises(ValueError, match="expected a UUID"):
        box.from_dict({"it": said})
