"""Link invented records of growing size and print how well, how fast and in how much memory, with Splink beside.

Run it in a clone that is set up:

    .venv/bin/python benchmarks/linkage.py [--seed SEED] [RECORDS | FILE.parquet ...]

A number draws so many records from `helpers.simulate`. A file has a row per record with unique_id, person (the truth,
read only for the score), source, surname, name, patronymic, birth, death, region and unit. Splink, with one recipe for
all, is run beside where it is installed: `.venv/bin/uv pip install --editable ".[bench]"`. Each run has a process of
its own.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

SIZES = ("20000", "100000", "1000000")
SEED = 77_000  # none of the seeds that the linkage was made with
LARGEST_FOR_SPLINK = 100_000  # beyond, it takes minutes and its score is known to fall
NAMED = {"source": "list", "unique_id": "record_id", "name": "given", "birth": "birth_date", "death": "death_date"}


class Result(NamedTuple):
    """One line of the table: scores are shares, the count is a share of the truth."""

    precision: float
    recall: float
    f1: float
    cluster_f1: float
    low: float
    point: float
    high: float
    seconds: float
    gigabytes: float


def drawn(what: str, seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """The records, and the person of each by record_id."""
    import pandas as pd

    if what.isdigit():
        from helpers import simulate

        records, truth = simulate.records(int(what), seed=seed)
        return records, truth.set_index("record_id")["person_id"]
    rows = pd.read_parquet(what).rename(columns=NAMED)
    dates = {column: pd.to_datetime(rows[column], errors="coerce") for column in ("birth_date", "death_date")}
    return rows.drop(columns="person").assign(**dates), rows.set_index("record_id")["person"]


def ours(records: pd.DataFrame) -> tuple[pd.Series, tuple[float, float, float]]:
    """The person of each record by `helpers.lists.linkage`, and the number of people: low, point, high."""
    from helpers.lists.linkage import link

    linked = link(records)
    return linked.members.set_index("record_id")["person"], (linked.count.low, linked.count.point, linked.count.high)


def splinks(records: pd.DataFrame) -> tuple[pd.Series, tuple[float, float, float]]:
    """The same by Splink on DuckDB: folded names, Jaro-Winkler with term frequencies, rules of two or three fields."""
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.disable(logging.WARNING)
    rules = [
        block_on(*fields)
        for fields in (
            ("surname", "given"), ("surname", "patronymic"), ("surname", "birth"), ("surname", "death"),
            ("surname", "region"), ("surname", "unit"), ("given", "birth"), ("given", "death"), ("birth", "death"),
            ("patronymic", "birth"), ("given", "patronymic", "region"),
        )
    ]  # fmt: skip
    spelled = [
        cl.JaroWinklerAtThresholds(name, [0.95, 0.85]).configure(term_frequency_adjustments=True)
        for name in ("surname", "given", "patronymic")
    ]
    exact = [cl.ExactMatch(name).configure(term_frequency_adjustments=True) for name in ("region", "unit")]
    dated = [cl.LevenshteinAtThresholds(name, [1, 2]) for name in ("birth", "death")]
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[*spelled, *dated, *exact],
        blocking_rules_to_generate_predictions=rules,
    )
    database = DuckDBAPI()
    linker = Linker(database.register(folded(records), dataset_display_name="records"), settings)
    linker.training.estimate_probability_two_random_records_match(rules[:3], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for fields in (("surname", "given"), ("birth", "death")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*fields))
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.9).as_pandas_dataframe()
    person = clusters.set_index("record_id")["cluster_id"]
    people = float(person.nunique())
    return person, (people, people, people)


def folded(records: pd.DataFrame) -> pd.DataFrame:
    """Names folded and dates as text, as Splink compares them."""
    from helpers.lists.names import fold_all

    names = {name: fold_all(records[name]).replace("", None) for name in ("surname", "given", "patronymic")}
    dates = {name: records[f"{name}_date"].dt.strftime("%Y-%m-%d") for name in ("birth", "death")}
    return records[["record_id", "region", "unit"]].assign(**names, **dates)


def measure(how: str, what: str, seed: int) -> Result:
    """One linkage of one set of records, in this process."""
    import resource

    from helpers.lists.evaluation import scores

    records, truth = drawn(what, seed)
    began = time.monotonic()
    person, count = {"ours": ours, "Splink": splinks}[how](records)
    took = time.monotonic() - began
    found = scores(person, truth.reindex(person.index))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    shares = [one / found.true_people for one in count]
    return Result(found.precision, found.recall, found.f1, found.cluster_f1, *shares, took, peak)


def main() -> None:
    """Measure each set of records by each linkage and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="*", default=SIZES, help="numbers of records, or Parquet files")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    peer = importlib.util.find_spec("splink") is not None
    print("records              by      precision recall  F1     cluster F1  people / truth            seconds   GB")
    for what in asked.what:
        small = not what.isdigit() or int(what) <= LARGEST_FOR_SPLINK
        for how in ("ours", "Splink") if peer and small else ("ours",):
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                r = alone.apply(measure, (how, what, asked.seed))
            count = f"{r.point:.4f} ({r.low:.4f}-{r.high:.4f})"
            told = f"{r.precision:.4f}    {r.recall:.4f}  {r.f1:.4f} {r.cluster_f1:.4f}      {count:<25}"
            print(f"{Path(what).name:<20} {how:<7} {told} {r.seconds:>7.1f} {r.gigabytes:>4.1f}", flush=True)
    if not peer:
        print("Splink is not installed: .venv/bin/uv pip install --editable '.[bench]' puts it beside ours.")


if __name__ == "__main__":
    main()
