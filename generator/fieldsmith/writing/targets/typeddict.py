"""Schema -> `typeddict_models.py`, what they look like as dictionaries, by the generator of models."""

from __future__ import annotations

from fieldsmith.writing.models import target

TARGET = target("typeddict")
