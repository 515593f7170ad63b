"""How a class is stored: which key of a row each of its attributes is."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, get_type_hints

from mutualis.domain.value import Struct, field


class Form(Struct, frozen=True, dict=True):
    """The stored form of a class: its keys, separated by spaces.

    `attributes` gives the attribute of a key that bears another name, `aliases` the key that an
    older key became. `constants` are keys whose value the class itself implies. `blank` are keys
    that older programs wrote for this kind without ever filling them in: a value there is refused.
    `sparse` are keys of a setting that few have: a row without it is written as it was before.
    What `is_shared` is the same in many rows: the file holds it once.
    """

    kind: type[Any]
    keys: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    sparse: frozenset[str] = frozenset()
    is_shared: bool = False

    @property
    def name(self) -> str:
        return self.kind.__name__

    @cached_property
    def stored(self) -> Mapping[str, str]:
        """The attribute of each key, in the order of the list."""
        return {key: self.attributes.get(key, key) for key in self.keys.split()}

    @cached_property
    def hints(self) -> Mapping[str, Any]:
        """The type of each attribute."""
        return get_type_hints(self.kind)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every key that a stored text may hold."""
        return frozenset((*self.keys.split(), *self.aliases, *self.constants, *self.blank))
