"""Markdown field tables in, dataclasses with their serializers and documentation out."""

__version__ = "0.1.0"
