"""Pictures: alt text or none, marks that say who speaks, labels that keep apart, nothing above the scale in silence."""

import io
import pkgutil

import drawn
import pandas as pd
import PIL.Image
import pytest
from made_up import CLAIM, table

from helpers import comparison, plots
from helpers.plots import (
    answers,
    changes,
    copies,
    coverage,
    deadliest,
    deaths,
    delay,
    dependence,
    grouped,
    growth,
    intervals,
    levels,
    lives,
    missing,
    models,
    months,
    placebo,
    pooled,
    probate,
    ratios,
    shares,
    side_by_side,
    specifications,
    territory,
    thresholds,
    tiles,
    triangle,
    validation,
    verdicts,
    wounded,
)
from helpers.plots import claims as claims_plot
from helpers.plots.timeline import draw_timeline


def test_a_picture_carries_its_words():
    figure, _ = plots.figure()
    bundle = plots.picture(figure, alt="an empty chart")._repr_mimebundle_()
    assert bundle[1]["image/png"]["alt"] == "an empty chart"


def test_a_picture_without_words_is_refused():
    figure, _ = plots.figure()
    with pytest.raises(ValueError, match="a picture needs alt="):
        plots.picture(figure, alt=" ")


def test_the_same_figure_gives_the_same_bytes_in_few_colours():
    def draw():
        figure, axes = plots.figure(width=3, height=2)
        axes.plot([1, 2, 3])
        return plots.picture(figure, alt="a line").data

    assert draw() == draw()
    assert len(PIL.Image.open(io.BytesIO(draw())).getcolors()) <= 28


def test_colours_that_fill_few_pixels_stay_what_they_are():
    figure, axes = plots.figure(title="Every colour once, beside a large band of one")
    axes.axhspan(0, 0.5, color=plots.COLOURS["blue"], alpha=0.2)
    axes.scatter(range(8), [1] * 8, color=list(plots.COLOURS.values()))
    shown = PIL.Image.open(io.BytesIO(plots.picture(figure, alt="eight dots").data)).convert("RGB")
    drawn_as = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in shown.getcolors()}
    assert {*plots.COLOURS.values(), "#ffffff", "#e3e3e3"} <= drawn_as


def texts(axes):
    return [note.get_text() for note in axes.texts if note.get_text()]


def test_a_claim_above_the_ceiling_is_named_with_its_value():
    _, axes = plots.figure()
    claims_plot.draw_claims(axes, table(CLAIM, CLAIM | {"point": 900.0, "who": "Giant (office)"}), ceiling=100)
    assert texts(axes) == ["Giant, off the scale\n13 Mar 2022: 900"]
    heights = sorted(y for marks in axes.collections for _, y in marks.get_offsets())
    assert heights[-2:] == [60, 100]


def test_an_age_limit_stands_in_the_label():
    _, axes = plots.figure()
    claims_plot.draw_claims(axes, table(CLAIM | {"scope": "men 15-49"}), label=["f0"])
    assert texts(axes) == ["somebody, men 15-49\n13 Mar 2022: 60"]


def test_labelled_claims_are_named():
    _, axes = plots.figure()
    claims_plot.draw_claims(axes, table(CLAIM, CLAIM | {"point": 70.0}), label=["f1"])
    assert texts(axes) == ["somebody\n13 Mar 2022: 70"]


def test_each_kind_of_claimant_has_its_mark():
    _, axes = plots.figure()
    kinds = ("own_government", "adversary_government", "third_party_government", "media_list")
    claims_plot.draw_claims(axes, table(*(CLAIM | {"who_kind": kind, "who": kind} for kind in kinds)))
    assert axes.get_legend_handles_labels()[1] == ["own side", "other side", "third parties", "lists and studies"]


def test_a_range_is_drawn_from_end_to_end():
    _, axes = plots.figure()
    claims_plot.draw_claims(axes, table(CLAIM | {"low": 40.0, "high": 80.0}))
    bars = [path.vertices[:, 1].tolist() for lines in axes.collections for path in lines.get_paths()]
    assert [40, 80] in bars


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], []),
        ([0.9, 0.5], [0.9, 0.5]),
        ([0.5, 0.5, 0.5], [0.5, 0.4, 0.3]),
        ([1.4, 0.2], [1.0, 0.2]),
        ([0.05, 0.0, -0.1], [0.2, 0.1, 0.0]),
    ],
)
def test_labels_keep_their_distance(places, expected):
    assert claims_plot._spread(places, gap=0.1) == pytest.approx(expected)


def test_the_timeline_starts_with_who_spoke_first():
    rows = table(
        *(CLAIM | {"who": "second", "published": f"2023-01-0{i}", "point": float(i)} for i in range(1, 4)),
        *(CLAIM | {"who": "first", "published": f"2022-06-0{i}", "point": float(i)} for i in range(1, 3)),
        CLAIM | {"who": "rare"},
    )
    _, axes = plots.figure()
    assert draw_timeline(axes, rows, claimants=2) == ["first", "second"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["second", "first"]


@pytest.mark.parametrize("text", ["IISS: nan times", "None killed", "up to inf", "-inf", "NaT", "about −nan"])
@pytest.mark.parametrize("place", ["set_title", "set_xlabel", "annotate", "alt"])
def test_no_picture_says_a_number_that_does_not_exist(text, place):
    figure, axes = plots.figure()
    if place == "annotate":
        axes.annotate(text, (0.5, 0.5))
    elif place != "alt":
        getattr(axes, place)(text)
    with pytest.raises(ValueError, match="a number that does not exist"):
        plots.picture(figure, alt=text if place == "alt" else "a picture")


def test_words_that_only_hold_such_letters_stay():
    figure, axes = plots.figure()
    axes.set_title("None of them was out yet: infantry, Nancy, Nonexistent, finance; no information")
    assert plots.picture(figure, alt="a picture")


# what every kind of picture draws, of two or three rows each: positions, ends and heights are read back
DAYS = pd.to_datetime(["2024-01-01", "2024-01-08", "2024-01-15"])
FIRST, SECOND, THIRD = (drawn.day(f"{when:%Y-%m-%d}") for when in DAYS)
NAN = float("nan")
SPAN = pd.DataFrame({"low": [1.0, 2, 3], "point": [2.0, 3, 4], "high": [4.0, 6, 8]})
WEEKS = SPAN.assign(since=DAYS, until=DAYS + pd.Timedelta(days=6))
NOTHING = pd.DataFrame(columns=["since", "until", "names", "says", "point", "label"])


def on_axes(draw, *given, **options):
    figure, axes = plots.figure()
    draw(axes, *given, **options)
    return figure


def of_answers():
    rows = SPAN.assign(question="q", day=DAYS, until=DAYS)
    figure = on_axes(answers.draw_answers, rows, {"q": answers.Look("names", "o", "black")})
    return figure, {"marks": [(0, 2), (1, 3), (2, 4)], "ranges": [(0, 1, 4), (1, 2, 6), (2, 3, 8)]}


def of_changes():
    table = pd.DataFrame({"russia": [5, 2], "ukraine": [0, 3]}, index=["named", "killed"])
    # two bars of a line share four fifths of its height, the first above
    boxes = [(0, -0.4, 5, 0.4), (0, 0.6, 2, 0.4), (0, 0, 0, 0.4), (0, 1, 3, 0.4)]
    return on_axes(changes.draw_changes, table), {"boxes": boxes, "texts": ["5", "2", "3"]}


def of_claims():
    told = table(CLAIM | {"low": 40.0, "high": 80.0})
    when = drawn.day("2022-03-13")
    return on_axes(claims_plot.draw_claims, told), {"marks": [(when, 60)], "ranges": [(when, 40, 80)]}


def of_copies():
    pairs = pd.DataFrame([("A", "B", "copy", 2)], columns=["source", "who", "by", "claims"])
    words = ["A", "B", "2", "said first by", "repeated, or computed from it, by"]
    return copies.copies(pairs, title="t"), {"texts": words}


def of_coverage():
    shares = (SPAN / 10).assign(until=DAYS)
    lines = [[20, 30, 40]]
    bands = [[(FIRST, 10, 40), (SECOND, 20, 60), (THIRD, 30, 80)]]
    return coverage.share_by_day(shares.iloc[:0], {"new": shares}, rule=None, title="t"), {
        "lines": lines,
        "bands": bands,
    }


def of_deadliest():
    rows = SPAN.assign(label="a", kind="named").iloc[:1]
    return deadliest.single_days({"killed": rows}, title="t"), {"marks": [(2, 0)], "texts": ["2 (1–4)"]}


def of_deaths():
    return deaths.deaths_by_time(WEEKS, provisional=DAYS[2], title="t"), {"steps": [[2, 3, 4], [2, 3, 4]]}


def of_delay():
    months = SPAN.assign(period=pd.period_range("2024-01", periods=3, freq="M"))
    figure = delay.months_to({"half": months}, open_from=pd.Period("2025-01"), title="t")
    return figure, {"lines": [[2, 3, 4]], "heights": [2, 3, 4], "ends": [(1, 4), (2, 6), (3, 8)]}


def of_dependence():
    rows = pd.DataFrame({"method": "m", "odds_ratio": [1, 2], "low": [0.5, 0.6], "point": [1.0, 0.8], "high": [2, 0.9]})
    return dependence.dependence(rows, title="t"), {"heights": [100, 80], "ends": [(50, 200), (60, 90)]}


def of_grouped():
    told = table(CLAIM | {"low": 40.0, "high": 80.0}).assign(how="one", group="all", floor=50.0)
    figure = grouped.by_group(told, title="t", unit="people")
    return figure, {"marks": [(50, 1.1), (60, 1.1)], "lying": [(1.1, 40, 80)]}


def of_growth():
    totals = SPAN.assign(until=DAYS, until_precision="day")
    marked = totals.iloc[[0]].assign(label="two")
    figure = growth.growth(totals, labelled=marked, breaks=NOTHING, set_aside=NOTHING, title="t", unit="names")
    return figure, {"marks": [(FIRST, 2), (FIRST, 2), (SECOND, 3), (THIRD, 4)], "texts": ["two"]}


def of_intervals():
    figure = intervals.ranking(SPAN.assign(name=list("abc")), highest=1, lowest=1, names="name", title="t", unit="u")
    return figure, {"marks": [(2, 2), (4, 0)], "lying": [(0, 3, 8), (2, 1, 4)]}


def of_levels():
    level = WEEKS.rename(columns={"point": "ratio"})
    return levels.ratio_levels({"one": level}, changed=None, title="t"), {"lying": [
        (2, FIRST, FIRST + 6), (3, SECOND, SECOND + 6), (4, THIRD, THIRD + 6)
    ]}  # fmt: skip


def of_lives():
    pairs = SPAN.assign(counts=list("abc"), by="A", km2=10.0, contradicted=False)
    figure = lives.lives_per_area(pairs, stated=None, title="t")
    return figure, {"marks": [(2, 0), (3, 1), (4, 2)], "lying": [(0, 1, 4), (1, 2, 6), (2, 3, 8)]}


def of_missing():
    gaps = pd.DataFrame({"column": ["name", "rank"], "filled": [3, 1], "missing": [1, 3], "missing_share": [25.0, 75]})
    boxes = [(0, -0.4, 25, 0.8), (0, 0.6, 75, 0.8)]
    return missing.missing_bars(gaps, title="t"), {"boxes": boxes, "texts": ["1 (25%)", "3 (75%)"]}


def of_models():
    fits = SPAN.assign(model=list("abc"), AIC=[7.0, 5, 6]).iloc[:2]
    figure = models.models_by_criterion(fits, people=1, title="t", unit="people", criteria=("AIC",))
    # the best is marked once more
    return figure, {"marks": [(0, 3), (0, 3), (2, 2)], "ranges": [(0, 2, 6), (0, 2, 6), (2, 1, 4)]}


def of_months():
    counts = pd.DataFrame({"month": ["2024-01", "2024-02"], "records": [2, 3]})
    return months.months({"died": counts}, title="t"), {"lines": [[2, 3]], "heights": [2, 3]}


def of_placebo():
    windows = pd.DataFrame({"since": [2013], "until": [2014], "share": [0.05], "deviation": [10.0], "expected": [1e3]})
    figure = placebo.placebo_errors(windows, windows.iloc[:0], total=None, interval=None, title="t")
    # 1.96 times 10 of 1,000 is 1.96%
    return figure, {"marks": [(2013.5, 5)], "ranges": [(2013.5, 3.04, 6.96)]}


def of_pooled():
    given = pd.DataFrame({"until": DAYS[:1], "value": [5.0], "group": ["UK"]})
    curve = SPAN.assign(day=DAYS)
    figure = pooled.amid_claims(curve, given, other=curve.iloc[:0], label="", title="t", unit="killed")
    bands = [[(FIRST, 1, 4), (SECOND, 2, 6), (THIRD, 3, 8)]]
    return figure, {"marks": [(FIRST, 5)], "lines": [[2, 3, 4]], "bands": bands}


def of_probate():
    figure = probate.many_worlds(SPAN / 4, title="t")
    return figure, {"marks": [(0, 50), (1, 75), (2, 100)], "ranges": [(0, 25, 100), (1, 50, 150), (2, 75, 200)]}


def of_ratios():
    course = SPAN.assign(age="20-24", year=[2018, 2019, 2022], ratio=[2.5, 2.6, 5.0]).rename(
        columns={"point": "baseline"}
    )
    figure = ratios.ratio_panels(course, last=2019, war=[2022], title="t")
    bands = [[(2019, 2, 6), (2022, 3, 8)]]
    return figure, {"marks": [(2018, 2.5), (2019, 2.6), (2022, 5)], "lines": [[2, 3], [3, 4]], "bands": bands}


def of_shares():
    figure = shares.through_time({"officers": SPAN.assign(until=DAYS)}, title="t", unit="%")
    return figure, {"heights": [2, 3, 4], "ends": [(1, 4), (2, 6), (3, 8)]}


def of_side_by_side():
    """A claim of 60 above what counts the dead of its day: 5 names then, 9 to date, 30 (15 to 60) by the registry."""
    told = table(CLAIM).assign(group="Russia: killed", near=[[]], named_then=5.0, listed=NAN)
    for columns, values in ((comparison.NAMED_NOW, (9.0, 9.0, 9.0)), (comparison.PROBATE, (15.0, 30.0, 60.0))):
        told = told.assign(**dict(zip(columns.values(), values, strict=True)))
    told = told.assign(**dict.fromkeys(comparison.COVERAGE, NAN))
    marks = [(5, 0.12), (9, 0.12), (30, 0.12), (60, -0.2)]
    return side_by_side.by_panel(told, told, title="t"), {"marks": marks, "lying": [(0.12, 9, 9), (0.12, 15, 60)]}


def of_specifications():
    rows = SPAN.assign(hiv=True, shape="line", years=[1, 2, 3], placebo_low=0.0, placebo_high=9.0)
    figure = specifications.specification_curve(rows, chosen=rows["years"] == 2, stated=None, title="t", unit="men")
    wide = [(place, 0, 9) for place in range(3)]
    return figure, {"heights": [2, 3, 3, 4], "ranges": sorted([*wide, (0, 1, 4), (1, 2, 6), (2, 3, 8)])}


def of_territory():
    spans = pd.DataFrame({"since": pd.to_datetime(["2024-01-01", "2024-02-01"]), "taken": [300.0, -200]})
    february = drawn.day("2024-02-01")
    return territory.land_by_month(spans, title="t"), {"boxes": [(FIRST, 0, 27, 300), (february, 0, 27, -200)]}


def of_thresholds():
    counts = pd.DataFrame({"threshold": [0.1, 0.5], "people": [2, 3]})
    figure = thresholds.thresholds(counts, {"low": 1.0, "point": 2.5, "high": 4.0}, title="t", scale="s")
    return figure, {"marks": [(0.1, 2), (0.5, 3)], "lines": [[2.5, 2.5], [2, 3]], "boxes": [(0, 1, 1, 3)]}


def of_tiles():
    regions = pd.DataFrame({"iso": ["A", "B"], "row": [1, 2], "column": [1, 2], "point": [20.0, 50.0]})
    boxes = [(0.52, 0.52, 0.96, 0.96), (1.52, 1.52, 0.96, 0.96)]
    figure = tiles.tile_map(regions, classes=[30], title="t", unit="u")
    return figure, {"boxes": boxes, "texts": ["A", "20", "B", "50"]}


def of_timeline():
    return on_axes(draw_timeline, table(CLAIM)), {"marks": [(drawn.day("2022-03-13"), 0)]}


def of_triangle():
    by_year = pd.DataFrame({2023: [2, 3]}, index=pd.MultiIndex.from_arrays([DAYS[:2], ["rebuilt", "release"]],
                                                                           names=["day", "kind"]))  # fmt: skip
    # the newest release ends the line and is a diamond as well
    return triangle.triangle(by_year, title="t"), {"lines": [[2, 3]], "heights": [2, 3, 3], "texts": ["2023: 3"]}


def of_validation():
    rows = pd.DataFrame(
        [["fair", "one", "yes", 0.94, 0.01, 0.01, 0.002]],
        columns=["setting", "method", "keeps", "coverage", "coverage_error", "bias", "bias_error"],
    )
    return validation.coverage_and_bias(rows, methods=["one"], title="t"), {"marks": [(94, 0)], "lying": [(0, 91, 97)]}


def of_verdicts():
    judged = pd.DataFrame({"title": ["A"], "row": [5], "verdict": ["reproduced"], "premise": [""]})
    return on_axes(verdicts.draw_verdicts, judged), {"marks": [(1, 0)], "texts": ["5"]}


def of_wounded():
    pairs = SPAN.assign(side="russia", kind="own", until=DAYS)
    return wounded.wounded_per_killed(pairs, title="t"), {
        "marks": [(FIRST, 2), (SECOND, 3), (THIRD, 4)], "ranges": [(FIRST, 1, 4), (SECOND, 2, 6), (THIRD, 3, 8)],
    }  # fmt: skip


READERS = {
    "lying": lambda axes: drawn.ranges(axes, sideways=True),
    "heights": lambda axes: [y for _, y in drawn.marks(axes)],
    "ends": lambda axes: [(low, high) for _, low, high in drawn.ranges(axes)],
}
KINDS = {name.removeprefix("of_"): case for name, case in list(globals().items()) if name.startswith("of_")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_draws_what_it_is_given(kind):
    figure, expected = KINDS[kind]()
    for what, values in expected.items():
        read = READERS.get(what) or getattr(drawn, what)
        assert read(figure.axes[0]) == values, what


def test_no_kind_of_picture_is_left_out():
    assert {module.name for module in pkgutil.iter_modules(plots.__path__)} - {"style", "layers"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_a_picture_is_cut_off(kind):
    from matplotlib.text import Text

    figure, _ = KINDS[kind]()
    plots.picture(figure, alt="a picture")
    room = figure.bbox.padded(1)
    words = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    outside = [text.get_text() for text in words if not _holds(room, text)]
    assert not [text for text in outside if not text.replace(",", "").lstrip("−-").replace(".", "").isdigit()]


def _holds(room, text):
    from matplotlib.text import Text

    box = Text.get_window_extent(text)
    return room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1
