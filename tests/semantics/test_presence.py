"""Whether a field stands in the JSON, and whether null does: three states, each way."""

from __future__ import annotations

from semantics.lines import Case, cases
from semantics.packages import Packages


@cases(
    """
    string: "x" => "x"
    string: absent ! expected a string, got nothing
    string: null ! expected a string, got null
    string = None ! expected a string, got null
    string = UNSET ! expected a string, got Unset
    Color: absent ! expected 'red' or 'blue', got nothing
    Name: absent ! expected a Name object, got nothing
    list[string]: absent ! expected a list, got nothing
    list[string]: null ! expected a list, got null
    map[string, string]: null ! expected an object, got null
    any: absent ! expected a JSON value, got nothing
    any: null => None
    """
)
def test_required(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    optional string: "x" => "x"
    optional string: "" => ""
    optional string: absent => None
    optional string: null => None => absent
    optional string: 1 ! expected a string, got 1
    optional integer: 0 => 0
    optional boolean: false => False
    optional date: null => None => absent
    optional Color: null => None => absent
    optional Name: null => None => absent
    optional list[string]: [] => []
    optional list[string]: null => None => absent
    optional map[string, string]: {} => {}
    optional map[string, string]: null => None => absent
    optional integer | string: null => None => absent
    optional "a": null => None => absent
    optional string = None => absent
    optional string = UNSET ! expected a string, got Unset
    """
)
def test_optional(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    string | null: "x" => "x"
    string | null: null => None
    string | null: absent ! expected a string or null, got nothing
    string | null: 1 ! expected a string, got 1
    string | null = UNSET ! expected a string, got Unset
    Name | null: null => None
    Color | null: null => None
    Shape | null: null => None
    list[string] | null: null => None
    integer | string | null: null => None
    null: null => None
    null: absent ! expected null, got nothing
    null: 0 ! expected null, got 0
    null: false ! expected null, got false
    null = 0 ! expected None, got 0
    """
)
def test_nullable(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    optional string | null: "x" => "x"
    optional string | null: null => None
    optional string | null: absent => UNSET
    optional string | null: 1 ! expected a string, got 1
    optional Name | null: absent => UNSET
    optional Name | null: null => None
    optional list[string] | null: absent => UNSET
    optional list[string] | null: null => None
    optional integer | string | null: null => None
    optional null: absent => UNSET
    optional null: null => None
    """
)
def test_optional_and_nullable(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    optional Maybe: absent => UNSET
    optional Maybe: null => None
    optional Maybe: 5 => 5
    optional Perhaps: absent => UNSET
    optional Perhaps: null => None
    optional Perhaps | boolean: null => None
    optional Perhaps | boolean: absent => UNSET
    Perhaps: absent ! expected Perhaps, got nothing
    Perhaps: null => None
    """
)
def test_null_behind_names(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    optional any: absent => None
    optional any: null => None => absent
    optional any: [null,{"a":null}] => [None, {"a": None}]
    optional any: false => False
    """
)
def test_optional_any(packages: Packages, case: Case) -> None:
    packages.check(case)
