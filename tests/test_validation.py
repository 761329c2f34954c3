"""The validation of the estimators: trials, sweep and summary."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from helpers import simulate
from helpers.estimate import recapture
from helpers.estimate.recapture.table import overlap
from helpers.validation import naming, overlaps, settings, shown, summary, sweep
from helpers.validation.mislinked import mislinked
from helpers.validation.overlaps import Lists
from helpers.validation.trial import Method, Setting, attempt, seed_of, told

FEW = settings.find("two lists: independent", "two lists: tied, odds ratio 2", "rate: about 10 dead, all named")


@pytest.fixture(scope="module")
def in_process():
    return sweep.repeated(FEW, 3)


def test_a_seed_depends_on_the_name_of_a_setting_and_the_run_alone():
    one, same = (Setting("rate", "a", naming.Region(men=men)) for men in (10, 20))
    assert seed_of(one, 7) == seed_of(same, 7)
    assert len({seed_of(Setting("rate", name, None), run) for name in "ab" for run in range(50)}) == 100


def test_a_missed_link_makes_two_people_of_one():
    war = pd.Series({"00": 7, "01": 3, "10": 2, "11": 4})
    after = mislinked(war, missed=1, false=0, rng=np.random.default_rng(1))
    # each of the four on both lists is now one on either list: 3 + 4 and 2 + 4
    assert after.to_dict() == {"00": 7, "01": 7, "10": 6, "11": 0}


def test_a_false_link_makes_one_person_of_two():
    war = pd.Series({"00": 7, "01": 3, "10": 2, "11": 4})
    after = mislinked(war, missed=0, false=1, rng=np.random.default_rng(1))
    assert after.to_dict() == {"00": 7, "01": 1, "10": 0, "11": 6}


def test_errors_of_linkage_keep_every_entry_of_every_list():
    war = simulate.counts(2000, (0.5, 0.4, 0.3), seed=1).iloc[0]
    after = mislinked(war, missed=0.2, false=0.1, rng=np.random.default_rng(1))
    entries = [sum(n for history, n in w.items() if history[place] == "1") for w in (war, after) for place in range(3)]
    assert entries[:3] == entries[3:]
    assert after.min() >= 0
    assert after["000"] == war["000"]


def test_people_who_differ_as_poisson2_has_it():
    reach, strength = (0.2, 0.15, 0.1), 0.5
    chances = simulate.chances(reach, visibility=settings.poisson2(reach, strength))
    # of a history with j lists: the odds of its lists, times exp(strength * (2**j - 1))
    odds = 0.2 / 0.8 * 0.1 / 0.9
    assert chances["101"] / chances["000"] == pytest.approx(odds * math.exp(0.5 * 3), rel=1e-4)


def test_the_trials_of_lists_are_the_estimates_of_recapture():
    world = Lists(dead=600, reach=(0.4, 0.35, 0.3), odds_ratios=((1, 2, 2.0),))
    outcomes = {one.method: one for one in overlaps.several_lists(world, 5)}
    known = overlap(overlaps.drawn(world, 5))
    for row in recapture.estimates(known).itertuples():
        found = outcomes[row.method]
        assert (found.low, found.point, found.high) == pytest.approx((row.low, row.point, row.high), rel=1e-4)
    assert len(outcomes) == 9


def test_a_known_trait_enters_the_table_that_is_estimated_from():
    world = Lists(visibility=((0.5, 1.0), (0.5, 3.0)), trait_known=True)
    table = overlaps.drawn(world, 1)
    on_first = table[table["list_1"] == 1].groupby("trait")["n"].sum() / 2500
    # odds of 0.3 / 0.7, and three times as much
    assert on_first.to_dict() == pytest.approx({0: 0.3, 1: 9 / 16}, abs=0.04)


def test_a_tied_pair_is_missed_by_as_much_as_arithmetic_says():
    setting = settings.find("two lists: tied, odds ratio 2")[0]
    chances = simulate.chances((0.3, 0.25), odds_ratios={(0, 1): 2.0})
    found = summary.summary(sweep.repeated([setting], 150)).iloc[0]
    # the estimate tends to N times a * b / both
    assert found["bias"] == pytest.approx(0.3 * 0.25 / chances["11"] - 1, abs=3 * found["bias_error"] + 0.002)
    assert found["coverage"] == 0


def test_a_table_that_is_refused_is_refused_for_every_method():
    outcomes = overlaps.two_lists(Lists(dead=12, reach=(0.1, 0.1)), 1)
    assert [one.method for one in outcomes] == ["Chapman"]
    assert math.isnan(outcomes[0].point)
    assert "at least 10 are needed" in outcomes[0].why


def test_a_refusal_is_kept_in_words_and_another_error_is_not_hidden():
    def refuses():
        raise ValueError("2 people: 10 are needed")

    assert attempt("one", 5, refuses).why == "2 people: 10 are needed"
    assert attempt("one", 5, lambda: (1, math.nan, 2)).why == "no value"
    with pytest.raises(ZeroDivisionError):
        attempt("one", 5, lambda: 1 / 0)


def test_the_names_of_a_year_are_those_that_a_hazard_allows():
    counts = naming._vintages(naming.Delay(dead=1000), np.random.default_rng(1))
    oldest, newest = counts.iloc[0], counts.columns[-1]
    assert (counts.diff(axis=1).iloc[:, 1:].min() >= 0).all()
    weeks = (newest - counts.index[0][0]).days / 7
    # the share found at so many weeks, at the pace of the first year: 0.7 * age / (age + 20)
    assert oldest[newest] / 1000 == pytest.approx(0.7 * weeks / (weeks + 20), abs=0.06)


def test_every_setting_runs_and_names_only_methods_of_its_family():
    cheap = [one for one in settings.SETTINGS if one.family in ("coverage", "delay", "rate", "weeks", "two lists")]
    for setting in cheap:
        family = settings.FAMILIES[setting.family]
        assert {one.method for one in family.run(setting.world, 1)} == set(family.methods)
    assert {one.family for one in settings.SETTINGS} == set(settings.FAMILIES)
    assert len({one.key for one in settings.SETTINGS}) == len(settings.SETTINGS)


def test_the_first_setting_of_each_family_breaks_nothing_but_what_another_method_needs():
    for family, facts in settings.FAMILIES.items():
        first = settings.find(family)[0]
        assert any(first.keeps(method) for method in facts.methods.values())


def test_runs_are_as_many_as_were_promised():
    fewer = {one.family for one in settings.SETTINGS if one.runs < 1000}
    assert fewer == {"four lists", "five lists", "linked lists", "probate", "pooled"}
    assert min(one.runs for one in settings.SETTINGS) == 200


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValueError, match="no setting or family 'three list'; families: two lists"):
        settings.find("three list")


# the sweep


def test_two_processes_compute_what_one_does(in_process, tmp_path):
    said = []
    found = sweep.sweep(FEW, runs=3, jobs=2, folder=tmp_path, say=said.append)
    pd.testing.assert_frame_equal(found, in_process)
    assert said[0] == "3 chunks, 0 of them kept from before"
    assert "left" in said[-1]


def test_a_cluster_of_two_workers_computes_the_same(in_process, tmp_path):
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        found = sweep.sweep(FEW, runs=3, cluster=cluster.scheduler_address, folder=tmp_path)
    pd.testing.assert_frame_equal(found, in_process)


def test_an_interrupted_sweep_goes_on_where_it_was(in_process, tmp_path, monkeypatch):
    asked, compute = [], sweep.computed

    def until_interrupted(chunk):
        asked.append(chunk.setting.key)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return compute(chunk)

    monkeypatch.setattr(sweep, "computed", until_interrupted)
    with pytest.raises(KeyboardInterrupt):
        sweep.sweep(FEW, runs=3, folder=tmp_path)
    said = []
    found = sweep.sweep(FEW, runs=3, folder=tmp_path, say=said.append)
    assert said[0] == "3 chunks, 1 of them kept from before"
    assert asked == [FEW[0].key, FEW[1].key, FEW[1].key, FEW[2].key]
    pd.testing.assert_frame_equal(found, in_process)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"key": 1}', b"[1]", b"\xff\xfe"])
def test_a_damaged_chunk_is_computed_again(in_process, tmp_path, capsys, damage):
    sweep.sweep(FEW, runs=3, folder=tmp_path)
    victim = sorted(tmp_path.iterdir())[0]
    victim.write_bytes(damage)
    pd.testing.assert_frame_equal(sweep.sweep(FEW, runs=3, folder=tmp_path), in_process)
    assert f"{victim.name} is damaged and is computed again" in capsys.readouterr().err
    assert json.loads(victim.read_text())["rows"]


def test_a_number_that_was_changed_in_a_chunk_is_found(in_process, tmp_path):
    sweep.sweep(FEW, runs=3, folder=tmp_path)
    victim = sorted(tmp_path.iterdir())[0]
    content = json.loads(victim.read_text())
    content["rows"][0][4] = 1.0
    victim.write_text(json.dumps(content))
    pd.testing.assert_frame_equal(sweep.sweep(FEW, runs=3, folder=tmp_path), in_process)


def test_chunks_of_another_program_do_not_count(tmp_path, monkeypatch):
    sweep.sweep(FEW, runs=1, folder=tmp_path)
    monkeypatch.setattr(sweep, "made_of", lambda family: "changed")
    said = []
    sweep.sweep(FEW, runs=1, folder=tmp_path, say=said.append)
    assert said[0] == "3 chunks, 0 of them kept from before"


def test_a_worker_with_another_program_is_refused(tmp_path, monkeypatch):
    chunk = sweep.chunks(FEW, 1)[0]
    monkeypatch.setattr(sweep, "_results", lambda *given: iter([sweep._Done(0, "other", sweep.computed(chunk))]))
    with pytest.raises(RuntimeError, match="a worker runs another version of this program: install this one"):
        sweep.sweep(FEW, runs=1, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_hash_of_a_family_knows_what_it_imports_and_no_more():
    imported = {path.name for path in sweep._imported(sweep.ROOT / "src/helpers/validation/overlaps.py")}
    assert {"chapman.py", "loglinear.py", "mislinked.py", "trial.py", "capture.py"} <= imported
    assert "probate.py" not in imported
    assert sweep.made_of("two lists") == sweep.made_of("three lists") != sweep.made_of("excess")


def test_words_change_no_number_and_a_constant_may(tmp_path):
    program, reworded, other = (tmp_path / name for name in ("a.py", "b.py", "c.py"))
    program.write_text('"""One."""\n\n\ndef f():\n    """Two."""\n    return 1\n')
    reworded.write_text('"""Another."""\n# why\ndef f():\n    """More."""\n    return (1)\n')
    other.write_text('"""One."""\n\n\ndef f():\n    """Two."""\n    return 2\n')
    assert sweep._program(program) == sweep._program(reworded) != sweep._program(other)


def test_chunks_share_the_runs_without_rest():
    setting = Setting("three lists", "made up", Lists(), (), 120)
    assert [(c.start, c.stop) for c in sweep.chunks([setting])] == [(0, 50), (50, 100), (100, 120)]
    assert [(c.start, c.stop) for c in sweep.chunks([setting], 60)] == [(0, 50), (50, 60)]


def test_an_estimator_that_fails_is_named_with_setting_run_and_seed():
    broken = Setting("rate", "made up", naming.Region(risk=2.0))
    with pytest.raises(RuntimeError, match=rf"rate: made up, run 0, seed {seed_of(broken, 0)}: ValueError: "):
        sweep.computed(sweep.Chunk(broken, 0, 1))


# the summary


def outcomes(*rows):
    columns = ["family", "setting", "run", "method", "truth", "low", "point", "high", "why"]
    return pd.DataFrame([["two lists", "made up", n, "Chapman", *row] for n, row in enumerate(rows)], columns=columns)


def test_a_summary_on_paper():
    table = outcomes((100, 90, 110, 130, ""), (100, 101, 120, 140, ""), (100, 80, 90, 100, ""),
                     (100, *[math.nan] * 3, "refused"))  # fmt: skip
    row = summary.summary(table, [Setting("two lists", "made up", Lists())]).iloc[0]
    assert (row["runs"], row["refused"], row["keeps"]) == (4, 1, "yes")
    # held by the first and the third; over the truth by 10, 20 and -10 %; 40, 39 and 20 % wide
    assert row["coverage"] == pytest.approx(2 / 3, abs=1e-4)
    # two more held, and two more not: 4 of 7
    assert row["coverage_error"] == pytest.approx(math.sqrt(4 / 7 * 3 / 7 / 7), abs=1e-4)
    assert row["bias"] == pytest.approx(0.2 / 3, abs=1e-4)
    assert row["bias_error"] == pytest.approx(np.std([0.1, 0.2, -0.1], ddof=1) / math.sqrt(3), abs=1e-4)
    assert row["width"] == pytest.approx(0.39)


def test_a_lower_bound_holds_where_it_is_not_above():
    promise = Method(nominal=0.975, at_least=True)
    scores = summary._scores(outcomes((100, 90, 92, 95, ""), (100, 101, 110, 120, "")), promise)
    assert scores["coverage"] == 0.5


@pytest.mark.parametrize(
    ("coverage", "reading"),
    [
        # three errors of 95 % in 1,000 wars: 3 * sqrt(0.95 * 0.05 / 1000) = 2.07 %
        (0.929, "too narrow"), (0.930, "as promised"), (0.970, "as promised"), (0.971, "too wide"),
    ],
)  # fmt: skip
def test_how_a_row_is_read(coverage, reading):
    row = {"runs": 1000, "refused": 0, "nominal": 0.95, "at_least": False, "coverage": coverage, "bias": 0.001,
           "bias_error": 0.0001}  # fmt: skip
    assert summary.read_as(row) == reading
    assert summary.read_as(row | {"bias": -0.05}) == f"{reading}, biased -5%"
    assert summary.read_as(row | {"bias": 0.05, "bias_error": 0.02}) == reading
    assert summary.read_as(row | {"nominal": 0.0}) == "no promise"
    assert summary.read_as(row | {"refused": 500}) == "refuses"
    assert summary.read_as(row | {"at_least": True, "coverage": 1.0, "bias": -0.5}) == "as promised"


def test_what_is_shown_of_a_summary():
    row = dict(family="two lists", setting="a", method="one", keeps="yes", runs=1000, refused=0, nominal=0.95,
               coverage=0.9, coverage_error=0.0095, bias=-0.02, bias_error=0.001, width=0.2, width_error=0.001,
               reading="too narrow, biased -2%")  # fmt: skip
    broken = row | {"setting": "b", "keeps": "no", "coverage": 0.5, "refused": 3}
    table = pd.DataFrame([row, broken])
    assert shown.grid(table, "two lists")["one"].to_dict() == {
        "a": "90.0 ± 0.9 narrow; bias −2.0 ± 0.1",
        "b": "(50.0 ± 0.9 narrow; bias −2.0 ± 0.1; 3 refused)",
    }
    assert shown.grid(table, "two lists").index.name == "setting, 1,000 wars each"
    counted = {"as promised": 0, "too narrow": 1, "too wide": 0, "biased": 1, "broken": 1, "least": 0.5}
    assert shown.tally(table).loc["two lists"].to_dict() == counted
    assert shown.in_words(shown.worst(table)) == "one (two lists, a): 90.0% ± 0.9% of 95.0% promised"


# what is committed


def test_the_committed_settings_are_those_of_the_program():
    kept = pd.read_csv(summary.COMMITTED_SETTINGS, keep_default_na=False)
    pd.testing.assert_frame_equal(kept, summary.defined())


def test_the_committed_summary_has_every_method_of_every_setting_and_is_read_by_the_rule():
    table = summary.committed()
    wanted = {one.key: one.runs for one in settings.SETTINGS}
    assert dict(zip(table["family"] + ": " + table["setting"], table["runs"], strict=True)) == wanted
    promises = [settings.FAMILIES[row.family].methods[row.method] for row in table.itertuples()]
    at_least = [promise.at_least for promise in promises]
    read = [summary.read_as(row) for row in table.assign(at_least=at_least).to_dict("records")]
    assert read == table["reading"].to_list()
    assert table["nominal"].to_list() == [promise.nominal for promise in promises]


def repeated_as_committed(chosen):
    found = summary.first_runs(sweep.repeated(chosen, summary.FIRST_RUNS))
    kept = summary.committed_runs()
    keys = {one.key for one in chosen}
    kept = kept[(kept["family"] + ": " + kept["setting"]).isin(keys)].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, kept, rtol=1e-5, check_dtype=False)


def test_the_first_runs_come_out_as_committed():
    repeated_as_committed(settings.find("two lists", "rate", "weeks", "coverage", "delay"))


@pytest.mark.slow
def test_the_first_runs_of_all_settings_come_out_as_committed():
    repeated_as_committed(settings.find())


def test_every_parameter_of_a_setting_is_told():
    assert told(Lists(dead=7)).startswith("dead=7, reach=(0.3, 0.25, 0.2), odds_ratios=(), ")
