"""How fast `manage.py import_articles` is, and that its memory stays flat.

    FACTBASE_DATA=$(mktemp -d) python benchmarks/import_articles.py [ARTICLES]
    python tests/private_postgres.py python benchmarks/import_articles.py [ARTICLES]

Writes invented articles in Arabic and English, one in ten a republication, and brings
them into an empty base: a quarter, then all, then all once more, each by a process of
its own, whose peak memory counts. The articles of the quarter are unchanged when they
come again, so the rates of the second run are of those that are new.
"""  # noqa: INP001  # a script, in no package

import io
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = 10_000
SEED = 20220127
SENTENCES = 24

VOCABULARY = 2_000
SYLLABLES = {
    "en": "ba den fir gol har im ko lan mer nu or pel ran sal tor ul ver wil",
    "ar": "با دن في جو حا را كو لا مر نو سي بل طا عر تو ود هم قي",
}
SENTENCE = {
    "en": (
        "The {} and the {} of {} near the {} closed after the {}.",
        "“The {} is behind the {} and the {},” said the {} of {}.",
        "About {n} people from the {} of {} reached the {} by the {} before {}.",
    ),
    "ar": (
        "أغلق {} و{} قرب {} بعد {} في {}.",
        "وقال ناطق باسم {}: «إن {} خلف {} و{}» قبل {}.",
        "وصل نحو {n} شخصا من {} إلى {} عبر {} قبل {}.",
    ),
}


def words_of(language: str, chance: random.Random) -> list[str]:
    """Return invented words of a language."""
    syllables = SYLLABLES[language].split()
    return ["".join(chance.choices(syllables, k=3)) for _ in range(VOCABULARY)]


def text_of(language: str, words: list[str], chance: random.Random) -> str:
    """Return an invented text of the length of news, in paragraphs."""
    sentences = [
        chance.choice(SENTENCE[language]).format(
            *chance.choices(words, k=5), n=chance.randrange(3, 4000)
        )
        for _ in range(SENTENCES)
    ]
    return "\n\n".join(" ".join(sentences[n : n + 3]) for n in range(0, SENTENCES, 3))


def records(n_articles: int) -> Iterator[dict[str, str]]:
    """Yield the articles, the same in every run."""
    chance = random.Random(SEED)  # noqa: S311  # the same articles in every run
    words = {language: words_of(language, chance) for language in SYLLABLES}
    earlier: list[str] = []
    for number in range(n_articles):
        language = chance.choice(("ar", "en"))
        text = text_of(language, words[language], chance)
        if earlier and number % 10 == 0:
            text = f"{chance.choice(earlier)}\n\n{text[:200]}"
        earlier = [*earlier[-99:], text]
        yield {
            "title": text[:60].partition("\n")[0],
            "text": text,
            "url": f"https://outlet-{number % 50}.example/{number}",
            "language": language,
            "published": f"2022-{1 + number % 12:02}-{1 + number % 28:02}",
        }


def set_up() -> None:
    """Set Django up, wherever the script is started."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    import django  # noqa: PLC0415  # needs the path above

    django.setup()


def measure(path: str) -> None:
    """Import a file in this process and print what it took."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path

    out = io.StringIO()
    start, start_cpu = time.perf_counter(), time.process_time()
    call_command("import_articles", path, json=True, stdout=out)
    counts = json.loads(out.getvalue())
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    print(json.dumps([counts, seconds, cpu, peak()]))  # noqa: T201  # the result


def peak() -> float:
    """Return the most memory this process ever had, in MiB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def report(path: Path) -> None:
    """Import a file in a process of its own and print a line about it."""
    result = subprocess.run(  # noqa: S603  # this very script
        [sys.executable, __file__, "--measure", path],
        stdout=subprocess.PIPE,
        check=True,
    )
    counts, seconds, cpu, mebibytes = json.loads(result.stdout)
    rate = (counts["new"] or counts["read"]) / seconds
    each = 1000 * cpu / (counts["new"] or counts["read"])
    print(  # noqa: T201  # the result
        f"{counts['read']:>7,} read  {counts['new']:>7,} new  {rate:>7,.1f} articles/s  "
        f"{each:.1f} ms of this process each  peak {mebibytes:.0f} MiB  "
        f"{counts['offers']:,} offers  "
        f"{counts['suggestions']:,} suggestions"
    )


def an_editor() -> None:
    """Add the account that brings the articles in."""
    from django.contrib.auth.models import Group, User  # noqa: PLC0415  # needs Django

    editor = User.objects.create_user("editor")
    editor.groups.add(Group.objects.get_or_create(name="editor")[0])


def main(n_articles: int) -> None:
    """Import a quarter of the articles, all of them, and all of them again."""
    from django.core.management import call_command  # noqa: PLC0415  # needs the path

    call_command("migrate", verbosity=0)
    an_editor()
    lines = [
        json.dumps(each, ensure_ascii=False) + "\n" for each in records(n_articles)
    ]
    with TemporaryDirectory() as folder:
        for name, n in (("quarter", n_articles // 4), ("all", None), ("again", None)):
            path = Path(folder, f"{name}.ndjson")
            path.write_text("".join(lines[:n]), encoding="utf-8")
            report(path)


if __name__ == "__main__":
    set_up()
    match sys.argv[1:]:
        case ["--measure", path]:
            measure(path)
        case [n_articles]:
            main(int(n_articles))
        case _:
            main(ARTICLES)
