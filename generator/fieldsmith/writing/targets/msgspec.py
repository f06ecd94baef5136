"""Schema -> `msgspec_models.py`, the definitions for msgspec, by the generator of models."""

from __future__ import annotations

from fieldsmith.writing.models import target

TARGET = target("msgspec")
