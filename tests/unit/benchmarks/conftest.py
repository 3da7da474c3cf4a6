"""Lets the tests of the benchmarks import them, which no installed package holds."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
