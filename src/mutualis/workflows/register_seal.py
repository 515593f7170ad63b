"""Seal the register: its head hash, for the minutes or an e-mail; and give a seal back."""

from datetime import date
from pathlib import Path

from mutualis.domain.problems.refusals import Refusal, UnreadableRequest
from mutualis.domain.value import Struct
from mutualis.files.disk import sums
from mutualis.files.received.seal import Seal, read_seal, text_of_seal
from mutualis.files.tables.text import decode
from mutualis.workflows.inputs import gather
from mutualis.workflows.outputs import relative
from mutualis.workflows.register import verify

MOST_BYTES = 100_000


class Sealed(Struct, frozen=True):
    """`text` is what the file holds."""

    seal: Seal
    day: date
    text: str
    file: str


def seal_register(root: Path, out: Path | None, day: date) -> Sealed:
    """Write the seal of the register as it is to a file of its own; the register is not changed.

    Raises Refusal when there is no register, or it is not intact: a seal would hide it.
    """
    workspace, _ = gather(root)
    verified = verify(root, today=day)
    if not verified.is_intact:
        raise Refusal("register.not_sealed", details=[verified.findings[0].reason])
    if not verified.rows:
        raise Refusal("register.nothing_to_seal")
    seal = Seal(verified.head, verified.rows)
    text = text_of_seal(seal, workspace.issuer.name, day)
    path = out if out is not None else root / "out" / f"scelle-{day.isoformat()}-{seal.rows}.txt"
    path = sums.write(root, path, text.encode("utf-8-sig"))
    return Sealed(seal, day, text, relative(root, path))


def seal_given(text: str) -> Seal:
    """The seal of `--expect`: a hash, or the file that holds one; raises UnreadableRequest."""
    path = Path(text)
    try:
        if not path.is_file():
            return read_seal(text)
        with path.open("rb") as file:
            return read_seal(decode(text, file.read(MOST_BYTES)).text)
    except (OSError, ValueError) as error:
        raise UnreadableRequest("register.not_a_seal", text=text[:40]) from error
