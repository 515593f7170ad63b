"""What bash and zsh offer after a word of the command line; silent whatever the folder holds.

A shell runs the program with `_MUTUALIS_COMPLETE`, as typer has it, and reads a line a word.
"""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

ASKED = "_MUTUALIS_COMPLETE"
_BASH = """\
_mutualis() {
    local IFS=$'\\n' word
    COMPREPLY=()
    while read -r word; do
        printf -v word %q "$word"
        COMPREPLY+=("$word")
    done < <(COMP_WORDS="${COMP_WORDS[*]:0:COMP_CWORD+1}" COMP_CWORD=$COMP_CWORD \\
        _MUTUALIS_COMPLETE=complete_bash "$1" 2>/dev/null)
}
complete -o default -F _mutualis mutualis
"""
_ZSH = """\
#compdef mutualis
_mutualis() {
    local -a found
    found=("${(@f)$(COMP_WORDS="${(F)words[1,CURRENT]}" COMP_CWORD=$((CURRENT - 1)) \\
        _MUTUALIS_COMPLETE=complete_bash $words[1] 2>/dev/null)}")
    found=(${found:#})
    if (( $#found )); then compadd -a found; else _files; fi
}
if [[ $funcstack[1] == _mutualis ]]; then _mutualis "$@"; else compdef _mutualis mutualis; fi
"""
SCRIPTS = {"source_bash": _BASH, "source_zsh": _ZSH}


def answer(command: Any, asked: str) -> str:
    """What the shell is to read: its script, or the words that may follow; nothing on a failure."""
    if asked in SCRIPTS:
        return SCRIPTS[asked]
    from typer.completion import completion_init, shell_complete  # type: ignore[attr-defined]

    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
            completion_init()
            shell_complete(command, {}, "mutualis", ASKED, asked)
    except (Exception, SystemExit):  # noqa: BLE001  # nobody asked to be told why
        return ""
    return "".join(f"{line}\n" for line in said.getvalue().splitlines() if line)


Offered = Callable[..., list[str]]


def offered(name: str) -> Offered:
    """What `mutualis.workflows.offered` knows by this name, as the user has begun to write it."""

    def words(ctx: typer.Context, incomplete: str) -> list[str]:
        from mutualis.workflows import offered as known

        found: list[str] = getattr(known, name)(Path(ctx.params.get("folder") or "."))
        return [word for one in found if (word := _begun(incomplete, one))]

    return words


def one_of(choices: str) -> Offered:
    """The words of « text|json »."""

    def words(incomplete: str) -> list[str]:
        return [word for word in choices.split("|") if word.startswith(incomplete)]

    return words


def _begun(typed: str, name: str) -> str:
    """The name behind what was typed of it, whose case and accents are left; empty for another."""
    from mutualis.domain.french.names import fold

    if name.startswith(typed):
        return name
    rest = name[len(typed) :]
    is_begun = fold(name[: len(typed)]) == fold(typed) and fold(typed)
    return typed + rest if is_begun else ""
