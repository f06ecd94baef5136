"""Text of one type cell -> type expression: its names and links tied to definitions, a finding for each mistake."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple
from urllib.parse import unquote

from fieldsmith.reading.canonical import ANY, make_const, make_nullable, make_union
from fieldsmith.reading.cells import hidden_in_value, read_name
from fieldsmith.reading.names import Definitions, Names, NoPage, key_of, page_of, same_file, shorten, split_name
from fieldsmith.reading.notations.base import Notation
from fieldsmith.reading.notations.fieldsmith import FIELDSMITH
from fieldsmith.reading.typetext import Form, parse_type
from fieldsmith.reading.typetokens import TypeTrouble
from fieldsmith.reading.typetree import Constant, Group, Link, Name, Node, Word, core_of, names_in
from fieldsmith.schema import JsonScalar, ListOf, MapOf, Nullable, Ref, Scalar, ScalarKind, TypeExpr
from fieldsmith.suggest import near

_WRAPPERS = frozenset({"optional", "nullable", "optional-nullable"})


class TypeReading(NamedTuple):
    """What a cell says. `type` is never Nullable: a null on top is `nullable`.

    optional  a wrapper that says absence, or absence and null in one
    nullable  a wrapper or an option that says null
    silent    a form of type around which the notation cannot say null
    """

    type: TypeExpr
    optional: bool = False
    nullable: bool = False
    silent: bool = False


class Kinds(NamedTuple):
    """Keys of definitions: `models`, and `aliases`, which are no models or enums, but names for a type."""

    aliases: Set[str] = frozenset()
    models: Set[str] = frozenset()


NO_KINDS = Kinds()


class Finding(NamedTuple):
    code: str
    message: str
    help: str | None = None


class Walk:
    """One cell on its way from text to type."""

    def __init__(
        self, notation: Notation, names: Names, kinds: Kinds, page: str, form: Form, nesting: int
    ) -> None:
        self.notation = notation
        self.names = names
        self.kinds = kinds
        self.page = page
        self.form = form
        self.nesting = nesting
        self.text = ""
        self.findings: list[Finding] = []
        self.unions: dict[str, TypeExpr] = {}  # key of a union -> the options that a link to it spells out
        self.partials: dict[str, str] = {}  # key of a model -> that of the same without what it requires

    def read(self, text: str) -> tuple[TypeReading, tuple[Finding, ...]]:
        self.text = text
        try:
            node = parse_type(text, self.notation, self.form, self.nesting)
        except TypeTrouble as trouble:
            what = f"type {shorten(text)}" if text.strip() else "an empty type"
            message = f"{what} cannot be read as {self.notation.name}: {trouble}"
            return TypeReading(ANY), (Finding(self.code("FS100"), message, trouble.help),)
        node, optional, nullable = _peeled(node)
        web = isinstance(node, Link) and "://" in node.target
        silent = self.notation.silent == "always" or (
            self.notation.silent == "containers" and (web or (isinstance(node, Group) and node.role != "union"))
        )
        type_ = self.type_of(node)
        if isinstance(type_, Nullable):
            type_, nullable = type_.inner, True
        return TypeReading(type_, optional, nullable, silent), tuple(self.findings)

    def add(self, code: str, message: str, help: str | None = None) -> None:
        self.findings.append(Finding(code, message, help))

    def code(self, usual: str) -> str:
        """The code of a finding on what cannot be read, which is no mistake where types are told in prose."""
        return "FS072" if self.notation.prose else usual

    def type_of(self, node: Node, linked: bool = False) -> TypeExpr:
        match node:
            case Word(text, None):
                return Ref(None, ".".join(split_name(text.strip("*"))))
            case Word(text, kind) if kind is not None:
                return Scalar(self.notation.linked.get(text, kind) if linked else kind)
            case Constant(value):
                self.check_constant(value)
                return make_const(value)
            case Group(role, parts):
                return self.group(role, tuple(self.type_of(part, linked) for part in parts))
            case Link():
                return self.link(node)
            case Name(text):
                return self.unlinked(text)
        return ANY

    def check_constant(self, value: JsonScalar) -> None:
        """A finding for a text that does not show in full on the page; one that is escaped there does."""
        if isinstance(value, str) and (message := hidden_in_value(value)) and value in self.text:
            self.add("FS022", message)

    def group(self, role: str, parts: tuple[TypeExpr, ...]) -> TypeExpr:
        if role in _WRAPPERS:
            return make_nullable(parts[0])
        if role == "list":
            return ListOf(parts[0])
        if role == "partial":
            return self.partial(parts[0])
        return MapOf(parts[0], parts[1]) if role == "map" else make_union(parts)

    def partial(self, type_: TypeExpr) -> TypeExpr:
        """A model of whose fields any may be absent: the one that is called so, or one that is made of the whole."""
        if not isinstance(type_, Ref) or type_.key is None or type_.key not in self.kinds.models:
            return type_
        name = f"Partial {type_.name}"
        key = key_of(page_of(type_.key, type_.name), name)
        self.partials[type_.key] = key
        return Ref(key, name)

    # names without a link
    def unlinked(self, name: str) -> TypeExpr:
        if found := self.names.named(self.page, name):
            return found
        parts = split_name(name)
        dotted = len(parts) > 1 and self.notation.unlinked
        if parts[-1][:1].isupper() and (dotted or self.form == "inner"):
            self.add("FS103", f"the page of {shorten(name)} is not there")
            return Ref(None, parts[-1])
        if self.notation.elsewhere and parts[-1][:1].isupper():
            return self.elsewhere(name)
        article = "an" if self.notation.name[0] in "aeiou" else "a"
        message = f"{shorten(name)} is neither {article} {self.notation.name} type nor a definition of these pages"
        help_text = near(name, [*self.notation.scalars, *self.notation.heads])
        if help_text is None and self.notation.name == "plain":
            help_text = "link to a definition, or say what the word means under `types` in a dialect of your own"
        self.add(self.code("FS101"), message, help_text)
        return ANY

    # links
    def where(self, link: Link) -> Definitions | NoPage:
        if self.notation.sited and link.target.startswith("/"):
            return self.names.on_site(link.target)
        return self.names.target(self.page, link.target)

    def told(self, link: Link, where: Definitions | NoPage) -> ScalarKind | None:
        """The scalar that the text of a link names, where types are told in words and it leads to no definition."""
        if not self.notation.prose or (isinstance(where, Definitions) and self.title(where, link.label)):
            return None
        return self.notation.scalars.get(link.label.lower())

    def link(self, link: Link) -> TypeExpr:
        if self.notation.anchored:
            found = self.names.anchored(self.page, unquote(link.target.partition("#")[2]))
            return found or self.elsewhere(link.label)
        where = self.where(link)
        if link.inner is None and (kind := self.told(link, where)):
            return Scalar(kind)
        if isinstance(where, Definitions):
            return self.to_page(link, where)
        place = link.target.partition("#")[0]
        for end, kind in self.notation.pages.items():
            if place == end or place.endswith("/" + end):
                return Scalar(kind)
        if link.inner is None:
            elsewhere = self.notation.elsewhere
            return self.elsewhere(link.label) if elsewhere else self.nowhere(link, where, link.label)
        names = list(names_in(link.inner))
        if not names:
            return self.type_of(link.inner, linked=where.reason == "web")
        if where.reason in ("web", "outside", "empty"):
            return self.nowhere(link, where, names[0].text)
        return self.astray(link, link.inner, where)

    def elsewhere(self, label: str) -> TypeExpr:
        """What a link to no definition of these pages stands for: what its label says, else any value, aloud."""
        if text := self.notation.labels.get(label):
            node = parse_type(text, FIELDSMITH, "inner", self.nesting)
            return Walk(FIELDSMITH, self.names, self.kinds, self.page, "inner", self.nesting).type_of(node)
        if kind := self.notation.scalars.get(label):
            return Scalar(kind)
        self.add("FS103", f"{shorten(label)} is defined on none of the pages")
        return Ref(None, label)

    def astray(self, link: Link, inner: Node, where: NoPage) -> TypeExpr:
        """A link to no page. Its folder may be wrong and its label right: one generator writes such by the hundred.

        A target of another file name is no such slip: its page may be missing, and the label a mistake.
        """
        core = core_of(inner)
        spaces = {parts[-2].lower() for name in names_in(inner) if len(parts := split_name(name.text)) > 1}
        page = self.names.page_named(where.path, spaces)
        if page is not None and (not isinstance(core, Name) or key_of(page.path, page.titles[0]) in self.kinds.aliases):
            return self.to_page(link, page)
        if not isinstance(core, Name):
            return self.type_of(inner)
        folder = where.path.rpartition("/")[0].rpartition("/")[2]
        found = self.names.named(self.page, core.text, folder)
        if found is None or found.key is None:
            opaque = self.nowhere(link, where, core.text)
            return self.replaced(inner, opaque) if isinstance(opaque, Ref) else opaque
        path = page_of(found.key, found.name)
        if same_file(path, where.path):
            return self.replaced(inner, found)
        help = f"link to {shorten(path)} if {shorten(found.name)} is meant; until then any JSON value is taken"
        return self.nowhere(link, where, core.text, help)

    def to_page(self, link: Link, found: Definitions) -> TypeExpr:
        """A link to a page that is there: the page rules, whatever the label says."""
        if link.inner is None:
            target = self.pick(found, link.label)
            self.compare_text(read_name(link.label)[0], target)
            return target
        core = core_of(link.inner)
        if isinstance(core, Name):
            target = self.pick(found, split_name(core.text)[-1])
            self.compare(core.text, target)
            return self.replaced(link.inner, target)
        if isinstance(core, Group) and not any(split_name(n.text)[-1] in found.titles for n in names_in(core)):
            target = self.pick(found, found.titles[0])
            spelled = self.type_of(core)
            if isinstance(target, Ref) and target.key is not None:
                self.unions.setdefault(target.key, spelled.inner if isinstance(spelled, Nullable) else spelled)
            return make_nullable(target) if isinstance(spelled, Nullable) else target
        if isinstance(core, Word):
            return self.replaced(link.inner, self.pick(found, core.text))
        return self.type_of(link.inner)

    def compare(self, label: str, target: TypeExpr) -> None:
        """A label that names another definition than its link leads to: right for a union of that one member alone."""
        if not isinstance(target, Ref) or target.key is None or split_name(label)[-1] == target.name:
            return
        other = self.names.named(self.page, label)
        if other is not None and target.key in self.kinds.aliases:
            self.unions.setdefault(target.key, other)
        elif other is not None:
            self.contradicted(label, target.key)

    def compare_text(self, text: str, target: TypeExpr) -> None:
        """Where labels may be any text, one that is to the letter the title of another definition than is led to."""
        if isinstance(target, Ref) and target.key is not None and text != target.name and self.names.has_title(text):
            self.contradicted(text, target.key)

    def contradicted(self, label: str, key: str) -> None:
        self.add("FS113", f"the link says {shorten(label)}, but leads to {shorten(key)}")

    def pick(self, found: Definitions, label: str) -> TypeExpr:
        """The definition of a page that a link means; any value and a finding where there is none."""
        title = self.title(found, label)
        if title is None and self.notation.elsewhere:
            return self.elsewhere(label)
        if title is None:
            message = f"page {shorten(found.path)} does not define {shorten(label)}"
            help_text = "name a title of the page in the link"
            if not self.names.leads(found.path, found.fragment):
                message, help_text = f"{message} at {shorten(f'#{found.fragment}')}", "correct what stands behind `#`"
            self.add(self.code("FS104"), message, help_text)
            return ANY
        return Ref(key_of(found.path, title), title)

    def title(self, found: Definitions, label: str) -> str | None:
        """The title that a link means: by its fragment, by its label, or the only one there is.

        Beside a fragment that is not there, the others do not count.
        """
        if title := self.names.title_by(found.path, found.fragment):
            return title
        leads = self.names.leads(found.path, found.fragment)
        title = self.names.title_of(found.path, label) if leads else None
        if title is None and found.own:  # a part of the page's definition, called as it is within that one
            title = self.names.title_of(found.path, f"{found.titles[0]}{label}")
        alone = len(found.titles) == 1 and not (found.own or (self.notation.sited and found.fragment))
        if title is None and leads and alone:
            title = found.titles[0]
        return title

    def nowhere(self, link: Link, where: NoPage, name: str, help: str | None = None) -> TypeExpr:
        """A link to a page that is not there: an opaque reference, and a finding that says what is wrong with it."""
        opaque = Ref(None, split_name(name)[-1] if split_name(name) and link.inner is not None else name)
        what = f"page {shorten(link.target)} that {shorten(name)} links to"
        if where.reason == "empty" and self.notation.free_labels:
            return opaque
        if where.reason == "missing" or (where.reason == "above" and self.names.inside(where)):
            self.add("FS103", f"{what} is not there", help)
            return opaque
        if where.reason == "bare":
            self.add(self.code("FS104"), f"{what} defines no type", help)
        elif where.reason == "above":
            advice = "correct the target, or give the folder that holds both pages"
            self.add("FS105", f"{what} is outside the folder given", help or advice)
        else:
            self.add("FS105", f"{what} is none of the pages given")
        return ANY

    def replaced(self, node: Node, target: TypeExpr) -> TypeExpr:
        """`node` with `target` in the place of its core."""
        if isinstance(node, Group):
            *before, last = node.parts
            return self.group(node.role, (*map(self.type_of, before), self.replaced(last, target)))
        return target


def _peeled(node: Node) -> tuple[Node, bool, bool]:
    """`node` without the wrappers around it or around a link's text, and what they say."""
    optional = nullable = False
    while True:
        inner = node.inner if isinstance(node, Link) else node
        if not isinstance(inner, Group) or inner.role not in _WRAPPERS:
            return node, optional, nullable
        optional |= inner.role != "nullable"
        nullable |= inner.role != "optional"
        node = Link(inner.parts[0], node.label, node.target) if isinstance(node, Link) else inner.parts[0]
