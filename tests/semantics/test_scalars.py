"""Which JSON a scalar takes, and which Python values it writes."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import get_args

import pytest

from fieldsmith.schema import ScalarKind
from semantics.lines import Case, case, cases
from semantics.packages import Packages, refusal

# Every kind of JSON value, and the scalars that take it. No other scalar does.
TAKEN = {
    "null": "null any",
    "true": "boolean any",
    "1": "integer number decimal any",
    "1.0": "integer number decimal any",
    "1.5": "number decimal any",
    '"x"': "string any",
    '"1"': "string decimal any",
    '""': "string bytes any",
    '"true"': "string bytes any",
    '"null"': "string bytes any",
    "[]": "any",
    "[1]": "any",
    "{}": "any",
}


def strict() -> list[Case]:
    """A case for each scalar and each kind of JSON; whether it is refused is all that counts."""
    return [case(f"{kind}: {said} => None") for kind in get_args(ScalarKind) for said in TAKEN]


@pytest.mark.parametrize("case", [pytest.param(one, id=one.line[:-8]) for one in strict()])
def test_strict_types(packages: Packages, case: Case) -> None:
    found = packages.outcome(case)
    assert case.said is not None
    assert (not found.problems) == (case.type in TAKEN[case.said].split()), found


@cases(
    """
    string = b"x" ! expected a string, got bytes
    string = 1 ! expected a string, got 1
    integer = "1" ! expected an integer, got '1'
    integer = 1.0 ! expected an integer, got 1.0
    integer = True ! expected an integer, got true
    number = True ! expected a number, got true
    number = "hot" ! expected a number, got 'hot'
    number = Decimal("1.5") ! expected a number, got Decimal
    number = 1j ! expected a number, got complex
    boolean = 1 ! expected a bool, got 1
    null = False ! expected None, got false
    bytes = "YQ==" ! expected bytes, got 'YQ=='
    bytes = memoryview(b"a") ! expected bytes, got memoryview
    date = "2024-02-29" ! expected a datetime.date, got '2024-02-29'
    date = datetime(2024, 2, 29) ! expected a datetime.date, got datetime
    datetime = date(2024, 2, 29) ! expected a datetime.datetime whose offset is whole minutes, got date
    datetime = 0 ! expected a datetime.datetime whose offset is whole minutes, got 0
    time = datetime(2024, 2, 29) ! expected a datetime.time, got datetime
    duration = 5 ! expected a datetime.timedelta, got 5
    decimal = 1.5 ! expected a finite decimal.Decimal, got 1.5
    decimal = 1 ! expected a finite decimal.Decimal, got 1
    uuid = "12345678-1234-5678-1234-567812345678" ! expected a uuid.UUID, got '12345678-1234-5678-1234-567812345678'
    any = object() ! expected something that JSON can say, got object
    any = Decimal("1.5") ! expected something that JSON can say, got Decimal
    any = date(2024, 2, 29) ! expected something that JSON can say, got date
    any = UNSET ! expected something that JSON can say, got Unset
    """
)
def test_wrong_python_values(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    string = Color.RED => "red"
    "red" = Color.RED => "red"
    "red" | "a" = Color.RED => "red"
    integer = Level.VALUE_1 => 1
    number = Level.VALUE_1 => 1
    1 = Level.VALUE_1 => 1
    string | integer = Color.RED => "red"
    string | integer = Level.VALUE_1 => 1
    any = Color.RED => "red"
    any = [Level.VALUE_1, {Color.RED: Color.BLUE}] => [1,{"red":"blue"}]
    Shade = Color.RED => "red"
    Grade = Level.VALUE_1 => 1
    bytes = bytearray(b"a") => "YQ=="
    """
)
def test_subclasses_of_scalars(packages: Packages, case: Case) -> None:
    packages.check(case)


@pytest.mark.parametrize("type_", ["datetime", "date | datetime", "datetime | date"])
def test_subclasses_of_times(packages: Packages, type_: str) -> None:
    """A class of one's own below datetime is a date-time still, though every datetime is a date to Python."""

    class Moment(datetime):
        pass

    made = packages.box(type_)(it=Moment(2024, 2, 29, 12, 30))
    assert made.to_json() == b'{"it":"2024-02-29T12:30:00"}'


def test_plain_enums_are_no_json(packages: Packages) -> None:
    class Odd(Enum):
        ONE = 1

    package = packages.package(extra="keep")
    made = package.Part(a=1, additional_properties={"x": Odd.ONE})
    assert refusal(made.to_json) == ["$.x: expected something that JSON can say, got Odd"]
