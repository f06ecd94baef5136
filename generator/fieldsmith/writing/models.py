"""A package and a model library -> the one file of its models, finished and checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldsmith.diagnostics import Diagnostic, Span
from fieldsmith.schema import Definition
from fieldsmith.writing.libraries import LIBRARIES, Library, LibraryName
from fieldsmith.writing.modelcheck import finish
from fieldsmith.writing.modelfeed import Fed, feed, finding
from fieldsmith.writing.modelgen import Unmade, make_models
from fieldsmith.writing.plans import FilePlan, Finished
from fieldsmith.writing.python import Package
from fieldsmith.writing.targets import Target


def target(name: LibraryName) -> Target:
    """The target of a library; it has the library's name."""
    library = LIBRARIES[name]

    def of_page(package: Package, path: str, definitions: Sequence[Definition]) -> Iterator[FilePlan]:
        return iter(())

    def of_package(package: Package) -> Iterator[FilePlan]:
        if package.schema.definitions:
            yield _plan(package, library)

    return Target(of_page, of_package)


def _plan(package: Package, library: Library) -> FilePlan:
    """The file, and what the library cannot say. NotInstalled where there is no generator; Surprise for odd output."""
    fed = feed(package, library)
    attributes = {(fed.classes[key], wire): name for (key, wire), name in fed.attributes.items()}
    path, template = f"{library.file}.py", f"{library.name}/models.py.jinja"
    first = package.schema.definitions[0].span
    try:
        made = make_models(fed.document, library, attributes)
    except Unmade as failure:
        ended = finding("FS416", first, f"{library.name}: {failure}")
        return FilePlan(path, template, Finished(""), (*fed.found, ended))
    text, lacking = finish(made.text, package, library, fed)
    found = (*fed.found, *lacking)
    known = {each.span for each in found}
    told = (_told(said, package, fed, library) for said in made.warnings)
    news = (each for each in told if each.span not in known)
    return FilePlan(path, template, Finished(text.rstrip("\n")), (*found, *news))


def _told(said: str, package: Package, fed: Fed, library: Library) -> Diagnostic:
    """What the generator warned of, at the first definition that it names."""
    words = {word.strip("`'\",.:;") for word in said.replace(".", " ").split()}
    named = (one.span for one in package.schema.definitions if fed.classes[one.key] in words)
    span: Span = next(named, package.schema.definitions[0].span)
    return finding("FS415", span, f"{library.name}: {' '.join(said.split())}")
