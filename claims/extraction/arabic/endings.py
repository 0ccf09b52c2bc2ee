"""Where the words of a speaker end and the reporter speaks again."""

from dataclasses import dataclass, field

from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.frames import frame_at
from claims.extraction.arabic.introductions import Shape
from claims.extraction.arabic.page import COMMAS, Page
from claims.extraction.arabic.sources import source_at
from claims.extraction.arabic.vocabulary import CUES, Cue
from sources.text.words import places

_PAUSES = COMMAS.union("-–—")
_NOT = frozenset(["ولم", "لم"])
_COMMENTED = frozenset(["يعلق", "تعلق", "يرد", "ترد", "يصدر", "تصدر", "يتسن"])
_MEANWHILE = frozenset(["بينما", "فيما"])
_ABOUT = frozenset(["يتعلق", "يخص", "يتصل", "يلي", "بعد", "بين", "لو", "اذا"])
_THAT_TOO = words_of.FURTHER | words_of.THAT
OPENING = 6
"""How many words at the beginning of a sentence may tell that somebody speaks."""


@dataclass
class Endings:
    """Finds the ends; ``surnames`` are the last words of all speakers so far."""

    page: Page
    surnames: set[str] = field(default_factory=set)

    def of_clause(self, start: int, *, has_verb: bool = True) -> int:
        """Where a reported clause ends: with its sentence, or before the next report.

        A quotation within it is passed over. A noun has no verb that another one could
        be joined to: أكد أهمية الحوار ودعا إلى عقده.
        """
        limit, skip = self.page.sentence_at(start).stop, start
        for index in self.page.events_in(start, limit):
            if index < skip:
                continue
            if each := self.page.opening.get(index):
                skip = (each.closer or index) + 1
                is_said = index == start or self.page.n_words(each.inner) > 1
                if is_said and skip < limit and self._is_explained(skip):
                    return skip
            elif index > start and self._reporter_speaks(
                index, limit, has_verb=has_verb
            ):
                return self._comma_before(index - self._has_two_words(index))
        return limit

    def of_told_clause(self, start: int, *, has_verb: bool = True) -> int:
        """Likewise, or before what goes on meanwhile: إن …، بينما لا يزال الطريق مغلقا."""
        end, forms = self.of_clause(start, has_verb=has_verb), self.page.forms
        for count in places(forms[start:end], _MEANWHILE):
            index = start + count
            if self._is_aside(index) and _THAT_TOO.isdisjoint(forms[index:end]):
                return index - 1
        return end

    def _is_aside(self, index: int) -> bool:
        """Whether "meanwhile" after a comma, outside marks, begins the reporter's own."""
        before, after = map(self.page.words.form, (index - 1, index + 1))
        is_apart = before in COMMAS and index + 1 not in self.page.opening
        is_about = after in _ABOUT
        return is_apart and not is_about and not self.page.quotation_over(index)

    def of_verbatim(self, start: int) -> int:
        """Where words without marks end: with the line, or before the next report."""
        end = self.page.paragraph_end(start)
        for sentence in self.page.sentences_in(start, end):
            if sentence.start > start and self._begins_with_report(sentence):
                return sentence.start
            cut = self.of_clause(max(start, sentence.start))
            if cut < sentence.stop:
                return cut
        return end

    def _begins_with_report(self, sentence: range) -> bool:
        first, second = [*self.page.forms[sentence.start : sentence.start + 2], ""][:2]
        if first in _NOT and second in _COMMENTED:
            return True
        end = min(sentence.stop, sentence.start + OPENING)
        for place in self.page.events_in(sentence.start, end):
            if self.page.forms[place] in words_of.BEFORE_SOURCE:
                return True
            frame = frame_at(self.page, place) if self._is_cue(place) else None
            if frame and frame.introduction:
                return True
        return False

    def _is_cue(self, index: int) -> bool:
        return self.page.forms[index] in CUES

    def _reporter_speaks(self, index: int, limit: int, *, has_verb: bool) -> bool:
        """Whether the reporter speaks again from a word on."""
        forms = self.page.forms
        if forms[index] in words_of.ASIDES and forms[index - 1] in COMMAS:
            return True
        cue = CUES.get(forms[index])
        if cue and forms[index - 1] not in words_of.TOLD:
            return self._is_next_report(index, cue, has_verb=has_verb)
        if self._names_again(index):
            return forms[index - 1] in COMMAS
        source = source_at(self.page, index)
        if source is None:
            return False
        return forms[source.cue.start - 1] in _PAUSES or source.end >= limit

    def _is_explained(self, comma: int) -> bool:
        """Whether the reporter explains what was quoted: “…”، من دون أن يحدد."""
        mark, *after = [*self.page.forms[comma : comma + 3], "", ""][:3]
        return mark in COMMAS and after[after[0] == "من"] in words_of.ASIDES_AFTER_MARKS

    def _names_again(self, index: int) -> bool:
        """Whether a known speaker does something else: كما قدم كاغينز."""
        forms = self.page.forms
        subject = forms[index + 2 : index + 3]
        return forms[index] == "كما" and not self.surnames.isdisjoint(subject)

    def _is_next_report(self, index: int, cue: Cue, *, has_verb: bool) -> bool:
        """Whether a verb gives other words than those of the clause it stands in."""
        if self.page.forms[index - 1] in words_of.RELATIVES or "W" in cue.frames:
            return False
        if cue.is_finite and not cue.joined and self._follows_quotation(index):
            return False
        after_comma = self._comma_before(index) != index
        if after_comma and not cue.is_finite:
            return True
        frame = frame_at(self.page, index)
        if frame is None or frame.introduction is None:
            return False
        shape = frame.introduction.shape
        if after_comma or not cue.is_finite:
            return after_comma or shape is not Shape.DIRECTIVE
        return cue.joined and (not has_verb or shape in (Shape.MARK, Shape.COLON))

    def _follows_quotation(self, index: int) -> bool:
        """Whether no more than a mark stands before: “الوثائق” تشير إلى أن."""
        is_mark = not self.page.forms[index - 1].isalnum()
        return is_mark and self.page.quotation_over(index - 1) is not None

    def _has_two_words(self, index: int) -> bool:
        """Whether what introduces a source begins a word before: على حد قوله."""
        return self.page.forms[index - 1 : index + 1] == ["علي", "حد"]

    def _comma_before(self, index: int) -> int:
        """The comma before "and meanwhile he …", or else the place itself."""
        forms, place = self.page.forms, index
        while self.page.is_linker(place - 1) and index - place < OPENING:
            place -= 1
        return index if forms[place - 1].isalnum() else place - 1
