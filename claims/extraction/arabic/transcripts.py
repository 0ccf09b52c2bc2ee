"""The turns of an interview: المذيع: … and then شامي: …, or س: … and ج: …."""

from collections import Counter
from collections.abc import Iterator

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.drafts import Draft
from claims.extraction.arabic.page import Page
from claims.extraction.arabic.speakers import phrase_at
from claims.extraction.arabic.vocabulary import CUES

_LONGEST_LABEL = 5
_LETTERS = frozenset(("س", "ج"))
_TWICE = 2
_QUESTIONS = frozenset("؟?")


class Transcript:
    """The lines of a text that are turns of a conversation.

    They are where two labels stand twice each, or the letters for question and answer,
    and somebody is asked something.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        colons = dict(_labelled(page)) if ":" in page.words.vocabulary else {}
        labels = Counter(self._label(*each) for each in colons.items())
        spoken = {
            label
            for label, n in labels.items()
            if n >= _TWICE or _LETTERS.issuperset(label)
        }
        turns = {
            start: colon
            for start, colon in colons.items()
            if self._label(start, colon) in spoken
        }
        is_asked = any(self._asks(colon) for colon in turns.values())
        self._turns = turns if len(spoken) >= _TWICE and is_asked else {}

    def turn(self, start: int) -> Draft | None:
        """What is said in the line that begins at a word, if it is a turn."""
        colon = self._turns.get(start)
        if colon is None:
            return None
        end = self.page.paragraph_end(start)
        is_letter = _LETTERS.issuperset(self._label(start, colon))
        return Draft(
            "ar.transcript",
            range(colon + 1, end),
            end,
            cue=range(colon, colon + 1),
            speaker=None if is_letter else phrase_at(self.page, start, colon),
        )

    def _label(self, start: int, colon: int) -> tuple[str, ...]:
        return tuple(self.page.forms[start:colon])

    def _asks(self, colon: int) -> bool:
        end = self.page.paragraph_end(colon)
        return self.page.forms[end - 1] in _QUESTIONS


def _labelled(page: Page) -> Iterator[tuple[int, int]]:
    """Where each line begins that has a few words and a colon in front, and the colon."""
    for paragraph in page.words.paragraphs:
        start, end = paragraph.start, paragraph.stop
        near = page.forms[start : min(start + _LONGEST_LABEL + 1, end - 1)]
        label = near[: near.index(":")] if ":" in near else []
        is_name = label and all(form.isalpha() and form not in CUES for form in label)
        if is_name and label[0] not in words_of.NOT_HEADLINES:
            yield start, start + len(label)
