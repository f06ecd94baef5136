"""Integers, numbers and decimals: how large, how exact, and what is no number at all."""

from __future__ import annotations

import json
import math
import sys
from functools import partial
from typing import Any

import pytest

from semantics.lines import Case, cases
from semantics.packages import Packages, refusal

DIGITS = sys.get_int_max_str_digits()


@cases(
    """
    integer: 0 => 0
    integer: -0 => 0 => 0
    integer: -7 => -7
    integer: 9007199254740993 => 9007199254740993
    integer: 9223372036854775808 => 2**63
    integer: 18446744073709551616 => 2**64
    integer: -9223372036854775809 => -2**63 - 1
    integer: 123456789012345678901234567890 => 123456789012345678901234567890
    integer = 10**50 => 100000000000000000000000000000000000000000000000000
    number: 18446744073709551616 => 2**64
    any: 18446744073709551616 => 2**64
    any: [-9223372036854775809,123456789012345678901234567890] => [-2**63 - 1, 123456789012345678901234567890]
    list[integer]: [18446744073709551615,18446744073709551616] => [2**64 - 1, 2**64]
    Grade: 18446744073709551616 => 2**64
    """
)
def test_integers_of_any_size(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    integer: 1.0 => 1 => 1
    integer: -1.0 => -1 => -1
    integer: 1e2 => 100 => 100
    integer: 1.5e1 => 15 => 15
    integer: -0.0 => 0 => 0
    integer: 1e22 => 10**22 => 10000000000000000000000
    integer: 9007199254740993.0 => 9007199254740992 => 9007199254740992
    integer: 1.5 ! expected an integer, got 1.5
    integer: 1e-2 ! expected an integer, got 0.01
    integer: 1e400 ! expected an integer, got inf
    list[integer]: [1.0,2] => [1, 2] => [1,2]
    integer | string: 1.0 => 1 => 1
    integer | string: 1.5 ! expected an integer or a string, got 1.5
    """
)
def test_whole_numbers(packages: Packages, case: Case) -> None:
    packages.check(case)


@pytest.mark.parametrize("type_", ["integer", "number", "any", "list[integer]", "integer | string", "Grade"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_digit_limit(packages: Packages, type_: str, sign: str) -> None:
    """As many digits as Python reads and writes; one more is an error that says where, and why."""
    box, is_list = packages.box(type_), type_.startswith("list")
    most, more = f"{sign}{'9' * DIGITS}", f"{sign}{'9' * (DIGITS + 1)}"
    text = f'{{"it":[{most}]}}' if is_list else f'{{"it":{most}}}'
    assert box.from_json(text).to_json().decode() == text
    (problem,) = refusal(lambda: box.from_json(text.replace(most, more)))
    assert problem.startswith("$: expected JSON, got text that is not: ") and f"({DIGITS} digits)" in problem
    large = (-1 if sign else 1) * 10**DIGITS
    (problem,) = refusal(box(it=[large] if is_list else large).to_json)
    assert problem.startswith("$.it[0]: " if is_list else "$.it: ") and problem.endswith(", got an integer of many digits")


@cases(
    """
    number: 1 => 1
    number: 1.0 => 1.0
    number: 0.5 => 0.5
    number: 1e2 => 100.0 => 100.0
    number: 0.1 => 0.1
    number: 5e-324 => 5e-324
    number: 1.7976931348623157e308 => 1.7976931348623157e308 => 1.7976931348623157e+308
    number: 1e-400 => 0.0 => 0.0
    number = 1 => 1
    number = 1.0 => 1.0
    any: [1,1.0] => [1, 1.0]
    integer | number: 1 => 1
    integer | number: 1.0 => 1.0
    number | string: 1.0 => 1.0
    map[string, number]: {"a":1,"b":1.0} => {"a": 1, "b": 1.0}
    """
)
def test_numbers_keep_their_kind(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    number: -0.0 => -0.0
    number: -0 => 0 => 0
    number: -0e1 => -0.0 => -0.0
    any: -0.0 => -0.0
    list[number]: [-0.0,0.0] => [-0.0, 0.0]
    number = -0.0 => -0.0
    decimal: -0.0 => Decimal("-0.0") => "-0.0"
    """
)
def test_negative_zero(packages: Packages, case: Case) -> None:
    packages.check(case)


PLACES = [
    ("number", "{}", "$.it"),
    ("any", "{}", "$.it"),
    ("any", "[1,[{}]]", "$.it[1][0]"),
    ("any", '{{"a":{{"b":{}}}}}', "$.it.a.b"),
    ("list[number]", "[1,{}]", "$.it[1]"),
    ("map[string, number]", '{{"a":{}}}', "$.it.a"),
    ("map[string, any]", '{{"a":[{}]}}', "$.it.a[0]"),
    ("integer", "{}", "$.it"),
    ("decimal", "{}", "$.it"),
    ("number | string", "{}", "$.it"),
    ("Ratio", "{}", "$.it"),
    ("1.5", "{}", "$.it"),
]


def filled(form: str, value: float) -> Any:
    """The Python value that a form makes with a number in it."""
    return json.loads(form.format(json.dumps(value)))


@pytest.mark.parametrize(("type_", "form", "path"), PLACES)
def test_nan_in_text(packages: Packages, type_: str, form: str, path: str) -> None:
    for word in ("NaN", "Infinity", "-Infinity"):
        (problem,) = refusal(partial(packages.box(type_).from_json, f'{{"it":{form.format(word)}}}'))
        assert problem.startswith("$: expected JSON, got text that is not: ")


@pytest.mark.parametrize(("type_", "form", "path"), PLACES)
def test_nan_in_dicts(packages: Packages, type_: str, form: str, path: str) -> None:
    for value in (math.nan, math.inf, -math.inf):
        (problem,) = refusal(partial(packages.box(type_).from_dict, {"it": filled(form, value)}))
        assert problem.startswith(f"{path}: expected ") and problem.endswith(f", got {value}")


@pytest.mark.parametrize(("type_", "form", "path"), PLACES)
def test_nan_in_objects(packages: Packages, type_: str, form: str, path: str) -> None:
    for value in (math.nan, math.inf, -math.inf):
        made = packages.box(type_)(it=filled(form, value))
        for write in (made.to_json, made.to_dict):
            (problem,) = refusal(write)
            assert problem.startswith(f"{path}: expected ") and problem.endswith(f", got {value}")


@pytest.mark.parametrize(("type_", "form", "path"), [place for place in PLACES if place[0] != "decimal"])
def test_numbers_beyond_floats(packages: Packages, type_: str, form: str, path: str) -> None:
    for said, value in (("1e400", "inf"), ("-1e400", "-inf")):
        text = f'{{"it":{form.format(said)}}}'
        (problem,) = refusal(partial(packages.box(type_).from_json, text))
        assert problem.startswith(f"{path}: expected ") and problem.endswith(f", got {value}")


@cases(
    """
    decimal: 1.10 => Decimal("1.10") => "1.10"
    decimal: "1.10" => Decimal("1.10")
    decimal: 1 => Decimal("1") => "1"
    decimal: 0.1234567890123456789012345 => Decimal("0.1234567890123456789012345") => "0.1234567890123456789012345"
    decimal: 123456789012345678901234567890.12 => Decimal("123456789012345678901234567890.12") => "123456789012345678901234567890.12"
    decimal: "-0.00" => Decimal("-0.00")
    decimal: "1E+2" => Decimal("1E+2")
    decimal: 1e2 => Decimal("1E+2") => "1E+2"
    decimal: 1e400 => Decimal("1E+400") => "1E+400"
    decimal: 1e-400 => Decimal("1E-400") => "1E-400"
    decimal: "1E+999999999999999999" => Decimal("1E+999999999999999999")
    decimal: "+5" => Decimal("5") => "5"
    decimal: ".5" => Decimal("0.5") => "0.5"
    decimal = Decimal("1E+2") => "1E+2"
    decimal = Decimal("0E-10") => "0E-10"
    list[decimal]: [1.10,"1.10"] => [Decimal("1.10"), Decimal("1.10")] => ["1.10","1.10"]
    map[string, decimal | null]: {"a":1.10,"b":null} => {"a": Decimal("1.10"), "b": None} => {"a":"1.10","b":null}
    decimal | boolean: 1.10 => Decimal("1.10") => "1.10"
    decimal | boolean: true => True
    """
)
def test_decimals(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    decimal: "NaN" ! expected a decimal number, got 'NaN'
    decimal: "Infinity" ! expected a decimal number, got 'Infinity'
    decimal: "sNaN" ! expected a decimal number, got 'sNaN'
    decimal: " 1" ! expected a decimal number, got ' 1'
    decimal: "1 " ! expected a decimal number, got '1 '
    decimal: "1_000" ! expected a decimal number, got '1_000'
    decimal: "1,5" ! expected a decimal number, got '1,5'
    decimal: "" ! expected a decimal number, got ''
    decimal: "0x1" ! expected a decimal number, got '0x1'
    decimal: "\uff11" ! expected a decimal number, got '\uff11'
    decimal: "1E+9999999999999999999" ! expected a decimal number, got '1E+9999999999999999999'
    decimal: true ! expected a decimal number, got true
    decimal = Decimal("NaN") ! expected a finite decimal.Decimal, got Decimal
    decimal = Decimal("-Infinity") ! expected a finite decimal.Decimal, got Decimal
    """
)
def test_decimals_refused(packages: Packages, case: Case) -> None:
    packages.check(case)


def test_decimals_from_dict(packages: Packages) -> None:
    """A float has lost its text: its shortest form counts."""
    box = packages.box("decimal")
    for value, text in ((0.1, "0.1"), (1.10, "1.1"), (1e22, "1E+22"), (3, "3"), ("1.10", "1.10")):
        assert str(box.from_dict({"it": value}).it) == text


def test_numbers_beside_decimals(packages: Packages) -> None:
    """Numbers that remember their text, for the decimals among them, stay inside."""
    made = packages.package(decimals=True).Node.from_json('{"value":[1.50,{"a":-0.0}]}')
    assert made.value == [1.5, {"a": 0.0}] and made.value[0].__class__ is made.value[1]["a"].__class__ is float
    assert made.to_json() == b'{"value":[1.5,{"a":-0.0}]}'
