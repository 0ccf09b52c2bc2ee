"""Reads claims page by page with the client that openapi-python-client wrote.

python read_claims.py SITE EVENT  ->  code, low and high of every claim, as JSON
"""

import json
import sys
from urllib.parse import parse_qs, urlsplit

from factbase_client import Client
from factbase_client.api.claims import claims_list
from factbase_client.models.paginated_claim_list import PaginatedClaimList
from factbase_client.types import UNSET, Unset


def figures(site: str, event: str) -> list[tuple[str, float | None, float | None]]:
    client = Client(base_url=site)
    found: list[tuple[str, float | None, float | None]] = []
    cursor: str | Unset = UNSET
    while True:
        page = claims_list.sync(client=client, event=[event], limit=2, cursor=cursor)
        assert isinstance(page, PaginatedClaimList)
        found += [
            (claim.code, claim.quantity.low, claim.quantity.high)
            for claim in page.results
            if claim.quantity
        ]
        if not page.next_:
            return found
        cursor = parse_qs(urlsplit(page.next_).query)["cursor"][0]


if __name__ == "__main__":
    print(json.dumps(figures(*sys.argv[1:])))  # noqa: T201  # what its caller reads
