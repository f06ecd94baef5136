"""JSON and YAML files -> their content, and what references in them lead to; nothing is looked up on a network."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from fieldsmith.wording import shown

_YAML = (".yaml", ".yml")


class Unreadable(Exception):
    """Why a file is no document, in a few words."""


class Node(NamedTuple):
    """A part of a document: the file, the JSON pointer in it, and what stands there."""

    file: str
    pointer: str
    value: Any

    @property
    def key(self) -> str:
        """`api.json#/components/schemas/Thread`, the path as a user sees it."""
        return f"{shown(Path(self.file))}#{self.pointer}"

    def at(self, *steps: str | int) -> Node:
        """The part below; KeyError, IndexError or TypeError where there is none."""
        value, pointer = self.value, self.pointer
        for step in steps:
            value = value[step]
            pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
        return Node(self.file, pointer, value)


class Documents:
    """The files below one folder, read when they are asked for."""

    def __init__(self, folder: str, most: int) -> None:
        self.folder, self.most = os.path.realpath(folder), most
        self.read: dict[str, Any] = {}

    def root(self, file: str) -> Node:
        """A whole file. Unreadable where it is none that can be read."""
        file = os.path.realpath(file)
        if file not in self.read:
            self.read[file] = _content(file, self.most)
        return Node(file, "", self.read[file])

    def resolve(self, node: Node, reference: str) -> Node:
        """What a reference in a document leads to. Unreadable where that is nowhere, or outside of the folder."""
        place, fragment = urldefrag(reference)
        root = self.root(self._file(node, place))
        found = root
        for step in unquote(fragment).split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            try:
                found = found.at(int(step) if isinstance(found.value, list) else step)
            except (KeyError, IndexError, TypeError, ValueError):
                raise Unreadable("leads to nothing") from None
        if fragment and not fragment.startswith("/"):
            raise Unreadable("leads to an anchor, which is not followed")
        return found

    def _file(self, node: Node, place: str) -> str:
        """The file that a reference names: by the identifier of a document that was read, else by its path."""
        if not place:
            return node.file
        whole = urljoin(_identifier(self.read[node.file]), place)
        for file, content in self.read.items():
            if whole == _identifier(content):
                return file
        if "://" in place:
            raise Unreadable("leads to a network")
        file = os.path.realpath(os.path.join(os.path.dirname(node.file), unquote(place)))
        if os.path.commonpath([file, self.folder]) != self.folder:
            raise Unreadable("leads out of the folder")
        return file


def _identifier(content: Any) -> str:
    found = content.get("$id") if isinstance(content, Mapping) else None
    return found.partition("#")[0] if isinstance(found, str) else ""


def _content(file: str, most: int) -> Any:
    try:
        with open(file, "rb") as opened:
            data = opened.read(most + 1)
        if len(data) > most:
            raise Unreadable(f"has more than {most} bytes")
        text = data.decode("utf-8-sig")
        return _yaml(text) if file.lower().endswith(_YAML) else json.loads(text)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON: {error.msg} in line {error.lineno}") from error
    except RecursionError as error:
        raise Unreadable("is nested too deeply") from error


def _yaml(text: str) -> Any:
    try:
        yaml = import_module("yaml")
    except ImportError as error:
        raise Unreadable("is YAML, for which PyYAML is needed: pip install 'fieldsmith[yaml]'") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # dates stay texts, as they are in JSON
        plain = type("Plain", (loader,), {"yaml_implicit_resolvers": _without_dates(loader.yaml_implicit_resolvers)})
        return yaml.load(text, plain)  # a loader of plain data
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise Unreadable(f"is not YAML: {getattr(error, 'problem', '') or 'it cannot be read'}{where}") from error


def _without_dates(resolvers: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    return {
        first: [one for one in some if one[0] != "tag:yaml.org,2002:timestamp"] for first, some in resolvers.items()
    }
