"""A text as a TOML value: whatever it holds, the file stays valid and says the same."""

import tomli_w


def literal(text: str) -> str:
    return tomli_w.dumps({"value": text}).removeprefix("value = ").rstrip("\n")
