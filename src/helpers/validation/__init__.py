"""Every estimator against invented wars whose truth is known: settings, single trials, the sweep, and its summary."""
