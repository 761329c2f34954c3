"""Files spoilt at random, as a hand or a broken program may spoil them: bytes, cells, rows, keys and values."""

import copy
import csv
import datetime
import io
import json

NASTY = (
    "", " ", "nan", "inf", "-1", "9" * 400, "1e400", "٣", "2024-02-30", "2023-W28-1", "0000-01-01", "9999-12", "=1+1",
    "x" * 200_000, "a\nb", "a\x00b", "a\u202eb", "\x1b[2J", "'\"", "<b>", "{{ 7*7 }}", "../../x", "a b", "é", "0.5",
    "7",
)  # fmt: skip
VALUES = (
    *NASTY, 0, -1, 7, 10**400, 0.5, float("nan"), float("inf"), True, [], {}, [1, [2, {"a": 3}]], {"a": {"b": "c"}},
    ["x"], [{}], {"is": 1}, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1), datetime.time(1, 2),
)  # fmt: skip
BYTES = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b'"', b",", b"\n", b"\r", b"\x1b", b"\xe2\x80\xae", b"[", b"=", b"'''", b"\xc3",
)  # fmt: skip


def of_bytes(content: bytes, rng) -> bytes:
    """The same bytes with one piece cut out, doubled, cut off, or a strange one put in."""
    at, wide = rng.randrange(len(content) + 1), rng.randrange(1, 40)
    match rng.randrange(5):
        case 0:
            return content[:at] + content[at + wide :]
        case 1:
            return content[:at] + content[at : at + wide] * 2 + content[at + wide :]
        case 2:
            return content[:at]
        case 3:
            return rng.choice(BYTES) + content
    return content[:at] + rng.choice(BYTES) + content[at:]


def of_csv(content: bytes, rng) -> bytes:
    """The same table with a cell, a row or a heading changed, or spoilt as bytes."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    row = rng.choice(rows)
    at = rng.randrange(len(row))
    match rng.randrange(8):
        case 0:
            row.insert(at, rng.choice(NASTY))
        case 1:
            del row[at]
        case 2:
            rows.insert(rng.randrange(len(rows)), list(row))
        case 3:
            rows.remove(row)
        case 4:
            row[at] = rng.choice(rng.choice(rows) or [""])
        case 5:
            return of_bytes(content, rng)
        case _:
            row[at] = rng.choice(NASTY)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode()


def of_toml(content: bytes, settings: dict, rng) -> bytes:
    """The same settings with a value or a key changed, or spoilt as bytes."""
    if rng.randrange(3) == 0:
        return of_bytes(content, rng)
    settings = copy.deepcopy(settings)
    holder, key = rng.choice(list(_places(settings)))
    match rng.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[rng.choice(NASTY)[:50]] = holder.pop(key)
        case _:
            holder[key] = rng.choice(VALUES)
    return "".join(f"{_quoted(name)} = {in_toml(value)}\n" for name, value in settings.items()).encode()


def _places(value):
    """Every place within settings: what holds it, and its key or number."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in pairs:
        yield value, key
        yield from _places(inside)


def in_toml(value) -> str:
    """A value in one line of TOML."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case dict():
            return "{" + ", ".join(f"{_quoted(key)} = {in_toml(inside)}" for key, inside in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(in_toml, value)) + "]"
        case datetime.date() | datetime.time():
            return value.isoformat()
        case int():
            return hex(value) if value > 10**300 else str(value)
    return str(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
