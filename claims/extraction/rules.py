"""The rules by id: what each reads, why it is believed, how often it is right.

The tables are `lexicon/rules_*.tsv`: id, yields (quote or claim), confidence, the
explanation in English and in Arabic. The confidence is the rule's precision on 48
annotated news articles of as many outlets (`benchmarks/score_extraction.py`), drawn towards
0.8 by three imagined cases: (right + 2.4) / (proposed + 3). So a rule that was seldom
met is not believed, nor doubted, for one sentence. Distances are not annotated there, so
`claim.measure` counts as never met; a split quotation counts as right as one quote.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

from sources.text import lexicon

_LISTS = "claims.extraction.lexicon"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `confidence` is its measured precision, 0 to 1 in thousandths."""

    id: str
    yields: str
    confidence: Decimal
    why_en: str
    why_ar: str

    def why(self, language: str) -> str:
        """Why the rule proposes what it does, in "ar" or else in English."""
        return self.why_ar if language == "ar" else self.why_en


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id."""
    return {
        row[0]: Rule(row[0], row[1], Decimal(row[2]), row[3], row[4])
        for name in lexicon.names(_LISTS, "rules_")
        for row in lexicon.rows(_LISTS, name)
    }


@cache
def rule_set() -> str:
    """The version of the rules: it changes with any line of them or of their lists.

    Reads the files of both reading packages, once.
    """
    digest = hashlib.sha256()
    for package in ("claims.extraction", "claims.quantity", "sources.text"):
        for path in sorted(_files(Path(str(resources.files(package))))):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> list[Path]:
    return [*folder.rglob("*.py"), *folder.rglob("*.tsv")]
