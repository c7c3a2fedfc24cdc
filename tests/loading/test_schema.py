"""The JSON Schema is well made, takes every spec of the house, and marks misspelt words."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader.core.verbs import VERBS
from grader.loading.schema import spec_schema
from grader.loading.yamlsource import parse_yaml, read_yaml

ROOT = Path(__file__).resolve().parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yml"))
KINDS = {"object", "array", "string", "number", "integer", "boolean", "null"}
# Each keyword that is used, and the type of its value: what the meta-schema asks of it.
KEYWORDS: dict[str, type | tuple[type, ...]] = {
    "$schema": str, "$id": str, "$ref": str, "$defs": dict, "title": str, "description": str,
    "default": object, "examples": list, "type": (str, list), "enum": list, "pattern": str,
    "properties": dict, "patternProperties": dict, "propertyNames": dict, "required": list,
    "additionalProperties": (bool, dict), "minProperties": int, "maxProperties": int,
    "items": dict, "prefixItems": list, "minItems": int, "maxItems": int, "minimum": int,
    "maximum": int, "anyOf": list, "oneOf": list,
}  # fmt: skip
NAMED = ("properties", "patternProperties", "$defs")
LISTED = ("anyOf", "oneOf", "prefixItems")
SINGLE = ("items", "propertyNames", "additionalProperties")


def below(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the schemas inside a schema."""
    found = [inner for key in NAMED for inner in schema.get(key, {}).values()]
    found += [inner for key in LISTED for inner in schema.get(key, [])]
    return found + [schema[key] for key in SINGLE if isinstance(schema.get(key), dict)]


def every(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *(item for inner in below(schema) for item in every(inner))]


def is_kind(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    kinds: dict[str, type | tuple[type, ...]] = {
        "object": dict, "array": list, "string": str, "number": (int, float), "integer": int,
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    return isinstance(value, kinds[kind])


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Tell whether a value is valid; a validator for the keywords that are used."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        return fits(value, root["$defs"][name], root)
    kinds = schema.get("type", [])
    if kinds and not any(is_kind(value, k) for k in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = schema.get("minimum", value), schema.get("maximum", value)
        if not low <= value <= high:
            return False
    if isinstance(value, list) and not fits_list(value, schema, root):
        return False
    if isinstance(value, dict) and not fits_object(value, schema, root):
        return False
    if "anyOf" in schema and not any(fits(value, inner, root) for inner in schema["anyOf"]):
        return False
    return "oneOf" not in schema or sum(fits(value, item, root) for item in schema["oneOf"]) == 1


def fits_list(value: list[Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return False
    first = schema.get("prefixItems", [])
    if not all(fits(item, inner, root) for item, inner in zip(value, first, strict=False)):
        return False
    return all(fits(item, schema.get("items", {}), root) for item in value[len(first) :])


def fits_object(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any]) -> bool:
    if not schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value)):
        return False
    if any(name not in value for name in schema.get("required", [])):
        return False
    for name, item in value.items():
        inner = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        patterns = schema.get("patternProperties", {}).items()
        inner += [below for pattern, below in patterns if re.search(pattern, name)]
        other = schema.get("additionalProperties", True)
        if not inner and other is not True:
            inner = [other] if isinstance(other, dict) else []
            if not inner:
                return False
        if not all(fits(item, below, root) for below in inner):
            return False
        if not fits(name, schema.get("propertyNames", {}), root):
            return False
    return True


def valid(value: Any) -> bool:
    schema = spec_schema()
    return fits(value, schema, schema)


def test_it_is_well_made() -> None:
    schema = spec_schema()
    assert json.loads(json.dumps(schema)) == schema
    for item in every(schema):
        for key, value in item.items():
            assert isinstance(value, KEYWORDS[key]), key
        kinds = item.get("type", [])
        assert set([kinds] if isinstance(kinds, str) else kinds) <= KINDS
        for pattern in [item.get("pattern", ""), *item.get("patternProperties", {})]:
            re.compile(pattern)
        required = item.get("required", [])
        assert set(required) <= set(item.get("properties", required))
        if "$ref" in item:
            assert item["$ref"].removeprefix("#/$defs/") in schema["$defs"]


def test_it_says_what_every_verb_and_key_does() -> None:
    schema = spec_schema()
    steps = schema["$defs"]["step"]["anyOf"][1]["patternProperties"]
    assert len(steps) == len(VERBS)
    for step in steps.values():
        assert step["description"]
        for form in step["anyOf"]:
            assert all(option.get("description") for option in form.get("properties", {}).values())
    for name in ("check", "program"):
        keys = schema["$defs"][name]["properties"]
        assert all(key.get("description") for key in keys.values())


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_it_takes_the_specs_of_the_house(path: Path) -> None:
    assert valid(read_yaml(path).data)


GOOD: dict[str, Any] = parse_yaml(
    b"""
assignment: t
programs: {server: {listens: tcp/1060, args: [7, -v]}}
checks:
  - id: a
    title: A
    points: 1.5
    let: {x: 7, y: {random_text: 3}}
    within: 20s
    steps:
      - source has: readme
      - server starts
      - alice connects
      - alice sends: 007
      - alice expects: {contains: yes}
include: shared/quality.yml
rubric: [{id: modular, title: M, points: 2.5, criteria: Look., extra_credit: true}]
""",
    "x.yml",
).data


def test_it_takes_what_the_loader_takes() -> None:
    assert valid(GOOD)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("steps", ["alice exepcts"]),
        ("steps", ["alice sends"]),
        ("steps", [{"alice exepcts": "x"}]),
        ("steps", [{"alice sends": "x", "bob sends": "y"}]),
        ("steps", [{"alice sends": {"tetx": "x"}}]),
        ("steps", [{"alice sends": {"text": "x", "messages": ["y"]}}]),
        ("steps", [{"alice sends": None}]),
        ("steps", [{"alice closes": "now"}]),
        ("steps", []),
        ("points", -1),
        ("points", "many"),
        ("id", "A b"),
        ("visibility", "hiden"),
        ("retries", 99),
        ("within", "soon"),
        ("groups", {"crowd": 0}),
        ("builds", "server"),
        ("colour", "red"),
    ],
)
def test_it_marks_what_the_loader_refuses(key: str, value: object) -> None:
    spec = copy.deepcopy(GOOD)
    spec["checks"][0][key] = value
    assert not valid(spec)


@pytest.mark.parametrize(
    "rubric",
    [[], [{}], "modular", [{"id": "a", "title": "A"}], [{"id": "A b", "title": "A", "points": 1}]],
)
def test_it_marks_a_rubric_that_the_loader_refuses(rubric: object) -> None:
    assert not valid({**GOOD, "rubric": rubric})
