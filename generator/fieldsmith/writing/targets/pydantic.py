"""Schema -> `pydantic_models.py`, the definitions for pydantic, by the generator of models."""

from __future__ import annotations

from fieldsmith.writing.models import target

TARGET = target("pydantic")
