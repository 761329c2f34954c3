"""Time one pooled fit and print how well its replays did, beside the plain ways.

Run it with `.venv/bin/python benchmarks/pooled.py` in a clone that is set up.
"""

from __future__ import annotations

import time

from helpers import claims, general_staff
from helpers.estimate.pooled import inputs, model, replays

DAY = "2026-08-22"


def main() -> None:
    """Fit once, replay all origins in real time and leaky, and score the plain ways; a line for each."""
    table, staff = claims.known_by(DAY), general_staff.read()
    evidence = inputs.evidence(table, staff, DAY)
    began = time.monotonic()
    model.fit(evidence)
    print(f"one fit: {time.monotonic() - began:.2f} s, {len(evidence.claims)} claims")
    known, leaky = (replays.at_origins(table, staff, leaky=leak) for leak in (False, True))
    tried = {replays.POOLED: replays.replays(table, known), "leaky": replays.replays(table, leaky)}
    tried |= {way: replays.plain(table, known, way) for way in (replays.BY_STAFF, replays.BY_NAMES, replays.BY_RATE)}
    for name, rows in tried.items():
        for row in replays.summary(rows, name).itertuples():
            print(f"  {name}, {row.quantity}, {row.part}: error {row.error:.4f}, {row.covered} of {row.claims} inside, "
                  f"width {row.width:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
