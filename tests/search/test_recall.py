"""The index finds what reading every text finds, of either engine."""

import random

import pytest

from sources.text.terms import parse
from tests.search.test_cases import CASES, indexed, keys_of

pytestmark = pytest.mark.django_db

SEED, N_TEXTS, N_QUESTIONS = 20220127, 60, 1_000


@pytest.mark.drill
def test_a_thousand_questions_find_what_reading_all_texts_finds():
    chance = random.Random(SEED)  # noqa: S311  # not for secrets
    words = [word for case in CASES for word in case.values[0].split()]
    texts = [
        " ".join(chance.choices(words, k=chance.randint(5, 25))) for _ in range(N_TEXTS)
    ]
    indexed(texts)
    n_found = 0
    for _ in range(N_QUESTIONS):
        some = chance.choice(texts).split()
        at = chance.randrange(len(some) - 1)
        one, two = some[at], chance.choice(words)
        asked = chance.choice(
            [one, f"{one} {two}", f'"{one} {some[at + 1]}"', f"{one[:3]}*"]
        )
        exact = chance.random() < 0.3
        query = parse(asked, exact=exact)
        if not query:
            continue
        alone = [type(query)((part,), exact) for part in query.parts]
        read = {
            n for n, text in enumerate(texts, 1) if all(e.spans(text) for e in alone)
        }
        assert keys_of(asked, exact=exact) == read, asked
        n_found += len(read)
    assert n_found > N_QUESTIONS
