"""Turns a node of a YAML file into what a typed field wants, or says what it wants instead.

Led by the field's type, as msgspec sees it: where text is wanted, a number or `true` becomes the
text that was written (`007`, `1.0`); where a list is wanted, a single value will do; a duration is
`2s`, `50ms` or a number of seconds. `convert` ends with msgspec's own strict conversion, so that
nothing reaches the model that its types do not allow. All errors point at the place in the file.
"""

from __future__ import annotations

import math
import shlex
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from grader.core.regex import regex
from grader.core.values import MAKERS
from grader.loading.errors import KeyPath, LoadError, nearest, one_of
from grader.loading.nodes import NAMES, Document, Node

DURATIONS = frozenset({"busy", "delay", "pause", "within"})
ARGUMENTS = frozenset({"args", "command"})  # a text is split into words as a shell would
MAX_MADE = 64 << 20  # bytes of a random or repeated value
_DURATION = regex(r"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*(ms|s|m|min)?")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "min": 60.0, None: 1.0}
_PATH = regex(r"\.(\w+)|\[(\d+)\]")
_T = TypeVar("_T")


class Fields:
    """Converts the nodes of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document

    # ---------------------------------------------------------------------------- outside

    def convert(self, node: Node, wanted: type[_T], path: KeyPath = (), name: str = "") -> _T:
        """Return the node's value as that type; raises `LoadError`."""
        plain = self.shape(node, inspect.type_info(wanted), path, name)
        return self.strictly(plain, wanted, node, path)

    def strictly(self, plain: Any, wanted: type[_T], node: Node, path: KeyPath = ()) -> _T:
        """Let msgspec have the last word, pointing at the place it complains about."""
        try:
            return msgspec.convert(plain, wanted, strict=True)
        except msgspec.ValidationError as error:
            message, _, inner = str(error).partition(" - at `$")
            for field, index in _PATH.findall(inner):
                node = node.child(field or int(index)) or node
            raise self.wrong(node, message[:1].lower() + message[1:], path) from None

    def keys(self, node: Node, known: list[str], what: str) -> list[LoadError]:
        """Return an error for each key that is not known."""
        document = self.document
        return [
            document.unknown_key(node, key, known, what) for key in node.fields if key not in known
        ]

    def wrong(
        self, node: Node, message: str, path: KeyPath = (), suggestion: str = ""
    ) -> LoadError:
        """Make an error at a node."""
        return self.document.error(message, node.mark, path=path, suggestion=suggestion)

    # ---------------------------------------------------------------------------- by type

    def shape(self, node: Node, info: inspect.Type, path: KeyPath = (), name: str = "") -> Any:
        """Return plain data that fits the type; raises `LoadError`."""
        if isinstance(info, inspect.UnionType):
            info = self._choose(node, info)
        match info:
            case inspect.AnyType():
                return self._value(node, path)
            case inspect.StrType():
                return self._text(node, path)
            case inspect.IntType():
                return self._whole(node, path)
            case inspect.FloatType():
                return self._float(node, path, name)
            case inspect.BoolType():
                return self._bool(node, path)
            case inspect.LiteralType():
                return self._literal(node, info, path)
            case inspect.ListType() | inspect.VarTupleType():
                return self._list(node, info.item_type, path, name)
            case inspect.DictType():
                return self._dict(node, info.value_type, path)
            case inspect.StructType():
                return self._struct(node, info, path)
        return node.value

    def _choose(self, node: Node, info: inspect.UnionType) -> inspect.Type:
        """Pick the member of a union that suits what was written."""
        suiting: dict[str, tuple[type[inspect.Type], ...]] = {
            "null": (inspect.NoneType,),
            "bool": (inspect.BoolType,),
            "number": (inspect.IntType, inspect.FloatType),
            "list": (inspect.ListType, inspect.VarTupleType),
            "mapping": (inspect.DictType, inspect.StructType),
            "text": (),
        }
        texts = (inspect.StrType, inspect.LiteralType, inspect.AnyType)
        rest = tuple(item for item in info.types if not isinstance(item, inspect.NoneType))
        if node.kind == "number" and isinstance(node.value, float):
            suiting["number"] = (inspect.FloatType,)
        alone = (inspect.ListType,) if node.kind == "number" else ()  # a list of one
        for kinds in (suiting[node.kind], alone, texts):
            for item in info.types:
                if isinstance(item, kinds):
                    return item
        return rest[0]

    def _expected(self, node: Node, what: str, path: KeyPath, suggestion: str = "") -> LoadError:
        got = NAMES[node.kind]
        if node.kind in ("text", "number"):
            got += f" ({_short(node.text)})"
        named = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
        return self.wrong(node, f"{named}expected {what}, got {got}", path, suggestion)

    def _text(self, node: Node, path: KeyPath) -> str:
        if node.kind == "null":
            raise self._expected(node, "a text", path, 'an empty text is written ""')
        if not node.scalar:
            raise self._expected(node, "a text", path, braces(node))
        return node.text

    def _whole(self, node: Node, path: KeyPath) -> int:
        if node.kind != "number" or not isinstance(node.value, int):
            raise self._expected(node, "a whole number", path)
        return node.value

    def _float(self, node: Node, path: KeyPath, name: str) -> float:
        if name in DURATIONS:
            found = _DURATION.fullmatch(node.text) if node.scalar else None
            if not found:
                raise self._expected(node, "a time such as 2s, 50ms or 0.5", path)
            return float(found[1]) * _UNITS[found[2]]
        if node.kind != "number" or not math.isfinite(node.value):
            raise self._expected(node, "a number", path)
        return float(node.value)

    def _bool(self, node: Node, path: KeyPath) -> bool:
        if node.kind != "bool":
            hint = {"yes": "write true", "on": "write true", "no": "write false",
                    "off": "write false"}.get(node.text.lower(), "")  # fmt: skip
            raise self._expected(node, "true or false", path, hint)
        return bool(node.value)

    def _literal(self, node: Node, info: inspect.LiteralType, path: KeyPath) -> str:
        words = [str(value) for value in info.values]
        if node.text in words and node.scalar:
            return node.text
        close = nearest(node.text, words) if node.scalar else ""
        raise self._expected(node, one_of(words), path, close)

    def _list(self, node: Node, item: inspect.Type, path: KeyPath, name: str) -> list[Any]:
        if node.kind == "null":
            raise self._expected(node, "a list", path, "an empty list is written []")
        if node.kind == "list":
            return [
                self.shape(below, item, (*path, index), name)
                for index, below in enumerate(node.items)
            ]
        if name in ARGUMENTS and node.scalar:
            try:
                return shlex.split(node.text)
            except ValueError:
                raise self.wrong(node, "a quote is not closed", path) from None
        return [self.shape(node, item, path, name)]

    def _dict(self, node: Node, item: inspect.Type, path: KeyPath) -> dict[str, Any]:
        if node.kind != "mapping":
            raise self._expected(node, "a mapping (key: value)", path)
        return {key: self.shape(below, item, (*path, key)) for key, below in node.fields.items()}

    def _struct(self, node: Node, info: inspect.StructType, path: KeyPath) -> dict[str, Any]:
        fields = info.fields
        what = f'"{path[-1]}"' if path else "this file"
        if path and isinstance(path[-1], int):
            what = f'number {path[-1] + 1} of "{path[-2]}"'
        if node.kind != "mapping":
            raise self._expected(node, f"keys ({', '.join(item.name for item in fields)})", path)
        for error in self.keys(node, [item.name for item in fields], what):
            raise error
        for item in fields:
            if item.required and item.name not in node.fields:
                raise self.wrong(node, f'{what} lacks the key "{item.name}"', path)
        return {
            item.name: self.shape(node.fields[item.name], item.type, (*path, item.name), item.name)
            for item in fields
            if item.name in node.fields
        }

    # ------------------------------------------------------------------ values of any kind

    def _value(self, node: Node, path: KeyPath) -> Any:
        """A value that becomes bytes: a text, or one of the value makers."""
        if node.kind == "null":
            raise self._expected(node, "a value", path, 'an empty text is written ""')
        if node.scalar:
            return node.text
        if node.kind == "list":
            raise self._expected(node, "a single value", path)
        if not is_maker(node):
            key = next(iter(node.fields), "")
            hint = braces(node) or nearest(key, MAKERS) or f"makers are {one_of(MAKERS)}"
            raise self._expected(node, "a text or a value maker", path, hint)
        maker, below = next(iter(node.fields.items()))
        path = (*path, maker)
        match maker:
            case "random_text" | "random_bytes":
                return {maker: self._count(below, path)}
            case "random_number":
                return {maker: self._range(below, path)}
            case "repeat":
                return {maker: self._repeat(below, path)}
            case "hex":
                return {maker: self._hexadecimal(below, path)}
        return {maker: self._text(below, path)}

    def _count(self, node: Node, path: KeyPath) -> int:
        count = self._whole(node, path)
        if not 0 <= count <= MAX_MADE:
            raise self.wrong(node, f"{node.text} bytes are out of range (0 to {MAX_MADE})", path)
        return count

    def _range(self, node: Node, path: KeyPath) -> list[int]:
        if node.kind != "list" or len(node.items) != 2:
            raise self._expected(node, "[lowest, highest]", path)
        low, high = (self._whole(item, path) for item in node.items)
        if not 0 <= low <= high:
            raise self._expected(node, "[lowest, highest], none below 0", path)
        return [low, high]

    def _repeat(self, node: Node, path: KeyPath) -> list[Any]:
        if node.kind != "list" or len(node.items) != 2:
            raise self._expected(node, "[text, times]", path)
        text = self._text(node.items[0], path)
        times = self._count(node.items[1], path)
        if len(text.encode()) * times > MAX_MADE:
            raise self.wrong(node, f"makes more than {MAX_MADE} bytes", path)
        return [text, times]

    def _hexadecimal(self, node: Node, path: KeyPath) -> str:
        text = self._text(node, path)
        try:
            bytes.fromhex(text)
        except ValueError:
            raise self._expected(node, "bytes in hex such as 00 ff 0a", path) from None
        return text


def is_maker(node: Node) -> bool:
    """Tell whether a mapping makes a value: one key, and that one of `MAKERS`."""
    return node.kind == "mapping" and len(node.fields) == 1 and next(iter(node.fields)) in MAKERS


def braces(node: Node) -> str:
    """Explain the mapping that `{n}` or `{word}` is to YAML; nothing if it is another."""
    if node.kind == "mapping" and len(node.fields) == 1:
        key, below = next(iter(node.fields.items()))
        if below.kind == "null" and key.isidentifier():
            return f'a text that starts with {{ needs quotes: "{{{key}}}"'
    return ""


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:37] + "...")
