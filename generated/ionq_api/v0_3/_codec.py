# @generated from openapi/v0.3.yaml: edits are lost
"""Decode what a server sends without raising, note where it deviates, and encode what goes back.

Copied unchanged into every generated package. May import: the standard library, python-dateutil
and the package's own types, errors and (on first use) models.

A codec turns a JSON value into a Python one. What does not fit its schema is kept as it came and
noted as a `Deviation`; nothing is dropped, so `encode` gives back what was decoded.
"""

from __future__ import annotations

import datetime
import enum
import importlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import quote
from uuid import UUID

from .errors import DecodeError, UnexpectedStatus
from .types import UNSET, Deviation, File, FileTypes, RequestFiles, Response

if TYPE_CHECKING:
    from .client import Client, HTTPResponse

M = TypeVar("M")

Path = tuple[Any, "str | int"] | None
"""A place in a JSON value as (place of the parent, key): one small tuple a level, rendered late."""

Deviations = list[Deviation]


def json_path(at: Path) -> str:
    """The place as JSONPath: `$.jobs[3].status`."""
    steps: list[str] = []
    while at is not None:
        at, key = at
        if isinstance(key, int):
            steps.append(f"[{key}]")
        elif key.isidentifier():
            steps.append(f".{key}")
        else:
            steps.append(f"[{json.dumps(key)}]")
    return "$" + "".join(reversed(steps))


class _Nobody(list[Deviation]):
    """Where deviations go when nobody asked for them."""

    def append(self, deviation: Deviation) -> None:
        pass

    def extend(self, deviations: Iterable[Deviation]) -> None:
        pass


_NOBODY = _Nobody()


def _deviate(out: Deviations, at: Path, kind: str, expected: str, value: Any) -> Any:
    out.append(Deviation(json_path(at), kind, expected, value))
    return value


class Codec:
    """Base of all: any value is right as it is.

    Attributes:
        exact: A value of exactly this type needs no decoding (None: always ask `decode`).
        expected: What the schema wants, in words, for deviations.
    """

    exact: type | None = None
    expected = "anything"

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        return value

    def wrong(self, value: Any, at: Path, out: Deviations) -> Any:
        return _deviate(out, at, "null" if value is None else "type", self.expected, value)


class _Scalar(Codec):
    def __init__(self, exact: type, expected: str) -> None:
        self.exact = exact
        self.expected = expected

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        return value if type(value) is self.exact else self.wrong(value, at, out)


class _Integer(_Scalar):
    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if type(value) is int or (type(value) is float and value.is_integer()):
            return int(value)  # JSON has one kind of number: 5.0 is an integer
        return self.wrong(value, at, out)


class _Number(_Scalar):
    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        return value if type(value) in (float, int) else self.wrong(value, at, out)


class _Text(Codec):
    """Text in a format; what does not parse stays text."""

    def __init__(self, expected: str, parse: Callable[[str], Any]) -> None:
        self.expected = expected
        self.parse = parse

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if type(value) is not str:
            return self.wrong(value, at, out)
        try:
            return self.parse(value)
        except (ValueError, OverflowError):
            return _deviate(out, at, "format", self.expected, value)


class _Instant(_Text):
    """A date-time; other spellings of ISO 8601 are read too, and noted."""

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        parsed = super().decode(value, at, out)
        if parsed is not value and not _RFC_3339(value):
            _deviate(out, at, "format", self.expected, value)
        return parsed


_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE
).fullmatch


def _parse_datetime(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        from dateutil.parser import isoparse

        # Rarer ISO 8601 spellings (24:00). Not a bare year, nor the free-form parser, which would
        # read any short number as a day of this month.
        if len(text) < len("2025-11-21"):
            raise
        return isoparse(text)


def _parse_date(text: str) -> datetime.date:
    value = datetime.date.fromisoformat(text)
    if value.isoformat() != text:  # 20251121, 2025-W47-5: would not be sent back as it came
        raise ValueError(text)
    return value


def _parse_uuid(text: str) -> UUID:
    value = UUID(text)
    if str(value) != text:  # braces, urn:, capitals: the same
        raise ValueError(text)
    return value


class _Constant(Codec):
    def __init__(self, constant: Any) -> None:
        self.constant = constant
        self.expected = f"the constant {constant!r}"

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if value == self.constant and isinstance(value, bool) == isinstance(self.constant, bool):
            return value  # 1.0 is 1, and True is not
        return _deviate(out, at, "const", self.expected, value)


class _File(Codec):
    expected = "bytes"

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        return File(payload=BytesIO(value)) if type(value) is bytes else self.wrong(value, at, out)


class _Array(Codec):
    expected = "array"

    def __init__(self, items: Codec) -> None:
        self.items = items

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if type(value) is not list:
            return self.wrong(value, at, out)
        exact = self.items.exact
        if exact is not None and set(map(type, value)) <= {exact}:
            return value[:]
        decode = self.items.decode
        return [decode(item, (at, index), out) for index, item in enumerate(value)]


class _Nullable(Codec):
    def __init__(self, inner: Codec) -> None:
        self.inner = inner
        self.exact = inner.exact
        self.expected = f"{inner.expected} or null"

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        return None if value is None else self.inner.decode(value, at, out)


class _Trial(list[Deviation]):
    """Deviations of a variant being tried, and what unions within it made of their places.

    Without the memory each level of unions within unions would double the work.
    """

    def __init__(self, memory: dict[tuple[_Union, Path], tuple[Any, Deviations]]) -> None:
        self.memory = memory


class _Union(Codec):
    """The first variant that fits without deviation, else the one that fits best."""

    def __init__(self, variants: tuple[Codec, ...]) -> None:
        self.variants = variants
        self.expected = " or ".join(variant.expected for variant in variants)

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if isinstance(out, _Trial):
            if (self, at) not in out.memory:
                out.memory[self, at] = self._best(value, at, out.memory)
            decoded, deviations = out.memory[self, at]
        else:
            decoded, deviations = self._best(value, at, {})
        out.extend(deviations)
        return decoded

    def _best(self, value: Any, at: Path, memory: dict[Any, Any]) -> tuple[Any, Deviations]:
        kind = type(value)
        best: tuple[Any, Deviations] | None = None
        for variant in self.variants:
            if variant.exact is kind:
                return value, []
            trial = _Trial(memory)
            decoded = variant.decode(value, at, trial)
            if not trial:
                return decoded, trial
            fits = decoded is not value  # a variant that cannot even hold the value gives it back
            if fits and (best is None or len(trial) < len(best[1])):
                best = decoded, trial
        if best is None:
            nothing: Deviations = []
            best = self.wrong(value, at, nothing), nothing
        return best


class _Enum(Codec):
    """A member of a generated enum; an unknown value becomes a member outside the known ones."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.expected = name
        self._members: dict[Any, Any] | None = None

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if self._members is None:
            self._members = {member.value: member for member in _model_class(self.name)}
        try:
            if type(value) is not bool:  # which Python counts among the integers
                return self._members[value]
        except (KeyError, TypeError):
            pass
        if value is None:
            return self.wrong(value, at, out)
        _deviate(out, at, "enum", f"one of {self.name}", value)
        return _model_class(self.name)(value) if self._open_for(value) else value

    def _open_for(self, value: Any) -> bool:
        return isinstance(value, str) and issubclass(_model_class(self.name), enum.StrEnum)


class _Model(Codec):
    def __init__(self, name: str) -> None:
        self.expected = name
        self._class: Any = None

    def decode(self, value: Any, at: Path, out: Deviations) -> Any:
        if not isinstance(value, Mapping):
            return self.wrong(value, at, out)
        if self._class is None:
            self._class = _model_class(self.expected)
        return decode_model(self._class, value, at, out)


def _model_class(name: str) -> Any:
    return getattr(importlib.import_module(".models", __package__), name)


ANY = Codec()
OPEN = Codec()
"""Further fields of an object of which the document does not say that they are data.

Read as `ANY` is; what is there is no deviation, but `unknown_fields` names it.
"""
NONE = _Scalar(type(None), "null")
BOOL = _Scalar(bool, "boolean")
STR = _Scalar(str, "string")
INT = _Integer(int, "integer")
FLOAT = _Number(float, "number")
DATE = _Text("date (RFC 3339)", _parse_date)
DATETIME = _Instant("date-time (RFC 3339)", _parse_datetime)
UUID_ = _Text("UUID", _parse_uuid)
FILE = _File()


def array(items: Codec) -> Codec:
    return _Array(items)


def model(name: str) -> Codec:
    return _Model(name)


def enumeration(name: str) -> Codec:
    return _Enum(name)


def constant(value: Any) -> Codec:
    return _Constant(value)


def union(*variants: Codec) -> Codec:
    rest = tuple(variant for variant in variants if variant is not NONE)
    inner = rest[0] if len(rest) == 1 else _Union(rest)
    return inner if len(rest) == len(variants) else _Nullable(inner)


class Schema:
    """What a model's JSON object holds: its named fields and what may stand beside them.

    Args:
        fields: (name on the wire, attribute, codec, required) of each named field.
        additional: The codec of further fields; OPEN where the document does not speak of them,
            None where it allows none. They are kept all the same, and noted.
    """

    __slots__ = ("additional", "fields", "names", "values", "wire_names")

    def __init__(
        self, *fields: tuple[str, str, Codec, bool], additional: Codec | None = ANY
    ) -> None:
        self.fields = tuple((n, a, c.exact, c.decode, required) for n, a, c, required in fields)
        self.wire_names = tuple(name for name, _, _, _ in fields)
        self.names = frozenset(self.wire_names)
        # All in one call; the name doubled at the end makes it a tuple also where there is one.
        attributes = [attribute for _, attribute, _, _ in fields]
        self.values = attrgetter(*attributes, "additional_properties", "additional_properties")
        self.additional = additional

    def decode_additional(self, extra: dict[str, Any], at: Path, out: Deviations) -> dict[str, Any]:
        codec = self.additional
        if codec is None:
            for name, value in extra.items():
                _deviate(out, (at, name), "extra", "no such field", value)
            return extra
        if codec is ANY or codec is OPEN or (out is _NOBODY and codec.exact):
            return extra
        if codec.exact and set(map(type, extra.values())) <= {codec.exact}:
            return extra
        return {name: codec.decode(value, (at, name), out) for name, value in extra.items()}


def decode_model(cls: type[M], source: Mapping[str, Any], at: Path, out: Deviations) -> M:
    """Build a model from a JSON object; absent required fields are left UNSET and noted."""
    schema: Schema = cls.__schema__  # type: ignore[attr-defined]  # every generated model has one
    decoded: Any = object.__new__(cls)
    get = source.get
    seen = 0
    for name, attribute, exact, decode, required in schema.fields:
        value = get(name, UNSET)
        if value is UNSET:
            if required:
                _deviate(out, (at, name), "missing", "a required field", UNSET)
        else:
            seen += 1
            if type(value) is not exact:
                value = decode(value, (at, name), out)
        setattr(decoded, attribute, value)
    extra: dict[str, Any] = {}
    if seen != len(source):
        names = schema.names
        if names:
            extra = {name: value for name, value in source.items() if name not in names}
        else:
            extra = dict(source)
        extra = schema.decode_additional(extra, at, out)
    decoded.additional_properties = extra
    return decoded  # type: ignore[no-any-return]  # it is a cls, made without its __init__


def from_dict(cls: type[M], source: Mapping[str, Any], deviations: Deviations | None) -> M:
    """What every model's `from_dict` does."""
    if not isinstance(source, Mapping):
        raise TypeError(f"{cls.__name__}.from_dict takes a mapping, not {type(source).__name__}")
    return decode_model(cls, source, None, _NOBODY if deviations is None else deviations)


_PLAIN: frozenset[type] = frozenset({str, int, float, bool, type(None)})


_LEAVES: set[type] = set(_PLAIN)
"""Types that were found to hold no fields."""


def unknown_fields(value: Any) -> list[Deviation]:
    """Fields in what was decoded that the document neither has nor forbids, where they stand.

    They are no deviations: objects may grow. Decoding does not look for them, so it costs nothing
    unless somebody asks. What an unknown field holds is not looked into.
    """
    found: Deviations = []
    _find_unknown(value, None, found)
    return found


def _find_unknown(value: Any, at: Path, found: Deviations) -> None:
    kind = type(value)
    if kind is list:
        if not _LEAVES.issuperset(map(type, value)):
            for index, item in enumerate(value):
                _find_unknown(item, (at, index), found)
    elif kind is dict:
        if not _LEAVES.issuperset(map(type, value.values())):
            for key, item in value.items():
                _find_unknown(item, (at, key), found)
    elif (schema := getattr(kind, "__schema__", None)) is None:
        _LEAVES.add(kind)
    else:
        for name, item in zip(schema.wire_names, schema.values(value), strict=False):
            if type(item) not in _LEAVES:
                _find_unknown(item, (at, name), found)
        further = value.additional_properties
        if schema.additional is OPEN:
            found += [
                Deviation(json_path((at, name)), "unknown", "no such field yet", item)
                for name, item in further.items()
            ]
        elif further:
            _find_unknown(further, at, found)


def encode(value: Any) -> Any:
    """The JSON form of models, enums, dates, lists and dicts of them; plain values as they are."""
    kind = type(value)
    return value if kind in _PLAIN else (_ENCODERS.get(kind) or _encoder(kind))(value)


def _encode_list(value: Any) -> list[Any]:
    if _PLAIN.issuperset(map(type, value)):
        return list(value)
    return [encode(item) for item in value]


def _encode_mapping(value: Any) -> dict[str, Any]:
    if _PLAIN.issuperset(map(type, value.values())):
        return dict(value)
    return {key: encode(item) for key, item in value.items() if item is not UNSET}


_ENCODERS: dict[type, Callable[[Any], Any]] = {
    list: _encode_list,
    tuple: _encode_list,
    dict: _encode_mapping,
    datetime.datetime: datetime.datetime.isoformat,
    datetime.date: datetime.date.isoformat,
    UUID: str,
    File: File.to_tuple,
}


def _encoder(kind: type) -> Callable[[Any], Any]:
    """How values of a type seen for the first time are encoded."""
    found: Callable[[Any], Any] = _itself
    if hasattr(kind, "to_dict"):
        found = kind.to_dict
    elif issubclass(kind, enum.Enum):
        found = _enum_value
    elif issubclass(kind, Mapping):
        found = _encode_mapping
    else:
        found = next((f for base, f in _ENCODERS.items() if issubclass(kind, base)), _itself)
    _ENCODERS[kind] = found
    return found


def _enum_value(value: Any) -> Any:
    return value.value


def _itself(value: Any) -> Any:
    return value


def to_dict(value: Any) -> dict[str, Any]:
    """What every model's `to_dict` does: UNSET fields are left out, None is sent as null."""
    schema: Schema = value.__schema__
    encoded: dict[str, Any] = {}
    for name, item in zip(schema.wire_names, schema.values(value), strict=False):
        if item is not UNSET:
            kind = type(item)
            encoded[name] = (
                item if kind in _PLAIN else (_ENCODERS.get(kind) or _encoder(kind))(item)
            )
    if value.additional_properties:
        extra = _encode_mapping(value.additional_properties)
        encoded = encoded | extra if encoded else extra
    return encoded


def text(value: Any) -> str:
    """A value as parameters and form parts carry it: text as it is, anything else as JSON."""
    encoded = encode(value)
    return encoded if isinstance(encoded, str) else json.dumps(encoded)


def texts(named: Mapping[str, Any]) -> dict[str, str]:
    """Header or cookie parameters; those that are absent or null are left out."""
    return {name: text(value) for name, value in named.items() if _is_there(value)}


def query(named: Mapping[str, Any], *spread: Any) -> dict[str, Any]:
    """Query parameters as the HTTP library takes them; each object of `spread` gives its fields."""
    values = {name: encode(value) for name, value in named.items() if _is_there(value)}
    for value in filter(_is_there, spread):
        values.update(encode(value))
    return values


def _is_there(value: Any) -> bool:
    return value is not UNSET and value is not None


def path_argument(name: str, value: Any) -> str:
    """A path parameter, escaped; refused where it would name another resource.

    Raises:
        ValueError: It is absent, empty, a dot segment, or holds a slash or a backslash: servers
            and proxies fold such paths, and a GET of one job would become a list of all.
    """
    segment = text(value) if _is_there(value) else ""
    if segment in ("", ".", "..") or "/" in segment or "\\" in segment:
        raise ValueError(f"{name}: {value!r} cannot be part of a path: it names another resource")
    return quote(segment, safe="")


def to_multipart(value: Any) -> RequestFiles:
    """The parts of a model sent as multipart/form-data: files, JSON for objects, else text."""
    schema: Schema = value.__schema__
    named = dict(zip(schema.wire_names, schema.values(value), strict=False))
    return [
        (name, part)
        for name, item in {**named, **value.additional_properties}.items()
        for part in _parts(item)
    ]


def _parts(item: Any) -> Iterator[FileTypes]:
    if isinstance(item, File):
        yield item.to_tuple()
    elif isinstance(item, list | tuple):
        for one in item:
            yield from _parts(one)
    elif _is_there(item):
        kind = "application/json" if isinstance(encode(item), dict) else "text/plain"
        yield None, text(item).encode(), kind


class Expected(NamedTuple):
    """A documented answer: the statuses it covers, how its body is read, and its codec.

    `or_text`: a body that says it is text, and is, is documented beside the JSON.
    """

    low: int
    high: int
    source: str
    codec: Codec
    or_text: bool = False


def build_response(
    client: Client, response: HTTPResponse, expected: tuple[Expected, ...], operation: str
) -> Response[Any]:
    """Read an answer by the document.

    Raises:
        UnexpectedStatus: The status is not in the document and the client asks for that.
        DecodeError: The body deviates from the document and the client is strict.
    """
    status = response.status_code
    deviations: Deviations = []
    parsed: Any = None
    for answer in expected:
        if answer.low <= status <= answer.high:
            parsed = _read(response, answer, deviations)
            break
    else:
        if client.raise_on_unexpected_status:
            raise UnexpectedStatus(status, response.content)
        wanted = "a documented status"
        # Its body is not handed out: it may be half of something. What it looks like is noted.
        for answer in expected:
            if answer.low // 100 == status // 100 and _reads_as(response, answer):
                wanted = f"a documented status, such as {answer.low}"
                break
        deviations.append(Deviation("$", "status", wanted, status))
    result: Response[Any] = Response(
        status_code=status,
        content=response.content,
        headers=response.headers,
        parsed=parsed,
        deviations=tuple(deviations),
        extensions=response.extensions,
    )
    if client.on_answer is not None:
        client.on_answer(operation, result)
    if deviations:
        if client.on_deviations is not None:
            client.on_deviations(operation, result)
        if client.strict:
            raise DecodeError(operation, result.deviations)
    return result


def _read(response: HTTPResponse, answer: Expected, out: Deviations) -> Any:
    if answer.source == "none":
        return None
    if answer.source == "bytes":
        return answer.codec.decode(response.content, None, out)
    if answer.source == "text":
        return answer.codec.decode(response.text, None, out)
    return _read_json(response, answer, out)


def _reads_as(response: HTTPResponse, answer: Expected) -> bool:
    found: Deviations = []
    return answer.source == "json" and _read(response, answer, found) is not None and not found


def _read_json(response: HTTPResponse, answer: Expected, out: Deviations) -> Any:
    try:
        body = _load_json(response.content, out)
        found: Deviations = []
        decoded = answer.codec.decode(body, None, found)
    except (ValueError, RecursionError):
        if answer.or_text and _says_text(response):
            return response.text
        _deviate(out, None, "body", "JSON", response.text[:200])
        return None
    other = bool(found) and decoded is body and found[0].path == "$"
    if other and answer.or_text and _says_text(response):
        return response.text  # that happens to be a JSON word or number
    out.extend(found)
    # A body of another kind altogether is not handed out under the wrong type: it is in `content`.
    return None if other else decoded


def _says_text(response: HTTPResponse) -> bool:
    return str(response.headers.get("content-type", "")).lstrip().lower().startswith("text/")


class _NotJSONError(ValueError):
    """NaN, Infinity or -Infinity: Python reads and writes them, JSON has none."""


def _refuse_constant(name: str) -> Any:
    raise _NotJSONError(name)


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)


def _load_json(content: bytes, out: Deviations) -> Any:
    text = content.decode(json.detect_encoding(content), "surrogatepass")
    try:
        return _JSON.decode(text)
    except _NotJSONError as error:
        _deviate(out, None, "body", "JSON", str(error))
        return json.loads(text)
