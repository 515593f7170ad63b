"""The console blocks of a page, as one session: what is typed, and what it must answer.

In a `console` block, what follows `$ ` is typed, the lines under it are the answer; a line « … »
stands for any lines. In a `sh` block, lines of mutualis are typed, and must succeed. A block
after `<!-- fichier name -->` is written where the session is. An HTML comment sets the scene:
`<!-- dossier vide -->` (or `émissible`, `livré`) at the head of a page, `<!-- jour JJ/MM/AAAA -->`,
`<!-- avec tests/insee/x.csv : name.csv -->`, `<!-- tapé mutualis … -->` for what is not shown,
`<!-- corrigé data/x.csv : before = after -->` for what a person changes in a file.
"""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from conftest import ROOT, Answer, edit

ANY = "…"
FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>\w*)\n(?P<body>.*?)^ *```$", re.M | re.S)
_SCENE = re.compile(r"<!-- (?P<what>dossier|jour|avec|tapé|fichier|corrigé) (?P<value>[^>]+?) -->")
# What is typed beside mutualis: the same words in PowerShell.
_SHELL: dict[str, Callable[..., object]] = {
    "cp": lambda a, b: shutil.copytree(a, b) if Path(a).is_dir() else shutil.copy(a, b),
    "mv": shutil.move,
    "rm": lambda a: Path(a).unlink(),
}


class Typed(Struct, frozen=True):
    """A command of a page, `start` and `end` the place of its expected answer in the text; one that
    must only succeed has no answer, None."""

    line: int
    command: str
    expected: str | None
    indent: str
    start: int
    end: int


class Scene(Struct, frozen=True):
    what: str
    value: str


class WrittenFile(Struct, frozen=True):
    name: str
    text: str


Step = Typed | Scene | WrittenFile


def steps(text: str) -> Iterator[Step]:
    """What a page does, in its order."""
    found = [*FENCE.finditer(text), *_SCENE.finditer(text)]
    name = ""
    for match in sorted(found, key=lambda one: one.start()):
        if match.re is _SCENE:
            if match["what"] == "fichier":
                name = match["value"]
            else:
                yield Scene(match["what"], match["value"])
        elif match["kind"] == "sh":
            yield from _lines(text, match)
        elif match["kind"] == "console":
            yield from _typed(text, match)
        elif name:
            yield WrittenFile(name, _outdented(match["body"], match["indent"]))
            name = ""


def _typed(text: str, block: re.Match[str]) -> Iterator[Typed]:
    indent = block["indent"]
    prompts = [*re.finditer(rf"^{indent}\$ (.*)\n", block["body"], re.M)]
    ends = [prompt.start() for prompt in prompts[1:]] + [len(block["body"])]
    for prompt, end in zip(prompts, ends, strict=True):
        start = block.start("body") + prompt.end()
        yield Typed(
            line=text.count("\n", 0, block.start("body") + prompt.start()) + 1,
            command=prompt[1],
            expected=_outdented(block["body"][prompt.end() : end], indent),
            indent=indent,
            start=start,
            end=block.start("body") + end,
        )


def _lines(text: str, block: re.Match[str]) -> Iterator[Typed]:
    first = text.count("\n", 0, block.start()) + 2
    for rank, line in enumerate(block["body"].splitlines()):
        if line.split()[0] in ("mutualis", "cd"):
            yield Typed(first + rank, line.strip(), None, block["indent"], 0, 0)


def _outdented(body: str, indent: str) -> str:
    return re.sub(rf"^{indent}", "", body, flags=re.M)


def shown(answer: Answer) -> str:
    """What a terminal shows, without the spaces that nobody sees."""
    lines = [line.rstrip() for line in (answer.out + answer.err).splitlines()]
    return "\n".join(lines).strip("\n")


def holds(typed: Typed, answer: Answer) -> bool:
    """Whether a command answers what the page says, or succeeds where it says nothing."""
    return answer.code == 0 if typed.expected is None else fits(typed.expected, shown(answer))


def fits(expected: str, found: str) -> bool:
    """Whether an answer is what the page says, « … » apart."""
    parts = [re.escape(line.rstrip()) + r"\n" for line in expected.strip("\n").splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if part == re.escape(ANY) + r"\n" else part for part in parts)
    return re.fullmatch(pattern, found + "\n" if found else "") is not None


def play(
    text: str,
    run: Callable[..., Answer],
    set_scene: Callable[[Scene], None],
    change_folder: Callable[[str], None],
) -> list[tuple[Typed, Answer]]:
    """Every command of a page, in its order, with its answer."""
    answers: list[tuple[Typed, Answer]] = []
    for step in steps(text):
        match step:
            case Scene("tapé", command):
                answer = run(*shlex.split(command)[1:])
                assert answer.code == 0, (command, answer.err)
            case Scene():
                set_scene(step)
            case WrittenFile(name, content):
                Path(name).write_text(content, "utf-8")
            case Typed():
                name, *arguments = shlex.split(step.command, comments=True)
                answer = Answer(0, "", "")
                if name == "mutualis":
                    answer = run(*arguments)
                elif name == "cd":
                    assert Path(arguments[0]).is_dir(), answers[-1]
                    change_folder(arguments[0])
                else:
                    try:
                        _SHELL[name](*arguments)
                    except OSError as error:
                        answer = Answer(1, "", str(error))
                answers.append((step, answer))
    return answers


def rewritten(text: str, answers: Sequence[tuple[Typed, Answer]]) -> str:
    """The page, each answer that does not fit in the place of what it said."""
    for typed, answer in reversed(answers):
        if typed.expected is not None and not holds(typed, answer):
            lines = [f"{typed.indent}{line}".rstrip() for line in shown(answer).splitlines()]
            text = text[: typed.start] + "".join(f"{x}\n" for x in lines) + text[typed.end :]
    return text


def day_of(value: str) -> date:
    return datetime.strptime(value, "%d/%m/%Y").date()  # noqa: DTZ007  # a day has no zone


def correct(value: str) -> None:
    """`data/x.csv : before = after`."""
    name, _, change = value.partition(" : ")
    before, _, after = change.partition(" = ")
    edit(Path(name), before, after)


def bring(value: str) -> None:
    """`tests/insee/x.csv : name.csv`, put where the session is."""
    source, _, name = value.partition(" : ")
    shutil.copy(ROOT / source, name)
