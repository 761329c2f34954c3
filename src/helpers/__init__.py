"""The parts that the notebooks of By Name are made of."""
