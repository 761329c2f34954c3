"""From executed notebooks to results, book and summary."""
