"""Frozen records: of `dataclasses` what we use, without what importing it costs.

An agent starts once for every submission, and `grade check` on every save. Forty frozen
dataclasses cost 40 ms to define and their module 20 ms to import; these cost 1 ms. A record has
keyword and positional fields, defaults, equality, a repr and `match` patterns, and is hashable
when its values are. `field` marks a default that is made anew or a field that is keyword-only.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in `typing`, whose import would cost 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options: object) -> Callable[[type], type]:
        """Tell type checkers, and nobody else, that subclasses are like dataclasses."""
        return lambda cls: cls


class _Missing:
    def __repr__(self) -> str:
        return "<required>"


_MISSING = _Missing()


class _Field:
    """One field: its default, or how to make one, and whether it takes a position."""

    def __init__(self, default: object, factory: Callable[[], object] | None, *, kw: bool) -> None:
        self.default = default
        self.factory = factory
        self.kw_only = kw

    def value(self) -> object:
        return self.default if self.factory is None else self.factory()


def field(
    *,
    default: object = _MISSING,
    default_factory: Callable[[], object] | None = None,
    kw_only: bool = False,
) -> Any:
    """A field with a default made anew for each record, or one given by keyword only."""
    return _Field(default, default_factory, kw=kw_only)


def _fields_of(cls: type) -> dict[str, _Field]:
    found: dict[str, _Field] = {}
    for name, kind in cls.__annotations__.items():
        if not kind.startswith("ClassVar"):
            default = cls.__dict__.get(name, _MISSING)
            if not isinstance(default, _Field):
                default = _Field(default, None, kw=False)
            found[name] = default
    return found


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record:
    """Base of a frozen record; its fields are its annotations and those of its bases."""

    record_fields: ClassVar[dict[str, Any]] = {}
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.record_fields = {**cls.record_fields, **_fields_of(cls)}
        positional = (name for name, one in cls.record_fields.items() if not one.kw_only)
        cls.__match_args__ = tuple(positional)  # type: ignore[misc]  # mypy makes its own

    def __init__(self, *args: object, **kwargs: object) -> None:
        names = type(self).__match_args__
        if len(args) > len(names):
            raise TypeError(f"{type(self).__name__} takes {len(names)} values, not {len(args)}")
        values = self.__dict__
        values.update(zip(names, args, strict=False))
        given = len(values) + len(kwargs)
        values.update(kwargs)
        fields = type(self).record_fields
        if given != len(values) or not values.keys() <= fields.keys():
            raise TypeError(f"{type(self).__name__}: unknown or repeated: {', '.join(kwargs)}")
        if len(values) != len(fields):
            self._fill_in(fields)

    def _fill_in(self, fields: dict[str, _Field]) -> None:
        for name, one in fields.items():
            if name not in self.__dict__:
                value = one.value()
                if value is _MISSING:
                    raise TypeError(f"{type(self).__name__} needs {name}")
                self.__dict__[name] = value

    def replace(self, **changes: object) -> Self:
        """The same record with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    __replace__ = replace

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: cannot set {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: cannot delete {name}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        values = self.__dict__
        return hash((type(self), *(values[name] for name in type(self).record_fields)))

    def __repr__(self) -> str:
        values = self.__dict__
        shown = ", ".join(f"{name}={values[name]!r}" for name in type(self).record_fields)
        return f"{type(self).__name__}({shown})"
