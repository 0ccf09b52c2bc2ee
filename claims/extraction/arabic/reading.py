"""The rules one after the other, over the sentences of a text."""

from itertools import pairwise

from claims.extraction.arabic import lines, quotations
from claims.extraction.arabic import vocabulary as words_of
from claims.extraction.arabic.drafts import Draft, by_source, kind_of_clause, words_in
from claims.extraction.arabic.endings import Endings
from claims.extraction.arabic.frames import Frame, frame_at
from claims.extraction.arabic.introductions import Introduction, Shape
from claims.extraction.arabic.page import COMMAS, NAME, QUOTED_PART, Page
from claims.extraction.arabic.sources import Source, source_at
from claims.extraction.arabic.speakers import NAME_LENGTH
from claims.extraction.arabic.transcripts import Transcript
from claims.extraction.arabic.vocabulary import CUES
from claims.extraction.marks import Quoted, trimmed
from claims.extraction.proposals import QuoteKind
from sources.text.crowds import Crowd

_RULES = {
    Shape.CLAUSE: "ar.clause",
    Shape.NOMINAL: "ar.nominal",
    Shape.DIRECTIVE: "ar.directive",
}
_TO = frozenset(["الي", "علي", "عن"])
_AS = ["علي", "ما"]
_NOT_BOUND = words_of.ENDS | words_of.TIMES | CUES.keys()
_APART = 6
"""How many words at least there are to each sentence that somebody may be quoted in."""

_DATED = 9
"""How many words a day or a relative clause may have, with the two after it."""
_DAY = 4
"""How many words a day alone may have, with the comma after it."""

_AFTER_SOURCE = 15
"""How many words may stand between a source and what it said."""


def drafts(page: Page) -> list[Draft]:
    """What is said in a text, in order; no two overlap."""
    reader, crowd = _Reader(page), Crowd(apart=_APART)
    for sentence in page.sentences:
        has_events = page.has_events(sentence)
        if not (has_events and crowd.holds(sentence.start)):
            reader.read(sentence)
    return reader.found


class _Reader:
    """Reads sentence after sentence; nothing before ``done`` is read again."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.forms = page.forms
        self.endings = Endings(page)
        self.transcript = Transcript(page)
        self.found: list[Draft] = []
        self.last: Draft | None = None
        self.done = 0
        self.goes_on = False

    def read(self, sentence: range) -> None:
        """Find the quotes that begin in a sentence."""
        page, start = self.page, max(sentence.start, self.done)
        may_go_on, self.goes_on = self.goes_on, False
        if start >= sentence.stop:
            self.goes_on = may_go_on
            return
        whole = start == sentence.start
        if draft := (
            (whole and self.transcript.turn(start))
            or (whole and lines.headline(page, sentence))
            or (whole and lines.verbatim_line(page, self.last, start))
            or (may_go_on and lines.continuation(page, start, self.endings))
            or (whole and lines.actor(page, sentence, start))
        ):
            self._keep(draft)
        for index in page.events_in(start, sentence.stop):
            if index >= self.done and (draft := self._event(index, sentence)):
                self._keep(draft)

    def _keep(self, draft: Draft) -> None:
        """Add what was found, without the marks at its edges."""
        self.done = max(self.done, draft.done)
        if not draft.rule:
            self.found.append(draft)
            return
        inner = trimmed(self.page.words, draft.inner)
        if not inner:
            return
        if inner != draft.inner:
            clitic = draft.clitic if inner.start == draft.inner.start else 0
            draft = draft._replace(inner=inner, clitic=clitic)
        self.last = draft
        self.found.append(draft)
        self.goes_on = draft.rule in ("ar.clause", "ar.continuation")

    def _event(self, index: int, sentence: range) -> Draft | None:
        if each := self.page.opening.get(index):
            return self._quotation(each)
        before = self.forms[max(index - 3, 0) : index]
        is_beside = before[1:] == _AS and before[0] in COMMAS
        if self.forms[index] in CUES and not is_beside:
            return self._verb(index)
        source = source_at(self.page, index - 2 * is_beside)
        return self._source(source, sentence) if source else None

    # --- verbs ---

    def _verb(self, index: int) -> Draft | None:
        frame = frame_at(self.page, index)
        if frame is None:
            return None
        if frame.subject:
            self.endings.surnames.add(self.forms[frame.subject.end - 1])
        if frame.introduction:
            return self._said(frame, frame.introduction)
        if frame.subject is None:
            return None
        return _by(frame, "", range(0), 0)

    def _said(self, frame: Frame, begin: Introduction) -> Draft:
        """The words that a frame introduces."""
        start, each = begin.start, begin.quotation
        if each and self._is_all(begin, each):
            inner = words_in(self.page, each)
            if each.closer is not None:
                return _by(frame, "ar.marked.after-cue", inner, each.closer)
            end = min(inner.stop, self.endings.of_verbatim(inner.start))
            return _by(frame, "ar.marked.unclosed", range(inner.start, end), end)
        if begin.shape is Shape.COLON:
            end = self.endings.of_verbatim(start)
            return _by(frame, "ar.colon", range(start, end), end)
        has_verb = begin.shape is Shape.CLAUSE
        end = self.endings.of_told_clause(start, has_verb=has_verb)
        kind = kind_of_clause(self.page, start, end)
        inner = range(start, end)
        return _by(frame, _RULES[begin.shape], inner, end, kind, begin.clitic)

    def _is_all(self, begin: Introduction, each: Quoted) -> bool:
        """Whether a quotation at the beginning is all that was said."""
        if begin.shape is Shape.MARK or each.closer is None:
            return begin.shape in (Shape.MARK, Shape.CLAUSE)
        after = each.closer + 1
        if self._goes_on_in_marks(begin, after):
            return False
        cue = None if self.page.at_edge(after) else CUES.get(self.forms[after])
        ends = self.page.at_edge(after) or (cue and (cue.joined or not cue.is_finite))
        return bool(ends) and self.page.n_words(each.inner) >= QUOTED_PART

    def _goes_on_in_marks(self, begin: Introduction, after: int) -> bool:
        """Whether a clause is quoted piece by piece: إن “…”، فيما “…” أمس."""
        mark, link = map(self.page.words.form, (after, after + 1))
        is_linked = mark in COMMAS and link in words_of.BETWEEN_PIECES
        return (
            begin.shape is Shape.CLAUSE and is_linked and after + 2 in self.page.opening
        )

    # --- quotations and sources ---

    def _quotation(self, each: Quoted) -> Draft | None:
        n_words = self.page.n_words(each.inner)
        if each.closer is None or n_words < NAME or self._names_office(each, n_words):
            return None
        found = quotations.following_quotation(self.page, self.last, each)
        found = found or quotations.followed_by_source(self.page, each)
        if found is None and n_words >= QUOTED_PART:
            self.done = each.closer + 1
        return found

    def _names_office(self, each: Quoted, n_words: int) -> bool:
        """Whether a few words in marks tell which office it is: فريق “منسقو النهر”."""
        before = self.page.words.form(each.opener - 1)
        return n_words <= NAME_LENGTH and before in words_of.BODY

    def _source(self, source: Source, sentence: range) -> Draft | None:
        """What a source said that is named after it, or before it."""
        page, cue = self.page, source.cue
        if cue.start <= sentence.start:
            return self._said_after(source, sentence)
        is_last = self.forms[cue.start - 1] in COMMAS or source.end >= sentence.stop
        is_inserted = self._is_inserted(source, sentence)
        if self.done > sentence.start or not (is_last or is_inserted):
            return None
        end = cue.start
        if is_inserted:
            end = self.endings.of_clause(source.end)
        kind = kind_of_clause(page, sentence.start, end)
        inner = range(sentence.start, end)
        return by_source(source, "ar.according-to", inner, kind)

    def _is_inserted(self, source: Source, sentence: range) -> bool:
        """Whether it splits a clause: يتعلق الأمر، حسب المصادر، بتاجر."""
        end = source.end
        if end + 1 >= sentence.stop or self.forms[end] not in COMMAS:
            return False
        after = self.forms[end + 1]
        is_bound = after[0] == "ب" and len(after) > 3  # noqa: PLR2004  # not بل
        return after in _TO or (is_bound and after not in _NOT_BOUND)

    def _said_after(self, source: Source, sentence: range) -> Draft | None:
        """وبحسب المرصد فإن …, ووفقا للمرصد، …."""
        page, start = self.page, self._begin_after(source, sentence)
        if start is None:
            return None
        each = page.opening.get(start)
        if each and each.closer and page.at_edge(each.closer + 1):
            inner = words_in(page, each)
            return by_source(source, "ar.marked.after-cue", inner, QuoteKind.DIRECT)
        inner = range(start, self.endings.of_clause(start))
        kind = kind_of_clause(page, start, inner.stop)
        return by_source(source, "ar.according-to", inner, kind)

    def _begin_after(self, source: Source, sentence: range) -> int | None:
        end = min(sentence.stop - 1, source.end + _AFTER_SOURCE)
        for index in range(source.end, end):
            form = self.forms[index]
            is_verb = form in CUES and form not in words_of.ENDS  # عبر is "via" too
            if is_verb and not self._tells_of(source, index):
                return None
            if self._is_that(index):
                return index + 1
            if form in COMMAS or form == ":":
                if self._is_inserted_at(index + 1):
                    continue
                return index + 1 + self._is_that(index + 1)
        return None

    def _is_inserted_at(self, index: int) -> bool:
        """Whether words between commas tell what a source rests on, the day, or which."""
        form, near = self.forms[index], self.forms[index : index + _DATED]
        if form in words_of.TIMES and not COMMAS.isdisjoint(near[:_DAY]):
            return True
        is_apart = any(
            mark in COMMAS and so in words_of.SO_THAT for mark, so in pairwise(near)
        )
        is_set_apart = form in words_of.TIMES or form in words_of.RELATIVES
        return form in words_of.BASED_ON or (is_set_apart and is_apart)

    def _tells_of(self, source: Source, index: int) -> bool:
        """Whether a verb tells of a source: مصدر تحدث لنا, الصحيفة التي أوردت النبأ."""
        after = self.page.words.form(index + 1)
        if self.forms[index - 1] in words_of.RELATIVES:
            return after not in words_of.THAT
        return index == source.end and after.startswith("ل")

    def _is_that(self, index: int) -> bool:
        return self.forms[index] in words_of.SO_THAT or self.page.is_that(index)


def _by(
    frame: Frame,
    rule: str,
    inner: range,
    done: int,
    kind: QuoteKind = QuoteKind.DIRECT,
    clitic: int = 0,
) -> Draft:
    """A draft of what the subject of a frame said."""
    return Draft(
        rule,
        inner,
        done,
        kind,
        clitic,
        range(frame.place, frame.place + 1),
        frame.cue,
        frame.subject,
        frame.apposition,
    )
