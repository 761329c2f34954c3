"""Link lists whose truth is known, and print how well and how fast; beside it plain Splink, if it is installed.

    .venv/bin/python benchmarks/linkage.py                       invented lists of 20,000 records, one seed
    .venv/bin/python benchmarks/linkage.py --seeds 20            the same, for twenty seeds
    .venv/bin/python benchmarks/linkage.py --size 100000 --seeds 10 --world arabic
    .venv/bin/python benchmarks/linkage.py --damage 3            three times as many errors as usual
    .venv/bin/python benchmarks/linkage.py records.parquet ...

Files have the columns unique_id, person (the truth, read for the score only), source, surname, name, patronymic, birth,
death, region and unit. Peak memory is that of the whole process so far. The extra `bench` installs Splink.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers import simulate
from helpers.lists.linkage import link

if TYPE_CHECKING:
    from collections.abc import Iterator

# chosen before the first run on them; nothing was tuned on lists of these seeds
SEEDS = {20_000: range(9001, 9021), 100_000: range(9101, 9111), 1_000_000: range(9201, 9203)}
ERRORS = ("surname_misspelt", "given_misspelt", "patronymic_misspelt", "birth_shifted", "birth_swapped",
          "death_swapped", "region_wrong", "age_off", "swapped")  # fmt: skip
COLUMNS = ("lists", "size", "seed", "by", "pairs P", "pairs R", "pairs F1", "people F1", "count", "interval", "covers",
           "seconds", "GB")  # fmt: skip

WIDTHS = {"lists": 16}


def damaged(times: float) -> dict[str, simulate.Damage]:
    """The usual damage with the rates of `ERRORS` so many times as large."""
    return {
        name: dataclasses.replace(damage, **{error: min(0.5, times * getattr(damage, error)) for error in ERRORS})
        for name, damage in simulate.DAMAGE.items()
    }


def invented(size: int, seed: int, world: str, times: float) -> tuple[pd.DataFrame, np.ndarray]:
    """Invented records, and the person of each as a number."""
    records, truth = simulate.records(size, seed=seed, world=world, damage=damaged(times))
    return records, pd.factorize(records[["record_id"]].merge(truth, on="record_id")["person_id"])[0]


def read(path: Path) -> tuple[pd.DataFrame, np.ndarray]:
    """The records of a Parquet file of the form above, and the person of each."""
    table = pd.read_parquet(path)
    names = {"unique_id": "record_id", "source": "list", "name": "given", "birth": "birth_date", "death": "death_date"}
    records = table.drop(columns="person").rename(columns=names)
    for day in ("birth_date", "death_date"):
        records[day] = pd.to_datetime(records[day], errors="coerce")
    return records, table["person"].to_numpy()


def pairs(sizes: np.ndarray) -> float:
    """How many pairs there are within clusters of these sizes."""
    return float((sizes * (sizes - 1) / 2).sum())


def scores(truth: np.ndarray, found: np.ndarray) -> dict[str, float]:
    """Precision, recall and F1 of the pairs, F1 of the people found exactly, and how many more than there are."""
    both = pd.DataFrame({"truth": truth, "found": found})
    true, guessed = (both.groupby(one).size() for one in ("truth", "found"))
    cells = both.groupby(["truth", "found"]).size().rename("n").reset_index()
    right = pairs(cells["n"].to_numpy())
    precision, recall = right / max(pairs(guessed.to_numpy()), 1), right / max(pairs(true.to_numpy()), 1)
    exact = (cells["n"].eq(cells["truth"].map(true)) & cells["n"].eq(cells["found"].map(guessed))).sum()
    return {
        "pairs P": precision, "pairs R": recall, "pairs F1": 2 * precision * recall / max(precision + recall, 1e-9),
        "people F1": 2 * exact / (len(true) + len(guessed)), "count": len(guessed) / len(true) - 1,
    }  # fmt: skip


def ours(records: pd.DataFrame, truth: np.ndarray) -> dict[str, object]:
    """The scores of `helpers.lists.linkage.link`, and how its interval lies to the truth."""
    began = time.monotonic()
    found = link(records)
    took = time.monotonic() - began
    people, (low, point, high, _) = len(np.unique(truth)), found.count
    told = {"by": "By Name", "seconds": took, "interval": (high - low) / point, "covers": low <= people <= high}
    return scores(truth, found.members["person"].to_numpy()) | told | {"count": point / people - 1}


def splink(records: pd.DataFrame, truth: np.ndarray) -> dict[str, object]:
    """The scores of Splink with its ready comparisons, eight blocking rules, and clusters at a probability of 0.95."""
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    table = records.assign(unique_id=range(len(records)), source=records["list"]).drop(columns=["list", "record_id"])
    days = [day for day in ("birth_date", "death_date") if table[day].notna().any()]
    table = table.assign(**{day: table[day].dt.strftime("%Y-%m-%d") for day in days})
    names = ["surname", "given", "patronymic"]
    table = table[["unique_id", "source", *names, *days, "region", "unit"]].astype(object).where(table.notna(), None)
    rules = [("surname", "given"), ("surname", "patronymic"), ("surname", "region"), ("given", "birth_date"),
             ("surname", "birth_date"), ("surname", "death_date"), ("patronymic", "birth_date"),
             ("given", "patronymic", "death_date")]  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *(compare.NameComparison(name).configure(term_frequency_adjustments=True) for name in names),
            *(compare.DateOfBirthComparison(day, input_is_string=True) for day in days),
            *(compare.ExactMatch(one).configure(term_frequency_adjustments=True) for one in ("region", "unit")),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    )
    began = time.monotonic()
    db = DuckDBAPI()
    linker = Linker(db.register(table, dataset_display_name="records"), settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("surname", "given", "birth_date")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (("surname", "given"), ("birth_date",)):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.95)
    found = clusters.as_pandas_dataframe().set_index("unique_id")["cluster_id"].reindex(range(len(records)))
    return scores(truth, pd.factorize(found)[0]) | {"by": "Splink", "seconds": time.monotonic() - began}


def runs(asked: argparse.Namespace) -> Iterator[tuple[dict[str, object], pd.DataFrame, np.ndarray]]:
    """What is linked: the files named, or else invented lists."""
    for path in asked.files:
        yield {"lists": path.stem, "seed": ""}, *read(path)
    if not asked.files:
        for seed in list(SEEDS.get(asked.size, SEEDS[20_000]))[: asked.seeds]:
            name = f"{asked.world} x{asked.damage:g}"
            yield {"lists": name, "seed": seed}, *invented(asked.size, seed, asked.world, asked.damage)


def shown(row: dict[str, object]) -> str:
    """One line of the table."""
    words = []
    for column in COLUMNS:
        value = row.get(column, "")
        if column in ("pairs P", "pairs R", "pairs F1", "people F1") and value != "":
            value = f"{value:.4f}"
        elif column in ("count", "interval") and value != "":
            value = f"{value:+.2%}" if column == "count" else f"{value:.2%}"
        elif column in ("seconds", "GB") and value != "":
            value = f"{value:.1f}"
        elif column == "covers" and value != "":
            value = "yes" if value else "NO"
        words.append(f"{value!s:>{WIDTHS.get(column, 9)}}")
    return " ".join(words)


def main() -> int:
    """Link what is asked for and print the table; 1 if an interval missed the truth more often than it may."""
    parser = argparse.ArgumentParser(prog="python benchmarks/linkage.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="Parquet files; none: invented lists")
    parser.add_argument("--size", type=int, default=20_000, help="records of an invented list (default: %(default)s)")
    parser.add_argument("--seeds", type=int, default=1, help="how many of the fixed seeds (default: %(default)s)")
    parser.add_argument("--world", choices=simulate.WORLDS, default="cyrillic")
    parser.add_argument("--damage", type=float, default=1.0, help="how many times the usual errors")
    parser.add_argument("--without-splink", action="store_true", help="do not run Splink beside it")
    asked = parser.parse_args()
    peer = importlib.util.find_spec("splink") is not None and not asked.without_splink
    print(" ".join(f"{column:>{WIDTHS.get(column, 9)}}" for column in COLUMNS))
    rows = []
    for about, records, truth in runs(asked):
        for link_by in [ours, *([splink] if peer else [])]:
            row = about | {"size": len(records)} | link_by(records, truth)
            row["GB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
            rows.append(row)
            print(shown(row), flush=True)
    covered = [row["covers"] for row in rows if "covers" in row]
    print(f"the interval covers the truth in {sum(covered)} of {len(covered)} runs")
    return 0 if sum(covered) >= 0.9 * len(covered) else 1


if __name__ == "__main__":
    sys.exit(main())
