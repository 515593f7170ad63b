"""What at_once.py starts: types a command once on a copy of the folder, so that all that it needs
is loaded, then in several forks of this process, in the folder itself.

    python forked.py HOW-MANY STREAMS COMMAND…

Each fork writes its RANK.out and RANK.err in the folder STREAMS; `codes` tells how they ended.
A process of tests has threads, and must not fork.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from mutualis.cli import app


def tell(out: Path, err: Path) -> None:
    for number, path in ((1, out), (2, err)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), number)


def load(words: list[str]) -> None:
    here, nowhere = Path.cwd(), Path(os.devnull)
    tell(nowhere, nowhere)
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(here, name, dirs_exist_ok=True)
        os.chdir(name)
        app.run(words)
        os.chdir(here)


def child(streams: Path, rank: int, start: int, words: list[str]) -> None:
    """Be the command, from its command line to the end of its interpreter."""
    tell(streams / f"{rank}.out", streams / f"{rank}.err")
    sys.argv = ["mutualis", *words]
    os.read(start, 1)  # nothing: it ends when the parent closes it
    app.main()


def main(count: int, streams: Path, words: list[str]) -> None:
    load(words)
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
