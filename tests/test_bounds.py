"""Texts of descriptions and cells to the bounds and defaults that they state; what is not an exact form states none."""

from __future__ import annotations

import pytest

from fieldsmith.reading import bounds
from fieldsmith.reading.bounds import Bound
from fieldsmith.reading.phrases import default_in

# A description, and the bounds that its phrases state.
PHRASES = """
The number of seats. Must be between 1 and 10. => minimum 1 exact, maximum 10 exact
How warm, between 0 and 2. Higher is warmer. => minimum 0 exact, maximum 2 exact
Number between -2.0 and 2.0. Above zero, more. => minimum -2.0 exact, maximum 2.0 exact
Limit can range between 1 and 100, and the default is 20. => minimum 1 exact, maximum 100 exact
Number must be in the range 1 to 65535. => minimum 1 exact, maximum 65535 exact
how sure we are (0-1) => minimum 0 exact, maximum 1 exact
seats to show (1-100, default 20) => minimum 1 exact, maximum 100 exact
a name (2-32 characters) => minimum 2 characters, maximum 32 characters
The maximum length is 256 characters. => maximum 256 characters
Letters and dashes, with a maximum length of 64. => maximum 64 characters
Minimum length: 3 => minimum 3 characters
Max 5,000 characters. => maximum 5000 characters
the text (up to 2000 characters) => maximum 2000 characters
words to look for (Maximum of 50) => maximum 50
Must have at least 2 items. => minimum 2 items
Minimum value is 1. Never less. => minimum 1
Must be greater than 0. => exclusive_minimum 0
Must be less than or equal to 1.5 => maximum 1.5
Must be >= 3; no more. => minimum 3
Must match `^[a-z]+$`. => pattern ^[a-z]+$ exact
Pattern: `^a|b$` => pattern ^a|b$ exact
A name matching the regex `[a-z]+`. => pattern [a-z]+ exact
Must match `name` of the hall. =>
Found where the kind matches `tank`. =>
Should be between 1 and 5. =>
We recommend between 0 and 1. =>
Values between -1 and 1 do little. =>
If `n` is greater than 1, it is slow. =>
Less than 4MB, and square. =>
Up to 4 seats where it stops. =>
Max 3 per hall. =>
The skew(3-1) of a zone. =>
Between 10 and 1. =>
Valid from 1.2.3 to 4. =>
Must be between 09:00 and 17:00. =>
Must match one of the halls. =>
At most 50% of it. =>
"""
NOTES = """
Its name. [minLength: 3] => min_length 3 exact
Its name (minLength: 3, maxLength: 10). => min_length 3 exact, max_length 10 exact
`multipleOf`: 5 => multiple_of 5 exact
pattern: `^a` => pattern ^a exact
uniqueItems=true => unique_items True exact
The minimum: 3 of them. =>
maximum: as much as there is =>
"""
CELLS = """
minLength: 3, maxLength: 10 => min_length 3 exact, max_length 10 exact
`minLength: 3` => min_length 3 exact
min: 3; max: 4.5 => minimum 3, maximum 4.5
Min Length: 3 => min_length 3 exact
pattern: "a, \\"b\\"", minItems: 2 => pattern a, "b" exact, min_items 2 exact
pattern: ^[a-z]{1,3}$ => pattern ^[a-z]{1,3}$ exact
>= 1, < 5 => minimum 1, exclusive_maximum 5
1-100 => minimum 1, maximum 100
between 1 and 5 items => minimum 1 items, maximum 5 items
max 20 characters => maximum 20 characters
minimum: 1e400 !
minLength: three !
max 20 seats !
Required: {} !
unique !
"""


def _said(found: list[Bound]) -> str:
    return ", ".join(" ".join(map(str, bound)).strip() for bound in found)


def _rows(rows: str, mark: str = " =>") -> list[tuple[str, str]]:
    return [(text, said.strip()) for text, _, said in (row.rpartition(mark) for row in rows.strip().splitlines())]


@pytest.mark.parametrize(("text", "said"), _rows(PHRASES))
def test_phrases(text: str, said: str) -> None:
    assert _said(list(bounds.in_text(text))) == said


@pytest.mark.parametrize(("text", "said"), _rows(NOTES))
def test_notes(text: str, said: str) -> None:
    assert _said(list(bounds.in_notes(text))) == said


@pytest.mark.parametrize("row", CELLS.strip().splitlines())
def test_cells(row: str) -> None:
    if row.rstrip().endswith("!"):
        assert bounds.in_column("constraints", row.rpartition(" !")[0]) is None
    else:
        text, _, said = row.rpartition(" => ")
        assert _said(bounds.in_column("constraints", text) or []) == said


def test_columns_of_one_bound() -> None:
    assert bounds.in_column("minimum", "`1`") == [Bound("minimum", 1)]
    assert bounds.in_column("max_length", "1,000") == [Bound("max_length", 1000, "exact")]
    assert bounds.in_column("value_pattern", "^a: b$") == [Bound("pattern", "^a: b$", "exact")]
    assert bounds.in_column("minimum", "-") == [] and bounds.in_column("minimum", "none") is None


# A description, and the default that it states; `?` marks a bare word.
DEFAULTS = """
Default: 50 => 50
Whether it is open. Default value is `false`. => false
The default value is false. => false
Seats. Defaults to `10` if not provided. => 10
If omitted, the default value is false. => false
Its colour (defaults to "red"). => "red"
Its colour (default `red`) => red
Its colour [default: `red`] => red
Its colour [default to red] => red ?
**Default:** `1.5` => 1.5
A limit, and the default is 20. => 20
Optional: Defaults to [] => []
Default: mild => mild ?
Defaults to Always. => Always ?
Defaults to 10 seconds. =>
Defaults to the name of the hall. =>
Defaults to 7, or 14 in summer. =>
Defaults to true unless closed. =>
Defaults to 1. In summer it is warmer. Defaults to 2. =>
It overrides the default is what they say. =>
By default, it is 5. =>
Set the default to `x` there. =>
"""


@pytest.mark.parametrize(("text", "said"), _rows(DEFAULTS))
def test_defaults(text: str, said: str) -> None:
    found = default_in(text)
    assert ("" if found is None else f"{found.text}{' ?' if found.bare else ''}") == said
