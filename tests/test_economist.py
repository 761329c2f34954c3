"""The Economist's curve: what is embedded, and what was known of it when."""

import pandas as pd
import pytest

from helpers import economist, sources


def test_embedded_is_what_is_fetched():
    if economist.SOURCE not in sources.available():
        pytest.skip("economist-2026 is not on this disk: `make data SOURCE=economist-2026` fetches it")
    pd.testing.assert_frame_equal(economist.read(), economist.by_month(economist.read("fetched")), check_dtype=False)


def test_the_last_day_is_as_it_was_printed():
    # "Dead 490,321 (374,039-642,755) on 2026-08-21", the newspaper's file of 2026-08-22
    last = economist.read().query("quantity == 'killed'").iloc[-1]
    assert (f"{last['day']:%Y-%m-%d}", last["low"], last["point"], last["high"]) == (
        "2026-08-21", 374_039, 490_321, 642_755
    )  # fmt: skip


def test_nothing_is_known_before_the_stored_version():
    assert economist.known_by(economist.read(), "2026-08-21").empty
    assert len(economist.known_by(economist.read(), "2026-08-22")) == len(economist.read())


def test_another_form_of_the_data_is_refused():
    with pytest.raises(ValueError, match="data is 'both': allowed are embedded and fetched"):
        economist.read("both")
