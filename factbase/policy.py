"""The policy tables of both apps, and of the site's own routes, as one."""

from __future__ import annotations

import claims.policy
import sources.policy
from sources.policy import EVERYONE, UserRole

ACTS = {**sources.policy.ACTS, **claims.policy.ACTS}
FIELDS = {**sources.policy.FIELDS, **claims.policy.FIELDS}

#: Namespaces that ask the policy themselves: the admin for every page of its own.
OWN_POLICY = ("admin",)

#: What a session may do that still owes a code.
WITHOUT_CODE = {
    *("own-codes", "set_language", "healthz", "readyz"),
    *("admin:login", "admin:logout", "admin:jsi18n"),
}

ROUTES: sources.policy.Routes = {
    **claims.policy.ROUTES,
    **dict.fromkeys(("set_language", "healthz", "readyz", "integrity"), EVERYONE),
    "sign-in-code": EVERYONE,  # who gave the password, and nobody else
    "own-codes": frozenset(UserRole),
    "admin_password_reset": EVERYONE,
    "password_reset_done": EVERYONE,
    "password_reset_confirm": EVERYONE,
    "password_reset_complete": EVERYONE,
    **dict.fromkeys(("api:root", "api:schema", "api:docs"), EVERYONE),
    **{
        f"api:{resource}-{route}": EVERYONE
        for resource in (
            *("source", "speaker", "article", "quote", "claim"),
            *("measure", "event", "assessment", "correction", "lint"),
        )
        for route in ("list", "detail", "metadata")
    },
    "api:measure-comparison": EVERYONE,
    "api:search": EVERYONE,
}
