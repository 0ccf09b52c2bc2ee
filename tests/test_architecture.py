"""The shape of the code: sizes, names, contracts, and who may write."""

import ast
import re
import shutil
import subprocess
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
APPS = ("factbase", "claims", "sources")
MAX_FILE, MAX_FUNCTION = 400, 50
SAYS_NOTHING = {"common", "core", "helpers", "managers", "services", "utils"}

INTERFACES = {
    "admin",
    "api",
    "commands",
    "desk",
    "forms",
    "templatetags",
    "urls",
    "views",
}
WRITES = {
    *("save", "delete", "create", "get_or_create", "update_or_create"),
    *("bulk_create", "bulk_update", "create_user", "create_superuser"),
    *("asave", "adelete", "acreate", "aget_or_create", "aupdate_or_create"),
    *("abulk_create", "abulk_update", "aupdate", "raw_update"),
}
# Where rows and their log entries are written together.
LOG_WRITERS = {"sources/history.py", "sources/engine.py"}
# Rows that the log does not know, so that no entry can be missed.
UNLOGGED = {"ErrorReport", "Suggestion", "SuggestedDerivation", "SuggestedLink"}


def python_files(*folders: str) -> list[Path]:
    """Our own modules, migrations left out."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


OURS = [ROOT / "manage.py", *python_files(*APPS, "tests", "scripts", "benchmarks")]
SITE = python_files(*APPS)


def offenders(paths: list[Path], rule: Callable[[Path], T]) -> dict[str, T]:
    """What a rule finds, by file."""
    return {name_of(path): found for path in paths if (found := rule(path))}


# --- sizes and names ---


def too_many_lines(path: Path) -> int | None:
    lines = len(path.read_text().splitlines())
    return lines if lines > MAX_FILE else None


def long_functions(path: Path) -> list[tuple[str, int]]:
    lengths = [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [(name, lines) for name, lines in lengths if lines > MAX_FUNCTION]


def empty_words(path: Path) -> set[str]:
    return SAYS_NOTHING & {*path.relative_to(ROOT).parts, path.stem}


def test_a_file_fits_in_one_look():
    assert OURS
    assert offenders(OURS, too_many_lines) == {}


def test_a_function_fits_on_one_screen():
    assert offenders(OURS, long_functions) == {}


def test_a_module_is_named_after_what_it_does():
    assert offenders(OURS, empty_words) == {}


# --- ignores ---

IGNORE = re.compile(r"#\s*((ruff:\s*)?noqa|type:\s*ignore|pragma:\s*no (cover|branch))")
IGNORE_WITH_REASON = re.compile(
    r"""
    \#\s ( (ruff:\s)?noqa:\s[A-Z]+\d+(,\s[A-Z]+\d+)*
         | type:\signore\[[\w,\s-]+\]
         | pragma:\sno\s(cover|branch) )
    \s\s\#\s \w.+
    """,
    re.VERBOSE,
)


def unexplained_ignores(path: Path) -> list[str]:
    with path.open("rb") as source:
        comments = [
            token.string
            for token in tokenize.tokenize(source.readline)
            if token.type == tokenize.COMMENT
        ]
    return [
        comment
        for comment in comments
        if IGNORE.match(comment) and not IGNORE_WITH_REASON.match(comment)
    ]


def test_an_ignore_says_why():
    assert offenders(OURS, unexplained_ignores) == {}


def module_of(line: str, folder: Path) -> Path:
    path = folder / "module.py"
    path.write_text(f"{line}\n")
    return path


@pytest.mark.parametrize(
    ("line", "explained"),
    [
        pytest.param("x = 1  # noqa: S603  # our own", True, id="code and reason"),
        pytest.param("x = 1  # noqa: S603", False, id="no reason"),
        pytest.param("x = 1  # noqa", False, id="neither"),
        pytest.param("# ruff: noqa: S603", False, id="a whole file, no reason"),
        pytest.param("x = 1  # type: ignore[arg-type]", False, id="bare type"),
        pytest.param("x = 1  # type: ignore[a-b]  # stubs", True, id="typed reason"),
    ],
)
def test_a_reason_is_recognised(tmp_path: Path, line: str, *, explained: bool):
    assert (unexplained_ignores(module_of(line, tmp_path)) == []) == explained


# --- who writes ---


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    """Every call of a method, with its receiver."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, node.func


def imported_names(tree: ast.Module) -> set[str]:
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def root_name(node: ast.expr) -> str:
    """The name that a chain of attributes and calls begins with."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def is_row_update(call: ast.Call, method: ast.Attribute) -> bool:
    """QuerySet.update() takes keywords only; a dictionary's has none with us."""
    return method.attr == "update" and bool(call.keywords) and not call.args


def keeps_in_memory(call: ast.Call) -> bool:
    """`save(commit=False)` builds a row without writing it."""
    return any(
        keyword.arg == "commit"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is False
        for keyword in call.keywords
    )


def direct_writes(path: Path) -> list[int]:
    """Lines that write a row by themselves instead of calling a process function.

    `module.create(...)` of an imported module is such a process function;
    `user.groups.add(...)` is not.
    """
    tree = ast.parse(path.read_text())
    imported = imported_names(tree)
    return [
        call.lineno
        for call, method in calls(tree)
        if not (isinstance(method.value, ast.Name) and method.value.id in imported)
        and not keeps_in_memory(call)
        and (method.attr in WRITES or is_row_update(call, method) or _joins(method))
    ]


def _joins(method: ast.Attribute) -> bool:
    receiver = method.value
    return (
        method.attr in {"add", "set", "remove", "clear"}
        and isinstance(receiver, ast.Attribute)
        and receiver.attr in {"groups", "permissions", "user_permissions"}
    )


def unlogged_updates(path: Path) -> list[int]:
    """Lines that change rows in bulk past the log."""
    return [
        call.lineno
        for call, method in calls(ast.parse(path.read_text()))
        if (is_row_update(call, method) or method.attr in {"bulk_update", "aupdate"})
        and root_name(method) not in UNLOGGED
    ]


def is_interface(path: Path) -> bool:
    return bool(INTERFACES & {*path.relative_to(ROOT).parts[1:], path.stem})


def test_an_interface_calls_a_process_instead_of_writing():
    interfaces = list(filter(is_interface, SITE))
    assert interfaces
    assert offenders(interfaces, direct_writes) == {}


def test_no_update_goes_past_the_log():
    others = [path for path in SITE if name_of(path) not in LOG_WRITERS]
    assert offenders(others, unlogged_updates) == {}


@pytest.mark.parametrize(
    ("line", "writes"),
    [
        pytest.param("claim.save()", True, id="saving a row"),
        pytest.param("Claim.objects.create(low=1)", True, id="creating a row"),
        pytest.param("Claim.objects.filter(pk=1).delete()", True, id="deleting rows"),
        pytest.param("Claim.objects.update(low=1)", True, id="updating rows"),
        pytest.param("Claim.objects.update(**new)", True, id="updating by dictionary"),
        pytest.param("user.groups.add(chief)", True, id="joining a group"),
        pytest.param("context.update({'low': 1})", False, id="filling a dictionary"),
        pytest.param("bar.update(task, completed=1)", False, id="moving a bar"),
        pytest.param("seen.add(claim)", False, id="filling a set"),
        pytest.param("form.save(commit=False)", False, id="building a row only"),
        pytest.param("import review; review.create(low=1)", False, id="a process"),
        pytest.param("Claim.objects.filter(pk=1).first()", False, id="reading"),
    ],
)
def test_a_write_is_recognised(tmp_path: Path, line: str, *, writes: bool):
    assert bool(direct_writes(module_of(line, tmp_path))) == writes


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        pytest.param("Claim.objects.filter(pk=1).update(low=1)", True, id="logged"),
        pytest.param("rows.bulk_update(claims, ['low'])", True, id="in bulk"),
        pytest.param("Suggestion.objects.update(state=1)", False, id="unlogged"),
        pytest.param("context.update({'low': 1})", False, id="a dictionary"),
    ],
)
def test_an_update_past_the_log_is_recognised(
    tmp_path: Path, line: str, *, refused: bool
):
    assert bool(unlogged_updates(module_of(line, tmp_path))) == refused


# --- import contracts ---


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our packages and contracts, to be violated."""
    folder = tmp_path_factory.mktemp("layout")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for app in APPS:
        ignored = shutil.ignore_patterns("__pycache__", "static", "locale")
        shutil.copytree(ROOT / app, folder / app, ignore=ignored)
    return folder


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(  # noqa: S603  # the checker of our own environment
        [command, "--no-cache", "--no-logo", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_import_contract_is_kept(layout: Path):
    result = lint_imports(layout)
    assert result.returncode == 0, result.stdout


VIOLATIONS = {
    "sources use claims": ("apps", {"sources/policy.py": "import claims"}),
    "claims use the site": ("apps", {"claims/policy.py": "import factbase"}),
    "a claims module uses one above it": (
        "claims",
        {"claims/policy.py": "import claims.urls", "claims/urls.py": ""},
    ),
    "a claims module has no place": ("claims", {"claims/stray.py": ""}),
    "a sources module uses one above it": (
        "sources",
        {"sources/policy.py": "import sources.urls", "sources/urls.py": ""},
    ),
    "a sources module has no place": ("sources", {"sources/stray.py": ""}),
    "text uses Django": ("pure", {"sources/text/spans.py": "import django"}),
    "counting uses Django around a corner": (
        "pure",
        {"claims/quantity/__init__.py": "import sources.policy"},
    ),
    "extraction uses the API framework": (
        "pure",
        {"claims/extraction/rules.py": "import rest_framework"},
    ),
    "a page builds on the API": ("api", {"claims/views/lists.py": "import claims.api"}),
    "two siblings need each other": (
        "acyclic",
        {
            "sources/text/one.py": "import sources.text.other",
            "sources/text/other.py": "import sources.text.one",
        },
    ),
}


@pytest.mark.parametrize(
    ("contract", "additions"), VIOLATIONS.values(), ids=VIOLATIONS.keys()
)
def test_a_violated_contract_is_reported(
    layout: Path, tmp_path: Path, contract: str, additions: dict[str, str]
):
    folder = tmp_path / "violated"
    shutil.copytree(layout, folder)
    for name, line in additions.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        with path.open("a") as module:
            module.write(f"\n{line}\n")
    result = lint_imports(folder, "--contract", contract)
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout
