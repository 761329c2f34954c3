"""Damaged files made from a good list, seeded: what a reader of lists must either read or refuse."""

import io
import json
import random
import string
import zipfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.lists import own
from helpers.lists.formats import ListError
from helpers.paths import DATA

LISTS = DATA / "lists"
GOOD = pd.read_csv(LISTS / "my_list.csv", dtype=str, keep_default_na=False)
FORMATS = ("csv", "xlsx", "jsonl", "parquet")
NASTY = ("=1+1", "@SUM(A1)", "20223-05-01", "\ufeff", "\u202e", "'", '"', "٢٠١٠", "#REF!", "-", "x" * 200_000, "\x07",
         "�", "1e400", "NaN", "0", "31.02.2010", " " * 50, "a\nb", "a,b", "[1]", "{}", "null", "🕯")  # fmt: skip
LETTERS = string.printable.replace("\r", "") + "абвгґѕӣهحچ\u0301\u200f\x85"


class Outcome(NamedTuple):
    """What became of a file: its rows, those kept and set aside, or the message with which it was refused."""

    rows: int
    kept: int
    set_aside: int
    refused: str


def written(table: pd.DataFrame, kind: str) -> bytes:
    """A table as the bytes of a file of one format."""
    out = io.BytesIO()
    if kind == "csv":
        return table.to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")
    if kind == "jsonl":
        lines = (json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) for row in table.values)
        return "\n".join(lines).encode("utf-8", "replace")
    if kind == "xlsx":
        table.map(lambda value: "".join(c for c in value[:32_000] if c >= " ")).to_excel(out, index=False)
    else:
        table.to_parquet(out, index=False)
    return out.getvalue()


def outcome(folder: Path, content: bytes, kind: str) -> Outcome:
    """Read `content` as the example list in a format; whatever is raised but ListError is a fault of the reader."""
    (folder / f"list.{kind}").write_bytes(content)
    mapping = (LISTS / "my_list.toml").read_text("utf-8").replace("my_list.csv", f"list.{kind}")
    mapping = mapping.replace('format = "csv"', f'format = "{kind}"').replace("most = 0.2", "most = 1")
    (folder / "list.toml").write_text(mapping, "utf-8")
    try:
        read = own.read(folder / "list.toml")
    except ListError as refused:
        return Outcome(0, 0, 0, str(refused))
    return Outcome(int(read.account["rows"].sum()), len(read.records), len(read.set_aside), "")


def damaged(seed: int) -> tuple[str, str, bytes]:
    """The format of a file, what was done to it, and its bytes."""
    rng = random.Random(seed)
    kind = FORMATS[seed % len(FORMATS)]
    ways = [*BYTES, *TABLES, *(TEXTS if kind in ("csv", "jsonl") else [])] + [inside_the_zip] * 3 * (kind == "xlsx")
    way = rng.choice(ways)
    if way in TABLES:
        return kind, way.__name__, written(way(GOOD.copy(), rng), kind)
    return kind, way.__name__, way(written(GOOD, kind), rng)


# to the bytes


def cut(content, rng):
    return content[: rng.randrange(len(content))]


def flip(content, rng):
    return bytes(b ^ (1 << rng.randrange(8)) if rng.random() < 0.002 else b for b in content)


def flip_one(content, rng):
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def insert_nul(content, rng):
    at = rng.randrange(len(content))
    return content[:at] + b"\0" * rng.choice([1, 2, 100]) + content[at:]


def insert_noise(content, rng):
    at = rng.randrange(len(content))
    return content[:at] + rng.randbytes(rng.choice([1, 10, 1000])) + content[at:]


def lose_a_piece(content, rng):
    at = rng.randrange(len(content))
    return content[:at] + content[at + rng.randrange(1, 500) :]


def repeat_a_piece(content, rng):
    at = rng.randrange(len(content))
    return content[: at + rng.randrange(1, 500)] + content[at:]


def empty(content, rng):
    return b""


def another_format(content, rng):
    return written(GOOD, rng.choice(FORMATS))


def begin_like_another(content, rng):
    return rng.choice([b"PK\x03\x04", b"PAR1", b"%PDF-1.7", b"\x1f\x8b", b"\xef\xbb\xbf", b"\xff\xfe"]) + content


def inside_the_zip(content, rng):
    """One part of a workbook changed, with its checksum made right again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        victim = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, rng.choice([flip_one, cut, lose_a_piece, repeat_a_piece])(part, rng) if name == victim else part
            )
    return out.getvalue()


# to the text


def other_encoding(content, rng):
    return content.decode().encode(rng.choice(["windows-1251", "utf-16", "utf-16-le", "koi8-r", "cp866"]), "replace")


def delete_marks(content, rng):
    mark = rng.choice('",:{}\n')
    return "".join(c for c in content.decode() if c != mark or rng.random() > 0.03).encode()


def add_marks(content, rng):
    mark = rng.choice([*'",:{}[]\r\n\t=', "\n\n", "\r\n", "\u2028"])
    return "".join(c + mark if rng.random() < 0.01 else c for c in content.decode()).encode()


def shuffle_lines(content, rng):
    lines = content.decode().split("\n")
    rng.shuffle(lines)
    return "\n".join(lines).encode()


def strange_line(content, rng):
    lines = content.decode().split("\n")
    strange = [
        "[1, 2]",
        "3",
        '"x"',
        "{",
        '{"a": {"b": 1}}',
        '{"ФИО": ["a"]}',
        '{"ФИО": "\\ud800"}',
        "[" * 100_000,
        "null",
    ]
    lines.insert(rng.randrange(len(lines)), rng.choice(strange))
    return "\n".join(lines).encode()


# to the table


def nasty_cells(table, rng):
    for _ in range(rng.randrange(1, 20)):
        table.iat[rng.randrange(len(table)), rng.randrange(table.shape[1])] = rng.choice(NASTY)
    return table


def noise_cells(table, rng):
    for _ in range(rng.randrange(1, 200)):
        word = "".join(rng.choices(LETTERS, k=rng.randrange(30)))
        table.iat[rng.randrange(len(table)), rng.randrange(table.shape[1])] = word
    return table


def swap_columns(table, rng):
    one, two = rng.sample(range(table.shape[1]), 2)
    table.iloc[:, [one, two]] = table.iloc[:, [two, one]].to_numpy()
    return table


def rename_a_column(table, rng):
    return table.rename(columns={rng.choice(list(table.columns)): rng.choice(["", "?", "=A1", "ФИО "])})


def lose_a_column(table, rng):
    return table.drop(columns=rng.choice(list(table.columns)))


def no_rows(table, rng):
    return table.iloc[:0]


def every_row_twice(table, rng):
    return pd.concat([table, table], ignore_index=True)


BYTES = [cut, flip, flip_one, insert_nul, insert_noise, lose_a_piece, repeat_a_piece, empty, another_format,
         begin_like_another]  # fmt: skip
TEXTS = [other_encoding, delete_marks, add_marks, shuffle_lines, strange_line]
TABLES = [nasty_cells, nasty_cells, noise_cells, swap_columns, rename_a_column, lose_a_column, no_rows, every_row_twice]
SAME_ROWS = {"nasty_cells": 1, "noise_cells": 1, "swap_columns": 1, "every_row_twice": 2}
