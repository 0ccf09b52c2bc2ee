"""The page docs/states.md: the workflow and who may do what, read from their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.models import SuggestionStatus
from claims.review import TRANSITIONS
from factbase.policy import ACTS
from sources.policy import UserRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claims.review import Transition

_PAGE = """\
# States, and who may do what

Made from `claims.review.TRANSITIONS`, `claims.policy.ACTS` and `sources.policy.ACTS`
by `make docs`; edit those.

## Quotes, claims and assessments

```mermaid
stateDiagram-v2
    [*] --> RECORDED: {recorders}
{arrows}
```

{steps}

Until its approval a statement may be edited. An edit makes a new version, and reviews
of earlier versions are void. A reviewer may also send a version back with a note: it
stays RECORDED, and waits for the recorder's edit. Nobody reviews what they recorded or
edited themselves. Published content is never altered: a correction is a new statement
that replaces it. The database keeps all of this too, by triggers.

## Suggestions

```mermaid
stateDiagram-v2
    [*] --> {open}: a rule proposes
{decisions}
```

Accepting or changing a suggestion records a statement; dismissing one counts against
its rule. Who decides: {deciders}.

## Who may do what

Everyone, without an account, sees what is published or withdrawn and what that
reaches: the article, the speaker, the source, the event, the measure.

{acts}
"""


def page() -> str:
    """Return the text of the page."""
    decided = [status for status in SuggestionStatus if status != SuggestionStatus.OPEN]
    return _PAGE.format(
        recorders=_who("record statement"),
        arrows="\n".join(map(_arrow, TRANSITIONS)),
        steps=_table(("step", "from", "to", "who", "needs"), map(_step, TRANSITIONS)),
        open=SuggestionStatus.OPEN,
        decisions="\n".join(f"    {SuggestionStatus.OPEN} --> {to}" for to in decided),
        deciders=_who("decide on a suggestion"),
        acts=_table(("act", *(role.label for role in UserRole)), map(_act, ACTS)),
    )


def _arrow(step: Transition) -> str:
    return f"    {step.before} --> {step.after}: {step.label}"


def _step(step: Transition) -> tuple[str, ...]:
    return (
        str(step.label),
        step.before,
        step.after,
        _who_steps(step.act),
        str(step.needs),
    )


def _act(act: str) -> tuple[str, ...]:
    return (act, *("yes" if role in ACTS[act] else "" for role in UserRole))


def _who_steps(act: str) -> str:
    """Return who may take a step, and who with what they recorded themselves."""
    own = act.replace(" ", " own ", 1)
    return f"{_who(act)}; with their own: {_who(own)}" if own in ACTS else _who(act)


def _who(act: str) -> str:
    """Return the roles that may do an act, in the order of the roles."""
    return ", ".join(str(role.label) for role in UserRole if role in ACTS[act])


def _table(heading: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
