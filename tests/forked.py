"""What at_once.py starts: loads the program once, then types one command in several forks of it.

    python forked.py HOW-MANY STREAMS COMMAND…

Each fork writes its RANK.out and RANK.err in the folder STREAMS; `codes` tells how they ended.
A process of tests has threads, and must not fork.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import mutualis
from mutualis.cli import app


def child(streams: Path, rank: int, start: int, words: list[str]) -> None:
    """Be the command, from its command line to the end of its interpreter."""
    for number, name in ((1, "out"), (2, "err")):
        with (streams / f"{rank}.{name}").open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.argv = ["mutualis", *words]
    os.read(start, 1)  # ends when the one that starts them closes it
    app.main()


def main(count: int, streams: Path, words: list[str]) -> None:
    for module in pkgutil.walk_packages(mutualis.__path__, "mutualis."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    start, ready = os.pipe()
    children = []
    for rank in range(count):
        fork = os.fork()
        if fork == 0:
            os.close(ready)
            child(streams, rank, start, words)
        children.append(fork)
    os.close(ready)
    codes = [os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1]) for fork in children]
    (streams / "codes").write_text(json.dumps(codes))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
