"""Pictures: alt text or none, marks that say who speaks, labels that keep apart, nothing above the scale in silence."""

import io

import PIL.Image
import pytest
from made_up import CLAIM, table

from helpers import plots
from helpers.plots import claims as claims_plot
from helpers.plots.timeline import draw_timeline


def test_a_picture_carries_its_words():
    drawn, _ = plots.figure()
    bundle = plots.picture(drawn, alt="an empty chart")._repr_mimebundle_()
    assert bundle[1]["image/png"]["alt"] == "an empty chart"


def test_a_picture_without_words_is_refused():
    drawn, _ = plots.figure()
    with pytest.raises(ValueError, match="a picture needs alt="):
        plots.picture(drawn, alt=" ")


def test_the_same_figure_gives_the_same_bytes_in_64_colours():
    def draw():
        drawn, axes = plots.figure(width=3, height=2)
        axes.plot([1, 2, 3])
        return plots.picture(drawn, alt="a line").data

    assert draw() == draw()
    assert len(PIL.Image.open(io.BytesIO(draw())).getcolors()) <= 64


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
    drawn, axes = plots.figure()
    if place == "annotate":
        axes.annotate(text, (0.5, 0.5))
    elif place != "alt":
        getattr(axes, place)(text)
    with pytest.raises(ValueError, match="a number that does not exist"):
        plots.picture(drawn, alt=text if place == "alt" else "a picture")


def test_words_that_only_hold_such_letters_stay():
    drawn, axes = plots.figure()
    axes.set_title("None of them was out yet: infantry, Nancy, Nonexistent, finance; no information")
    assert plots.picture(drawn, alt="a picture")
