"""How does a command end, and with which exit code?

    0    done                                     errors carry their own code (indexer/errors.py):
    2    the command line makes no sense          2 query or date, 3 archive, 1 no such article
    3    anything else that failed                130 interrupted

An error is one line on standard error; --debug, which the help does not list, shows where it was raised.
"""

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

import click

from indexer.cli import streams
from indexer.errors import ArchiveError, QueryError

FAILED = 3
INTERRUPTED = 130

# Words that other tools use, and what they are called here.
_OTHER_NAMES = {
    "--after": "--since",
    "--from": "--since",
    "--before": "--until",
    "--to": "--until",
    "--date": "--on",
    "--or": "--any",
    "--order": "--sort",
    "--colour": "--color",
}


class Ending(click.Command):
    """A command that never shows a traceback and whose callback returns the exit code."""

    def main(self, args: Any = None, prog_name: str | None = None, *_: Any, **extra: Any) -> Any:
        """Run and exit."""
        name = self.name or ""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, name, **extra)
        except click.Abort:
            code = INTERRUPTED
        except click.ClickException as error:
            complain(name, usage_message(error))
            streams.remark([f"Try '{_command_path(error, name)} --help'."])
            code = error.exit_code
        except OSError as error:  # help, which is printed before anything is run
            complain(name, *explain(error, ""))
            streams.abandon()
            code = FAILED
        gc.freeze()  # nor once more while the interpreter ends: a tenth of the time of a search
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> int:
        """Run the callback; turn whatever it raises into a line and an exit code."""
        return finish(self.name or "", lambda: super(Ending, self).invoke(ctx), ctx.meta)


def finish(name: str, body: Callable[[], int | None], meta: dict[str, Any]) -> int:
    """The exit code of ``body``. ``meta`` may hold "debug" and, for the caret line, the "query"."""
    try:
        streams.prepare()
        code = body() or 0
        streams.flush()
        return code
    except BrokenPipeError:  # the reader of the pipe has seen enough
        streams.abandon()
        return 0
    except KeyboardInterrupt:
        if streams.is_terminal(sys.stderr):
            streams.remark([""])  # the prompt does not follow on the line with ^C
        streams.abandon()
        return INTERRUPTED
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        if meta.get("debug"):
            raise
        complain(name, *explain(error, meta.get("query", "")))
        streams.abandon()
        return error.exit_code if isinstance(error, ArchiveError) else FAILED


def end_at_once(command: Callable[[], Any]) -> NoReturn:
    """Run ``command`` as the whole of this process, and end without tidying up what ends with it.

    To take modules and objects apart is a thirtieth of a search, and changes nothing outside: what a search
    writes it has written, flushed and closed when it exits.
    """
    try:
        command()
    except SystemExit as end:
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):  # closed, or nobody reads
                stream.flush()
        os._exit(end.code if isinstance(end.code, int) else FAILED)
    raise AssertionError("a command exits")


def complain(name: str, message: str, *more: str) -> None:
    """One line on what went wrong, safe for a terminal, and perhaps lines that show it."""
    from indexer.present.escape import visible

    streams.remark([f"{name}: {visible(message)}", *more])


def explain(error: Exception, query: str) -> list[str]:
    """The message of an error, and for a query error the query with a caret under the place."""
    if isinstance(error, QueryError) and error.column is not None and query:
        from indexer.present.caret import pointed

        return [str(error), *pointed(query, error.column, streams.page_width())]
    if isinstance(error, ArchiveError):
        return [str(error)]
    if isinstance(error, MemoryError):
        return ["there is not enough memory for this; ask for less with --limit or --passages"]
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return [f"the operating system refused{where}: {error.strerror or error}"]
    return [f"this should not happen: {type(error).__name__}: {error} (--debug shows where)"]


def usage_message(error: click.ClickException) -> str:
    """Click's message in the tone of ours."""
    message = error.format_message().rstrip(".")
    if isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        return f"{error.param.opts[-1]}: {error.message.rstrip('.')}"
    if isinstance(error, click.NoSuchOption) and error.option_name in _OTHER_NAMES:
        return f"there is no option {error.option_name}; did you mean {_OTHER_NAMES[error.option_name]}?"
    return message[:1].lower() + message[1:]


def _command_path(error: click.ClickException, name: str) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else name


def debug_option() -> click.Option:
    """The hidden option --debug."""
    return click.Option(
        ["--debug"], is_flag=True, hidden=True, expose_value=False, is_eager=True, callback=_set_debug
    )


def _set_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta["debug"] = True
