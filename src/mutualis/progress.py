"""How far a long work is, told to whoever watches: on a terminal, a bar."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from typing import TypeVar

T = TypeVar("T")


class Task(Enum):
    """What a program may be at for more than a moment."""

    COMMUNES = auto()
    REGISTER_READ = auto()
    REGISTER_WRITTEN = auto()
    PROOF = auto()
    INVOICES = auto()
    WORKBOOK = auto()
    PDF = auto()


Watcher = Callable[[Task, int, int], None]
LONG = 2_000  # items that take less than a moment
_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """From now on, `watcher` is told which work is at how many of how many."""
    _watchers.append(watcher)


def each(task: Task, items: Iterable[T], total: int, least: int = LONG) -> Iterable[T]:
    """The items themselves; where there are `least`, a hundredth of them after another is told,
    and the last."""
    return _told(task, items, total) if _watchers and total >= least else items


def _told(task: Task, items: Iterable[T], total: int) -> Iterator[T]:
    step = max(1, total // 100)
    for done, item in enumerate(items, start=1):
        yield item
        if done % step == 0 or done == total:
            for watcher in _watchers:
                watcher(task, done, total)
