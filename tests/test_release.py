"""What is installed, and what is released."""

import re
import runpy
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import ROOT
from mutualis import __version__

# What reaches the network: nothing installed beside the tool may.
NETWORK = {"aiohttp", "certifi", "h11", "httpcore", "httpx", "requests", "urllib3", "websockets"}


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==([^\s;]+)", text))


def declared(*path: str) -> list[Requirement]:
    found = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for key in path:
        found = found[key]
    return [Requirement(text) for text in found]


@pytest.mark.parametrize(
    ("lock", "path"),
    [
        ("requirements.lock", ("project", "dependencies")),
        ("requirements-build.lock", ("build-system", "requires")),
        ("requirements-dev.lock", ("project", "dependencies")),
        ("requirements-dev.lock", ("dependency-groups", "dev")),
    ],
)
def test_each_dependency_is_locked_at_a_version_it_takes(lock: str, path: tuple[str, ...]) -> None:
    locked = pins(lock)
    for wanted in declared(*path):
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), wanted


def test_the_tool_brings_neither_build_tools_nor_the_network() -> None:
    installed, build = pins("requirements.lock"), pins("requirements-build.lock")
    assert installed.keys() & build.keys() == {"packaging"}  # pikepdf needs it too
    assert installed["packaging"] == build["packaging"]
    assert not installed.keys() & NETWORK


def test_the_locks_agree() -> None:
    every = pins("requirements-dev.lock")
    for name in ("requirements.lock", "requirements-build.lock"):
        assert pins(name).items() <= every.items()


def test_the_changelog_begins_with_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"(?m)^## (\S+) - (unreleased|\d{4}-\d{2}-\d{2})$", text)
    assert first is not None
    assert first[1] == __version__


LOCK = """\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:00
rich==15.0.0 \\
    --hash=sha256:11
"""


def test_a_wheelhouse_is_for_the_system_it_is_asked_for() -> None:
    wanted = runpy.run_path(str(ROOT / "tools/wheelhouse.py"))["wanted"]
    rich = "rich==15.0.0 \\\n    --hash=sha256:11\n"
    assert wanted(LOCK, windows=False) == rich
    assert wanted(LOCK, windows=True) == "colorama==0.4.6 \\\n    --hash=sha256:00\n" + rich


def test_the_lock_has_no_other_marker() -> None:
    """tools/wheelhouse.py knows one."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert set(re.findall(r" ;[^\\]*", text)) == {" ; sys_platform == 'win32' "}


def test_the_guide_installs_this_version() -> None:
    guide = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    named = set(re.findall(r"mutualis-(\S+?)-py3-none-any\.whl", guide))
    assert named == {__version__}
