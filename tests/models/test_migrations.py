"""The guards come and go with their migrations."""

from django.core.management import call_command

from sources import engine


def test_the_guards_leave_with_their_migration_and_come_back(committed_db):  # noqa: ARG001  # commits
    before = engine.installed_triggers()
    call_command("migrate", "claims", "0001", verbosity=0, skip_checks=True)
    without_claims = engine.installed_triggers()
    call_command("migrate", "sources", "0001", verbosity=0, skip_checks=True)
    without_any = engine.installed_triggers()
    call_command("migrate", verbosity=0, skip_checks=True)

    assert {name.split("_")[0] for name in before} == {"sources", "claims"}
    assert {name.split("_")[0] for name in without_claims} == {"sources"}
    assert without_any == set()
    assert engine.installed_triggers() == before
