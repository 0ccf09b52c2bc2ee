"""The policy tables of both apps, and of the site's own routes, as one."""

from __future__ import annotations

import claims.policy
import sources.policy
from sources.policy import EVERYONE

FIELDS = {**sources.policy.FIELDS, **claims.policy.FIELDS}

#: Namespaces that ask the policy themselves: the admin for every page of its own.
OWN_POLICY = ("admin",)

ROUTES: sources.policy.Routes = {
    **claims.policy.ROUTES,
    **dict.fromkeys(("set_language", "healthz", "readyz", "integrity"), EVERYONE),
    **dict.fromkeys(("api:root", "api:schema", "api:docs"), EVERYONE),
    **{
        f"api:{resource}-{route}": EVERYONE
        for resource in (
            *("source", "speaker", "article", "quote", "claim"),
            *("measure", "event", "assessment", "correction"),
        )
        for route in ("list", "detail")
    },
}
