"""`python -m helpers.simulate` writes data/lists/invented.csv anew."""

from helpers.paths import ROOT
from helpers.simulate.files import write_default

if __name__ == "__main__":
    print(write_default().relative_to(ROOT))
