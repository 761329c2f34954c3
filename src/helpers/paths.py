"""Where things lie in a clone of the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
RAW = DATA / "raw"
BUILD = ROOT / "build"
EDITIONS = ROOT / "editions"
NOTEBOOKS = ROOT / "notebooks"
