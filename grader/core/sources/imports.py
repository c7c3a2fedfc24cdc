"""What a file imports or includes, and by which names it calls that."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from grader.core.sources.reading import Source, Token


class _Import(msgspec.Struct, frozen=True):
    module: str
    line: int
    alias: str = ""  # what it is called here
    whole: str = ""  # what that stands for


def imported(source: Source) -> Iterator[tuple[str, int]]:
    """Yield the modules, packages, classes and headers a file names, with their lines."""
    if source.language in ("c", "cpp"):
        for token in source.tokens:
            if token.kind == "file":
                yield token.text.strip('<>" '), token.line
        return
    found = _python(source) if source.language == "python" else _java(source)
    for item in found:
        yield item.module, item.line


def aliases(source: Source) -> dict[str, str]:
    """Return what names that were imported stand for: `sys2` → `os.system`."""
    if source.language == "java":
        return {item.alias: item.whole for item in _java(source) if item.alias}
    if source.language == "python":
        return {item.alias: item.whole for item in _python(source) if item.alias}
    return {}


def _java(source: Source) -> Iterator[_Import]:
    tokens = source.tokens
    for index, token in enumerate(tokens[:-1]):
        if token.kind == "keyword" and token.text.startswith("import"):
            name = tokens[index + 1].text
            last = name.rpartition(".")[2]
            yield _Import(name.removesuffix(".*"), token.line, "" if last == "*" else last, name)


def _python(source: Source) -> Iterator[_Import]:
    tokens = source.tokens
    for index, token in enumerate(tokens):
        if token.kind != "keyword" or token.text not in ("import", "from"):
            continue
        statement = _statement(tokens, index)
        if token.text == "from":
            yield from _from(statement)
        elif not any(item.text == "from" and item.kind == "keyword" for item in
                     _before(tokens, index)):  # fmt: skip
            for name, alias in _names(statement[1:]):
                top = name.partition(".")[0]
                yield _Import(name, token.line, alias or top, name if alias else top)


def _before(tokens: tuple[Token, ...], index: int) -> list[Token]:
    """Return the tokens of the same line before one."""
    begin = index
    while begin and tokens[begin - 1].line == tokens[index].line and tokens[begin - 1].text != ";":
        begin -= 1
    return list(tokens[begin:index])


def _statement(tokens: tuple[Token, ...], index: int) -> list[Token]:
    """Return the tokens of a statement, over several lines if it is in brackets."""
    found, depth = [tokens[index]], 0
    for token in tokens[index + 1 :]:
        if not depth and (token.line != found[-1].line or token.text == ";"):
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        found.append(token)
    return found


def _from(statement: list[Token]) -> Iterator[_Import]:
    words = [token.text for token in statement]
    if "import" not in words:
        return
    at = words.index("import")
    module, line = "".join(words[1:at]), statement[0].line
    yield _Import(module, line)
    for name, alias in _names(statement[at + 1 :]):
        if name != "*":
            yield _Import(f"{module}.{name}", line, alias or name, f"{module}.{name}")


def _names(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield each of `a.b as c, d` with what it is called here."""
    name, alias, named = "", "", False
    for token in tokens:
        if token.text in ("(", ")"):
            continue
        if token.text == ",":
            if name:
                yield name, alias
            name, alias, named = "", "", False
        elif token.text == "as":
            named = True
        elif named:
            alias = token.text
        else:
            name += token.text
    if name:
        yield name, alias
