"""Which claims seem to be of one measure, and which statements one utterance.

Candidates are found by keys that are stored, never by comparing all with all; what a
person refused is not suggested again. `claims.linking` does what a person decides.
"""

from claims.matching.finding import Counts, follow, refresh
from claims.matching.reasons import reasons

__all__ = ["Counts", "follow", "reasons", "refresh"]
