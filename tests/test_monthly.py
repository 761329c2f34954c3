"""What the repository keeps of a daily table."""

import pandas as pd
import pytest

from helpers.monthly import month_ends

DAYS = pd.DataFrame({"day": pd.date_range("2024-01-30", "2024-03-02")})


@pytest.mark.parametrize(("first", "kept"), [(True, ["2024-01-30"]), (False, [])])
def test_the_last_day_of_each_month_and_of_all_is_kept(first, kept):
    days = month_ends(DAYS, first=first)["day"].dt.strftime("%Y-%m-%d").tolist()
    assert days == [*kept, "2024-01-31", "2024-02-29", "2024-03-02"]
