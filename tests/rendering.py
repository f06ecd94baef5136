"""Markdown -> what a browser would load or run of it, rendered as generously as renderers do."""

from __future__ import annotations

import html.parser
import re

import mistune


class _Active(html.parser.HTMLParser):
    """What a browser would load or run, out of rendered pages; anything but the plain output of Markdown counts."""

    SAFE = {
        "a", "p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr",
        "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
        "del", "sup", "section", "dl", "dt", "dd",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hits: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "input" and ("type", "checkbox") in attrs and ("disabled", None) in attrs:
            return  # the box of a task list: it shows a state and can do nothing
        if tag not in self.SAFE:
            self.hits.append(tag)
        for name, value in attrs:
            target = re.sub(r"[\x00-\x20]", "", value or "").lower()
            scheme = re.match(r"[a-z][a-z0-9+.-]*:", target)
            if name not in ("href", "class", "title", "start", "id", "style"):
                self.hits.append(f"{tag} {name}")
            if name == "href" and scheme and scheme[0] not in ("http:", "https:", "mailto:"):
                self.hits.append(target)
            if name == "style" and not re.fullmatch(r"text-align:\w+", target):
                self.hits.append(target)

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.hits.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.hits.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.hits.append("instruction")


RENDER = mistune.create_markdown(
    renderer=mistune.HTMLRenderer(escape=False, allow_harmful_protocols=True),
    plugins=["table", "footnotes", "strikethrough", "url", "def_list", "abbr", "task_lists"],
)


def active(markdown: str) -> _Active:
    found = _Active()
    rendered = RENDER(markdown)
    assert isinstance(rendered, str)
    found.feed(rendered)
    found.close()
    return found
