"""The JSON Schema (2020-12) of a spec, for editors, made from the model and the registry of verbs.

An editor that knows it completes verbs and options and marks misspelt ones. It says less than the
loader: who may do what, holes and needs are beyond a schema. Whatever the loader takes, it takes.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import inspect

from grader.core.deviations import DEVIATIONS
from grader.core.values import MAKERS
from grader.core.verbs import VERBS, Verb
from grader.loading import keydocs
from grader.loading.checks import CASE_LIMIT, GROUP_LIMIT, RETRY_LIMIT, TYPES
from grader.loading.docstrings import option_docs, summary
from grader.loading.fields import DURATIONS
from grader.loading.rows import TYPES as ROW_TYPES
from grader.loading.steps import EXACTLY_ONE, option_types

Schema = dict[str, Any]
ACTOR = r"[A-Za-z][A-Za-z0-9_-]*(#[0-9]+)?( backwards)?"
NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
TEXT: Schema = {"type": ["string", "number", "boolean"]}
DURATION: Schema = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*(ms|s|m|min)?$"},
    ]
}
ENDPOINT: Schema = {"type": "string", "pattern": "^(tcp|udp)/[0-9]{1,5}$"}
VALUE: Schema = {"$ref": "#/$defs/value"}
_MAKER_TYPES: dict[str, Schema] = {
    "random_number": {
        "type": "array",
        "items": {"type": "integer", "minimum": 0},
        "minItems": 2,
        "maxItems": 2,
    },
    "repeat": {"type": "array", "prefixItems": [TEXT, {"type": "integer"}], "minItems": 2},
    "hex": TEXT,
    "file": {"type": "string"},
}


def spec_schema() -> Schema:
    """Return the schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "grader/spec/v1",
        "title": "A grader spec: one assignment's expected behaviour",
        **_object(
            {
                "assignment": NAME,
                "title": TEXT,
                "programs": {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": NAME,
                    "additionalProperties": {"$ref": "#/$defs/program"},
                },
                "deductions": _object(
                    {code: {"type": "number", "minimum": 0} for code in DEVIATIONS},
                    {code: item.title for code, item in DEVIATIONS.items()},
                    [],
                ),
                "include": _of(inspect.type_info(tuple[str, ...]), "include"),
                "checks": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/check"}},
                "rubric": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/row"}},
            },
            keydocs.SPEC,
            ["assignment", "programs", "checks"],
        ),
        "$defs": {
            "value": _value(),
            "program": _program(),
            "check": _check(),
            "row": _row(),
            "step": _step(),
        },
    }


def _object(properties: Schema, docs: dict[str, str], required: list[str]) -> Schema:
    described = {
        name: {**schema, "description": docs[name]} if docs.get(name) else schema
        for name, schema in properties.items()
    }
    return {
        "type": "object",
        "properties": described,
        "required": required,
        "additionalProperties": False,
    }


def _value() -> Schema:
    count: Schema = {"type": "integer", "minimum": 0}
    makers = [
        _object({name: _MAKER_TYPES.get(name, count)}, keydocs.MAKERS, [name]) for name in MAKERS
    ]
    return {"description": "a text, or a value maker", "anyOf": [TEXT, *makers]}


def _program() -> Schema:
    one_of = [{"required": ["listens"]}, {"required": ["connects"]}]
    texts = _of(inspect.type_info(tuple[str, ...]), "args")
    keys = {"entry": texts, "listens": ENDPOINT, "connects": ENDPOINT}
    keys |= {"loopback": {"type": "boolean"}, "args": texts}
    return {**_object(keys, keydocs.PROGRAM, []), "oneOf": one_of}


def _check() -> Schema:
    keys: Schema = {name: _of(item.type, name) for name, item in TYPES.items() if name != "steps"}
    keys |= {
        "id": NAME,
        "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}},
        "points": {"type": "number", "minimum": 0},
        "retries": {"type": "integer", "minimum": 0, "maximum": RETRY_LIMIT},
        "groups": {
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 1, "maximum": GROUP_LIMIT},
        },
    }
    keys["cases"]["anyOf"][0]["maxItems"] = CASE_LIMIT
    does = [{"required": ["steps"]}, {"required": ["builds"]}]
    return {**_object(keys, keydocs.CHECK, ["id", "title"]), "oneOf": does}


def _row() -> Schema:
    keys: Schema = {name: _of(item.type, name) for name, item in ROW_TYPES.items()}
    keys |= {"id": NAME, "points": {"type": "number", "minimum": 0}}
    required = [name for name, item in ROW_TYPES.items() if item.required]
    return _object(keys, keydocs.ROW, required)


def _step() -> Schema:
    bare = "|".join(re.escape(name) for name, verb in VERBS.items() if verb.bare)
    return {
        "description": "actor verb: argument",
        "anyOf": [
            {"type": "string", "pattern": f"^{ACTOR} +({bare})$"},
            {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "patternProperties": {
                    f"^{ACTOR} +{re.escape(name)}$": _argument(verb) for name, verb in VERBS.items()
                },
                "additionalProperties": False,
            },
        ],
    }


def _argument(verb: Verb) -> Schema:
    """What may stand behind a verb's colon."""
    known = option_types(verb)
    forms: list[Schema] = [{"type": "null"}] if verb.bare else []
    if verb.shorthand:
        forms.append(_of(known[verb.shorthand].type, verb.shorthand))
    if known:
        options = _object(
            {name: _option(item) for name, item in known.items()},
            option_docs(verb.action),
            [name for name, item in known.items() if item.required],
        )
        for group in EXACTLY_ONE:
            if all(name in known for name in group):
                options["oneOf"] = [{"required": [name]} for name in group]
                break
        forms.append(options)
    return {"description": summary(verb.action), "examples": [verb.example], "anyOf": forms}


def _option(item: inspect.Field) -> Schema:
    schema = _of(item.type, item.name)
    plain = isinstance(item.default, bool | int | float | str) and item.default != ""
    return {**schema, "default": item.default} if plain else schema


def _of(info: inspect.Type, name: str) -> Schema:
    """Return the schema of a field's type, as generous as the loader is."""
    match info:
        case inspect.AnyType():
            return VALUE
        case inspect.BoolType():
            return {"type": "boolean"}
        case inspect.IntType():
            return {"type": "integer"}
        case inspect.FloatType():
            return DURATION if name in DURATIONS else {"type": "number"}
        case inspect.NoneType():
            return {"type": "null"}
        case inspect.LiteralType():
            return {"enum": list(info.values)}
        case inspect.ListType() | inspect.VarTupleType():
            item = _of(info.item_type, name)
            return {"anyOf": [{"type": "array", "items": item}, item]}
        case inspect.DictType():
            return {"type": "object", "additionalProperties": _of(info.value_type, "")}
        case inspect.StructType():
            keys = {item.name: _of(item.type, item.name) for item in info.fields}
            required = [item.name for item in info.fields if item.required]
            return _object(keys, {}, required)
        case inspect.UnionType():
            return {"anyOf": [_of(item, name) for item in info.types]}
    return TEXT
