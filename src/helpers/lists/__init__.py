"""From rows of raw lists to people."""
