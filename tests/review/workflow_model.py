"""What the workflow is, in memory, and nothing of how it is stored."""

from dataclasses import dataclass, field

#: People 0 and 1 hold every role, person 2 only reviews.
REVIEWER = 2
APPROVALS = 2


@dataclass
class Told:
    """An article: its text, whether it was taken back, and the quote proposed in it."""

    number: int
    text: str
    origin: "Told | None" = None
    is_retracted: bool = False
    proposed: str = "OPEN"
    dismissed_by: int | None = None

    def rests_on(self, other: "Told") -> bool:
        return self is other or bool(self.origin and self.origin.rests_on(other))


@dataclass
class Said:
    """A statement; `read` is the version on the page that somebody has open."""

    article: Told
    hands: set[int]
    replaces: "Said | None" = None
    status: str = "RECORDED"
    version: int = 1
    read: int = 1
    approvals: set[int] = field(default_factory=set)
    is_sent_back: bool = False

    def edit(self, person: int) -> bool:
        if self.status != "RECORDED" or person == REVIEWER:
            return False
        self.hands.add(person)
        return self._move("RECORDED", "RECORDED")

    def approve(self, person: int) -> bool:
        if not self._may_review(person) or person in self.approvals:
            return False
        if len(self.approvals) + 1 < APPROVALS:
            self.approvals.add(person)
            return True
        if self.replaces and not self.replaces._move("PUBLISHED", "WITHDRAWN"):
            return False
        return self._move("RECORDED", "PUBLISHED")

    def send_back(self, person: int) -> bool:
        if not self._may_review(person) or person in self.approvals:
            return False
        self.is_sent_back = True
        return True

    def discard(self, _person: int) -> bool:
        return self._move("RECORDED", "DISCARDED")

    def withdraw(self, person: int) -> bool:
        return person != REVIEWER and self._move("PUBLISHED", "WITHDRAWN")

    def _may_review(self, person: int) -> bool:
        waits = self.status == "RECORDED" and not self.is_sent_back
        return waits and person not in self.hands

    def _move(self, before: str, after: str) -> bool:
        if self.status != before:
            return False
        self.status, self.version = after, self.version + 1
        self.approvals, self.is_sent_back = set(), False
        return True
