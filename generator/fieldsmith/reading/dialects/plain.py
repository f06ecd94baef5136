"""The layout of tables that nobody has described: headers in the usual words, below any heading; all of it is data.

It claims no page. It reads what a page or the user gives it, and tables that a page calls a model.
"""

from __future__ import annotations

from fieldsmith.reading.layout import COLUMNS, YES_AND_NO, Layout
from fieldsmith.reading.layouts import dialect_of
from fieldsmith.reading.notations.plain import PLAIN as NOTATION
from fieldsmith.reading.records import Claim

LAYOUT = Layout(
    "plain",
    {word: role for role, words in COLUMNS.values() for word in words},
    {"model": ("*",)},
    (NOTATION,),
    marks=YES_AND_NO,
)
PLAIN = dialect_of(LAYOUT)._replace(claims=lambda document: Claim(0, "it claims no page"), lacks=lambda document: None)
