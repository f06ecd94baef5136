"""Arguments in, exit code out. Only click is loaded here, so that `--help` and `--version` answer at once."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import TypeVar

import click

from fieldsmith import __version__
from fieldsmith.flags import Flags

Function = TypeVar("Function", bound=Callable[..., int])
DISK, BUG, INTERRUPTED = 3, 70, 130
_COVERAGE = "Say which tables were read, which not, and why (on stderr, unless the format is text)."
_TARGETS = "What to make: dataclasses, serializers, docs, jsonschema, ..."
_LEARN = "Print as an overlay what it knows: wire_names, nullable, defaults, formats, discriminators."
_COLOURS = click.Choice(("auto", "always", "never"))
TRACEBACK = "FIELDSMITH_TRACEBACK"


class _Stopped(BaseException):
    """A signal asks the program to end; what it has begun is put back on the way out."""

    def __init__(self, number: int) -> None:
        self.number = number


def _command(name: str) -> Callable[..., int]:
    """What a command does, loaded when it is asked for."""
    command: Callable[..., int] = getattr(import_module(f"fieldsmith.commands.{name}"), name)
    return command


def _options(pages: str) -> Callable[[Function], Function]:
    """The options that every command has; `pages` says what its arguments are."""
    options = [
        click.argument("pages", nargs=-1, metavar=pages),
        click.option("--config", metavar="FILE", help="Settings file; otherwise the nearest pyproject.toml."),
        click.option("--dialect", metavar="NAME", help="How the pages are laid out; otherwise told by each page."),
        click.option("--notation", metavar="NAME", help="The language of the type cells; otherwise told by the pages."),
        click.option("--strict", is_flag=True, help="Take warnings for errors."),
        click.option("--jobs", type=click.IntRange(1), metavar="N", help="Work in N processes; otherwise one a core."),
        click.option("-q", "--quiet", is_flag=True, help="Show no progress, and sum nothing up."),
        click.option("--color", "colour", type=_COLOURS, default="auto", help="Colour the output."),
    ]

    def decorate(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


_common = _options("[PAGE|FOLDER]...")
_targets = click.option("--targets", metavar="A,B", help=_TARGETS)
_timings = click.option("--timings", is_flag=True, help="Say how long each stage took.")
_output = click.option("-o", "--output", metavar="OUT", help="Folder of the generated package.  [default: generated]")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Make dataclasses, serializers and documentation of the field tables in Markdown pages.

    \b
    fieldsmith generate spec -o client     make the package `client` of the pages below spec/
    fieldsmith watch spec -o client        and again after each change of the pages
    fieldsmith check spec -o client        is client/ what the pages say? (for CI)
    fieldsmith explain Thread.id spec      why is this field what it is?

    With a [tool.fieldsmith] table in pyproject.toml, `fieldsmith generate` needs no arguments.
    """


@cli.command()
@_output
@click.option("--force", is_flag=True, help="Overwrite and remove outputs that were edited by hand.")
@_timings
@click.option("--depfile", metavar="FILE", help="Say there, for Make or Ninja, what the package depends on.")
@_targets
@click.option("-v", "--verbose", is_flag=True, help="Name each file that is written or removed, and say why.")
@_common
def generate(output: str | None, force: bool, depfile: str | None, timings: bool, **common: object) -> int:
    """Write the package that the pages describe.

    Only files that differ are touched; where the pages hold an error, none is.

    \b
    fieldsmith generate thread.md -o client            one page
    fieldsmith generate spec -o client --strict        a folder; a dangling link is an error
    fieldsmith generate                                what pyproject.toml says
    """
    return _command("generate")(_flags(common, output), force=force, depfile=depfile, timings=timings)


@cli.command()
@_output
@_targets
@click.option("-v", "--verbose", is_flag=True, help="Name each file that is changed, written or removed.")
@_common
def watch(output: str | None, **common: object) -> int:
    """Generate, and again after each change of the pages.

    Also after a change of the settings or of templates of your own, which are read anew each time. Findings are shown
    as they come and named as they go; while there is an error, the earlier output stays. Ctrl-C ends it. It needs
    watchfiles: pip install 'fieldsmith[watch]'

    \b
    fieldsmith watch spec -o client
    fieldsmith watch                       what pyproject.toml says
    fieldsmith watch -v                    name each file that was changed, written or removed
    """
    return _command("watch")(_flags(common, output))


@cli.command()
@_output
@_timings
@click.option("--format", "form", type=click.Choice(("text", "github")), default="text")
@_targets
@_common
def check(output: str | None, timings: bool, form: str, **common: object) -> int:
    """Compare the package with the pages; write nothing.

    Prints the files that are missing, changed or extra and a diff, and ends with exit code 1 where there are any.

    \b
    fieldsmith check spec -o client
    fieldsmith check --format github                   shown beside the files of a pull request
    """
    return _command("check")(_flags(common, output), form=form, timings=timings)


@cli.command()
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")
@_common
def ir(output: str | None, **common: object) -> int:
    """Print what the pages say as JSON.

    This is what all targets are made of: types and presence, before any name or type of Python.

    \b
    fieldsmith ir spec | jq '.definitions[].name'
    """
    return _command("ir")(_flags(common), file=output)


@cli.command()
@click.option("--format", "form", type=click.Choice(("jsonschema", "openapi")), default="jsonschema", show_default=True)
@click.option("-o", "--output", metavar="FILE", help="Write to a file instead of stdout.")
@_common
def schema(form: str, output: str | None, **common: object) -> int:
    """Print what the pages say as JSON Schema or OpenAPI.

    That is a document of JSON Schema 2020-12, or the components of one of OpenAPI 3.1. Keys are the names in JSON.
    What these formats have no word for stands under `x-` keywords; SCHEMAS.md lists them.

    \b
    fieldsmith schema spec -o schema.json
    fieldsmith schema spec --format openapi | jq '.components.schemas | keys'
    """
    return _command("schema")(_flags(common), form=form, file=output)


@cli.command()
@click.option("--format", "form", type=click.Choice(("text", "json", "github", "sarif")), default="text")
@click.option("--select", metavar="CODES", multiple=True, help="Show these alone: FS103,FS1")
@click.option("--ignore", metavar="CODES", multiple=True, help="Leave these out.")
@click.option("--coverage", is_flag=True, help=_COVERAGE)
@click.option("-v", "--verbose", is_flag=True, help="With --coverage, name what was read, too.")
@_common
def lint(form: str, select: Sequence[str], ignore: Sequence[str], coverage: bool, **common: object) -> int:
    """Report what is wrong or doubtful in the pages.

    Ends with exit code 1 where anything is.

    \b
    fieldsmith lint spec
    fieldsmith lint spec --coverage
    fieldsmith lint spec --format github --ignore FS103
    """
    return _command("lint")(_flags(common), form=form, select=_codes(select), ignore=_codes(ignore), coverage=coverage)


@cli.command()
@click.argument("name", metavar="NAME[.field|.VALUE]")
@_common
def explain(name: str, **common: object) -> int:
    """Say how a definition or a field was read.

    Shows its place and cell, the rules and type it came to, its names in Python and JSON, and its findings. Names are
    those of the pages or of Python. Of several jobs, all are searched.

    \b
    fieldsmith explain Thread spec
    fieldsmith explain Thread.createdAt spec
    fieldsmith explain RunStatus.QUEUED spec
    """
    return _command("explain")(_flags(common), name=name)


@cli.command()
@click.option("--format", "form", type=click.Choice(("text", "markdown", "json")), default="text")
@click.option("--fail-on", type=click.Choice(("breaking", "warning", "any")), help="End with 1 where a change is that.")
@_options("OLD [NEW] [PAGE|FOLDER]...")
def diff(form: str, fail_on: str | None, **common: object) -> int:
    """Say what changed between two states of the pages, and for whom.

    OLD and NEW are folders or pages, or git revisions: `main` compares with what is on the disk, `main..` and `v1..v2`
    with another revision, `main...` since the two have parted. Each change is breaking, a warning or compatible, for
    those who read the data and for those who write it; the worst says which part of the version to raise.

    \b
    fieldsmith diff old/ spec/
    fieldsmith diff main... --fail-on breaking         what this branch does (pages from pyproject.toml)
    fieldsmith diff v1..v2 spec --format markdown      for a changelog
    """
    return _command("diff")(_flags(common), form=form, fail_on=fail_on)


@cli.command()
@click.option("--against", metavar="FILE|MODULE", help="The other side; otherwise what the settings say.")
@click.option("--format", "form", type=click.Choice(("text", "json", "github", "sarif")), default="text")
@click.option("--learn", metavar="A,B", multiple=True, help=_LEARN)
@click.option("-o", "--output", metavar="FILE", help="Add what is learned to this overlay instead of printing it.")
@_common
def drift(against: str | None, form: str, learn: Sequence[str], output: str | None, **common: object) -> int:
    """Compare the pages with a schema or classes from elsewhere.

    The other side is a JSON Schema or OpenAPI document (JSON or YAML), a folder of such, or a module with dataclasses,
    attrs, pydantic or msgspec classes, which is imported and so run. Ends with exit code 1 where the two differ.

    \b
    fieldsmith drift spec --against openapi.yaml
    fieldsmith drift --against shop.models --format sarif
    fieldsmith drift --against openapi.json --learn wire_names,nullable -o facts.toml
    """
    return _command("drift")(_flags(common), against=against, form=form, learn=_codes(learn), output=output)


def _flags(common: dict[str, object], output: str | None = None) -> Flags:
    arguments = tuple(click.get_current_context().find_root().obj)[1:]
    return Flags(output=output, arguments=arguments, **common)  # type: ignore[arg-type]  # click has checked each by the option's own type


def _codes(texts: Sequence[str]) -> tuple[str, ...]:
    """What a flag lists, which may be given several times."""
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end it with its exit code; no traceback whatever happens."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    sys.unraisablehook = _raise_again
    gc.disable()  # a run makes much that lives to its end, and hardly a cycle: looking for some costs a fifth of it
    code = _run(list(sys.argv[1:] if arguments is None else arguments))
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError as error:
        code = _unwritable(error) or code
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        with cli.make_context("fieldsmith", arguments, obj=tuple(arguments)) as context:
            code: object = cli.invoke(context)
            return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except _Stopped as stopped:
        return 128 + stopped.number
    except OSError as error:
        return _unwritable(error)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        with suppress(OSError):
            name, detail = type(error).__name__, ascii(str(error))[:300]
            click.echo(f"fieldsmith: a bug of its own ({name}: {detail}); nothing was written.", err=True)
            click.echo(f"  = help: run again with {TRACEBACK}=1 in the environment and report what it prints", err=True)
        return BUG


def _unwritable(error: OSError) -> int:
    """What we print cannot be written: a reader that has had enough is content, a full disk is not."""
    if not isinstance(error, BrokenPipeError):
        with suppress(OSError):
            click.echo(f"fieldsmith: output cannot be written: {error.strerror}", err=True)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # so that the end's own flush says nothing
    return 0 if isinstance(error, BrokenPipeError) else DISK


def _raise_again(lost: sys.UnraisableHookArgs) -> None:
    """Where a signal comes in a callback of the interpreter (before a fork, say), what its handler raises is lost.

    So it is raised once more, a moment later.
    """
    stopped = lost.exc_value
    if not isinstance(stopped, _Stopped) or not hasattr(signal, "setitimer"):
        sys.__unraisablehook__(lost)
        return
    number = stopped.number
    signal.signal(signal.SIGALRM, lambda alarm, frame: _stop(number, frame))
    signal.setitimer(signal.ITIMER_REAL, 0.001)


def _stop(number: int, frame: FrameType | None) -> None:
    """End by the first signal; further ones wait until what was begun is put back."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise _Stopped(number)
