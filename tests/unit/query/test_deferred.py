"""Modules of Whoosh that wait are, for everybody, the modules that they are."""

import json
import subprocess
import sys
from typing import Any

PROGRAM = """
import json, pickle, sys
import indexer.query
import whoosh.query
from whoosh.analysis import StemmingAnalyzer
morph_en, porter = sys.modules["whoosh.lang.morph_en"], sys.modules["whoosh.lang.porter"]
loaded = ["rules" in vars(morph_en), "_mgr0" in vars(porter)]
stemmed = [token.text for token in StemmingAnalyzer()("fishes swimming")]
import whoosh.lang.morph_en, whoosh.lang.porter
told = {
    "loaded": loaded,
    "stemmed": stemmed,
    "one": whoosh.lang.porter is porter and whoosh.lang.morph_en is morph_en,
    "same": pickle.loads(pickle.dumps(porter.stem)) is porter.stem,
    "variations": sorted(morph_en.variations("render")),
    "rest": len(morph_en.rules),
    "strange": hasattr(porter, "nothing"),
}
print(json.dumps(told))
"""
PLAIN = """
import json
from whoosh.analysis import StemmingAnalyzer
from whoosh.lang.morph_en import rules, variations
stemmed = [token.text for token in StemmingAnalyzer()("fishes swimming")]
print(json.dumps({"stemmed": stemmed, "variations": sorted(variations("render")), "rest": len(rules)}))
"""


def run(program: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_module_that_waits_is_the_module_once_it_is_used() -> None:
    told = run(PROGRAM)
    assert told["loaded"] == [False, False]
    assert told["one"]
    assert told["same"]
    assert not told["strange"]
    plain = run(PLAIN)
    assert {name: told[name] for name in plain} == plain
