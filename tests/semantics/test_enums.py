"""Enums, closed and open, and constants: which JSON is one of them, and which Python."""

from __future__ import annotations

from semantics.lines import Case, cases
from semantics.packages import Packages


@cases(
    """
    Color: "red" => Color.RED
    Color: "green" ! expected 'red' or 'blue', got 'green'
    Color: "Red" ! expected 'red' or 'blue', got 'Red'
    Color: 1 ! expected 'red' or 'blue', got 1
    Color: null ! expected 'red' or 'blue', got null
    Color = Color.BLUE => "blue"
    Color = "red" ! expected a Color, got 'red'
    Color = Shade.DARK ! expected a Color, got <Shade.DARK: 'dark'>
    list[Color]: ["red","green"] ! [1]: expected 'red' or 'blue', got 'green'
    enums=closed Shade: "grey" ! expected 'dark' or 'light', got 'grey'
    """
)
def test_closed_enums(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Shade: "dark" => Shade.DARK
    Shade: "grey" => "grey"
    Shade: 1 ! expected 'dark' or 'light', got 1
    Shade: true ! expected 'dark' or 'light', got true
    Shade: null ! expected 'dark' or 'light', got null
    Shade = "grey" => "grey"
    Shade = "dark" => "dark"
    Shade = 1 ! expected a Shade, got 1
    Grade: 1 => Grade.VALUE_1
    Grade: 3 => 3
    Grade: 3.0 => 3 => 3
    Grade: 3.5 ! expected 1 or 2, got 3.5
    Grade: true ! expected 1 or 2, got true
    Grade = True ! expected a Grade, got true
    Grade = 3.0 ! expected a Grade, got 3.0
    Ratio: 0.5 => Ratio.HALF
    Ratio: 0.25 => 0.25
    Ratio: 3 => 3
    Ratio: 3.0 => 3 => 3
    Ratio: true ! expected 0.5, got true
    enums=open Color: "green" => "green"
    enums=open Color: 1 ! expected 'red' or 'blue', got 1
    """
)
def test_open_enums(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    Level: 1 => Level.VALUE_1
    Level: 1.0 => Level.VALUE_1 => 1
    Level: 20e-1 => Level.VALUE_2 => 2
    Level: 3 ! expected 1 or 2, got 3
    Level: true ! expected 1 or 2, got true
    Level: "1" ! expected 1 or 2, got '1'
    Level = 1 ! expected a Level, got 1
    Mixed: 1 => Mixed.ONE
    Mixed: 1.0 => Mixed.ONE => 1
    Mixed: 0.5 => Mixed.HALF
    Mixed: "one" => Mixed.WORD
    Mixed: true ! expected 1, 0.5 or 'one', got true
    Mixed: "1" ! expected 1, 0.5 or 'one', got '1'
    Answer: true => Answer.YES
    Answer: 1 ! expected true, 2 or 'maybe', got 1
    Answer: 1.0 ! expected true, 2 or 'maybe', got 1.0
    Answer: false ! expected true, 2 or 'maybe', got false
    Answer: 2.0 => Answer.TWO => 2
    Answer: "maybe" => Answer.MAYBE
    """
)
def test_numbers_in_enums(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    "a": "a" => "a"
    "a": "b" ! expected 'a', got 'b'
    "a": null ! expected 'a', got null
    "a" = "b" ! expected 'a', got 'b'
    1: 1 => 1
    1: 1.0 => 1 => 1
    1: true ! expected 1, got true
    1: "1" ! expected 1, got '1'
    1 = True ! expected 1, got true
    1 = 1.0 ! expected 1, got 1.0
    1.5: 1.5 => 1.5
    1.5: 15e-1 => 1.5 => 1.5
    1.5: 1 ! expected 1.5, got 1
    2.0: 2 => 2.0 => 2.0
    true: true => True
    true: 1 ! expected true, got 1
    true: false ! expected true, got false
    true = 1 ! expected true, got 1
    false: 0 ! expected false, got 0
    null: null => None
    """
)
def test_constants(packages: Packages, case: Case) -> None:
    packages.check(case)


@cases(
    """
    1 | "1" | true | 1.5: 1 => 1
    1 | "1" | true | 1.5: 1.0 => 1 => 1
    1 | "1" | true | 1.5: "1" => "1"
    1 | "1" | true | 1.5: true => True
    1 | "1" | true | 1.5: 1.5 => 1.5
    1 | "1" | true | 1.5: false ! expected 1, '1', true or 1.5, got false
    1 | "1" | true | 1.5 = 1.0 ! expected 1, '1', true or 1.5, got 1.0
    1 | "1" | true | 1.5 = False ! expected 1, '1', true or 1.5, got false
    "a" | "b" | null: null => None
    "a" | "b" | null: "b" => "b"
    "a" | "b" | string: "c" => "c"
    """
)
def test_unions_of_constants(packages: Packages, case: Case) -> None:
    packages.check(case)
