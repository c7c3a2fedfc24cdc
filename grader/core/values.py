"""Values a spec names: nonces, random and fixed bytes, and `${…}` in texts.

`${word}` is a random word (so are word1, word2, …: fresh ones), the same wherever it stands in
one run of a check. `${upper:word}`, `${lower:…}`, `${len:…}` (bytes in UTF-8), `${reverse:…}`
transform a value. `{n}` is the number of a member of a group of clients.

All chance comes from one seed: with the same seed a check meets the same words, the same random
bytes and the same faults of a network, in whatever order they are asked for.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Mapping
from typing import Any

from grader.core.regex import regex

_HOLE = regex(r"\$\{(?:(\w+):)?(\w+)\}")
_WORD = regex(r"word\d*")
_FUNCTIONS: dict[str, Callable[[bytes], bytes]] = {
    "upper": bytes.upper,
    "lower": bytes.lower,
    "len": lambda value: str(len(value)).encode(),
    "reverse": lambda value: value[::-1],
}
FUNCTIONS = tuple(_FUNCTIONS)
FILLED = (".html", ".txt", ".md", ".css", ".js")  # fixtures with such endings are texts
MAKERS = ("random_text", "random_bytes", "random_number", "repeat", "hex", "file")


class UnknownValueError(KeyError):
    """A text names a value that the check does not have."""


def holes(text: str) -> list[tuple[str, str]]:
    """Return the (function, name) of every `${…}` in a text; the function may be empty."""
    return [(match[1] or "", match[2]) for match in _HOLE.finditer(text)]


def is_word(name: str) -> bool:
    """Tell whether a name is that of a nonce, which exists by being used."""
    return bool(_WORD.fullmatch(name))


class Values:
    """The named values of one run of a check."""

    def __init__(self, seed: str, files: Mapping[str, bytes] | None = None) -> None:
        self._seed = seed
        self._random = self.chance("values")
        self._files = dict(files or {})
        self._known: dict[str, bytes] = {}

    def chance(self, what: str) -> random.Random:
        """Return a source of chance for one purpose, of which no other purpose takes anything."""
        return random.Random(f"{self._seed}/{what}")  # noqa: S311 - nonces, not keys

    def add_file(self, name: str, content: bytes, *, holes: bool) -> None:
        """Add a fixture file; with `holes`, its text is filled like any other."""
        if holes:
            content = self.fill(content.decode("utf-8")) if b"${" in content else content
        self._files[name] = content

    def define(self, name: str, value: Any) -> None:
        """Give a name a value: a text (with holes), a number, or one of `MAKERS`."""
        self._known[name] = self.make(value)

    def make(self, value: Any, n: int = 0) -> bytes:
        """Turn a spec's value into bytes; raises `UnknownValueError` or `ValueError`."""
        if isinstance(value, str):
            return self.fill(value, n)
        if isinstance(value, int | float):
            return str(value).encode()
        if isinstance(value, dict) and len(value) == 1:
            (maker, argument) = next(iter(value.items()))
            if maker == "hex":
                return bytes.fromhex(argument)
            if maker == "repeat":
                text, times = argument
                return self.fill(text, n) * int(times)
            if maker == "random_text":
                return self.letters(int(argument))
            if maker == "random_bytes":
                return self._random.randbytes(int(argument))
            if maker == "random_number":
                return str(self._random.randint(*argument)).encode()
            if maker == "file" and argument in self._files:
                return self._files[argument]
            if maker == "file":
                raise UnknownValueError(f"no fixture file {argument!r}")
        raise ValueError(f"not a value: {value!r}")

    def letters(self, count: int, chance: random.Random | None = None) -> bytes:
        """Return `count` random lower-case letters."""
        chance = chance or self._random
        return "".join(chance.choices(string.ascii_lowercase, k=count)).encode()

    def word(self, name: str) -> bytes:
        """Return a random word of 6 to 10 letters (its length is no constant either)."""
        chance = self.chance(name)
        return self.letters(chance.randint(6, 10), chance)

    def get(self, name: str) -> bytes:
        """Return a value by name, making a nonce at its first use."""
        if name not in self._known:
            if not is_word(name):
                raise UnknownValueError(f"no value named {name!r}")
            self._known[name] = self.word(name)
        return self._known[name]

    def fill(self, text: str, n: int = 0) -> bytes:
        """Fill the holes of a text."""
        parts: list[bytes] = []
        end = 0
        for match in _HOLE.finditer(text):
            parts.append(self._plain(text[end : match.start()], n))
            value = self.get(match[2])
            if match[1]:
                if match[1] not in _FUNCTIONS:
                    raise UnknownValueError(f"no function {match[1]!r}")
                value = _FUNCTIONS[match[1]](value)
            parts.append(value)
            end = match.end()
        parts.append(self._plain(text[end:], n))
        return b"".join(parts)

    @staticmethod
    def _plain(text: str, n: int) -> bytes:
        return (text.replace("{n}", str(n)) if n else text).encode()
