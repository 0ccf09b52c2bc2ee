"""Whatever lets somebody do something, and is in no policy table, does not start."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpResponse
from django.urls import path

from claims.models import Claim, Suggestion
from factbase import checks, policy
from sources.admin.steps import Step
from sources.forms import StepForm
from sources.models import Article


def desk(model: Any = Claim) -> Any:
    return admin.site.get_model_admin(model)


def a_step(verb: str, *acts: str) -> Step:
    return Step(verb=verb, label=verb, form=StepForm, run=print, acts=acts)


def refusals() -> list[str]:
    found = checks.every_act_of_the_desk_is_declared()
    assert {each.id for each in found} <= {"factbase.E008"}
    return [each.msg for each in found]


def with_address(owner: Any, address: Any) -> Any:
    def get_urls(self: Any) -> list[Any]:
        return [address, *type(owner).get_urls(self)]

    return get_urls.__get__(owner)


# --- routes ---


def test_every_route_is_declared():
    assert checks.every_route_has_a_policy() == []


def test_a_route_without_a_policy_and_a_policy_without_a_route_are_found(monkeypatch):
    monkeypatch.delitem(policy.ROUTES, "about")
    monkeypatch.setitem(policy.ROUTES, "cellar", None)
    found = checks.every_route_has_a_policy()
    assert [each.msg for each in found] == [
        "Route and policy differ: about.",
        "Route and policy differ: cellar.",
    ]
    assert {each.id for each in found} == {"factbase.E002"}


# --- acts of the desk ---


def test_all_that_the_desk_lets_do_is_declared():
    assert refusals() == []


@pytest.mark.parametrize("kind", ["adding", "changing", "removing"])
def test_an_act_of_an_admin_is_found_in_no_table(monkeypatch, kind):
    monkeypatch.setattr(desk(), kind, "burn")
    assert refusals() == [f"{kind.capitalize()}: no policy declares “burn”."]


def test_a_table_of_an_admin_s_own_declares_nothing(monkeypatch):
    monkeypatch.setattr(desk(), "table", {**desk().table, "burn": {"chief"}})
    monkeypatch.setattr(desk(), "adding", "burn")
    assert refusals() == ["Adding: no policy declares “burn”."]


def test_an_act_that_the_admin_s_table_lacks_is_found(monkeypatch):
    monkeypatch.setattr(desk(), "adding", "add source")
    assert refusals() == ["Adding: no policy declares “add source”."]


def test_a_step_without_a_declared_act_is_found(monkeypatch):
    steps = (
        a_step("burn", "review", "burn"),
        a_step("drown"),
        a_step("read", "review"),
    )
    monkeypatch.setattr(desk(), "steps", steps)
    assert refusals() == [
        "The step “burn”: no policy declares “burn”.",
        "The step “drown”: asks for no act.",
    ]


@pytest.mark.parametrize("actions", [(), ("burn",)])
def test_actions_of_a_list_are_found_the_stock_ones_too(monkeypatch, actions):
    monkeypatch.setattr(desk(), "actions", actions)
    assert refusals() == ["The actions of its list: asks for no act."]


@pytest.mark.parametrize("model", [Article, Suggestion])
def test_an_address_without_an_act_is_found(monkeypatch, model):
    plain = path("burn/", desk(model).changelist_view, name="burn")
    monkeypatch.setattr(desk(model), "get_urls", with_address(desk(model), plain))
    assert refusals() == ["The address “burn/”: asks for no act."]


def test_an_address_with_an_act_that_no_table_has_is_found(monkeypatch):
    burning = desk().page("burn/", HttpResponse, name="burn", act="burn")
    monkeypatch.setattr(desk(), "get_urls", with_address(desk(), burning))
    assert refusals() == ["The address “burn/”: no policy declares “burn”."]


def test_an_address_in_the_place_of_a_stock_one_is_found(monkeypatch):
    shadow = path("add/", HttpResponse, name="claims_claim_add")
    monkeypatch.setattr(desk(), "get_urls", with_address(desk(), shadow))
    assert refusals() == ["The address “add/”: asks for no act."]


def test_an_address_of_the_site_itself_is_found(monkeypatch):
    urls = [path("burn/", HttpResponse, name="burn"), *AdminSite.get_urls(admin.site)]
    monkeypatch.setattr(type(desk().admin_site), "get_urls", lambda _self: urls)
    assert refusals() == ["The address “burn/”: asks for no act."]


def test_the_start_is_refused_and_told_which_admin_and_what_to_do(monkeypatch):
    monkeypatch.setattr(desk(), "removing", "burn")
    with pytest.raises(SystemCheckError) as refused:
        call_command("check")
    told = str(refused.value)
    for words in ("ClaimAdmin", "Removing", "burn", "claims.policy.ACTS", "E008"):
        assert words in told, words
