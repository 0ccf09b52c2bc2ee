"""Addresses of articles: one spelling for each, and which others mean the same page.

Only what never changes which page is meant is altered. Mobile and AMP pages keep
their own address: their text may differ.
"""

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

_PORTS = {"http": "80", "https": "443"}
_UNRESERVED = "-._~"
_KEPT = f"{_UNRESERVED}!$&'()*+,;=:@/?%"
_ESCAPED = re.compile("%[0-9a-fA-F]{2}")
_BROKEN = re.compile(r"[\s\0-\x1f]")  # which urlsplit would drop

#: Parameters that say how a reader came, not what they read.
_TRACKING = re.compile(
    r"""(?: utm_\w+ | fbclid | gclid | gclsrc | gbraid | wbraid | dclid | msclkid
          | yclid | ysclid | twclid | ttclid | igshid | igsh | mc_cid | mc_eid
          | _ga | _gl | __twitter_impression ) (?:=|\Z)""",
    re.VERBOSE | re.IGNORECASE,
)


def canonical(address: str) -> str:
    """Return the one spelling of an http address under which an article is known.

    Scheme and host become small; the default port, tracking parameters and the
    fragment go, unless the fragment is a route (`#!/news/7`); letters outside ASCII
    are escaped in capital hexadecimals. Idempotent. What is no such address comes
    back as it is, for a field to refuse.
    """
    try:
        parts = urlsplit(address.strip())
        if parts.scheme not in _PORTS or not parts.hostname or _BROKEN.search(address):
            return address
        return SplitResult(
            parts.scheme,
            _host(parts),
            _escaped(parts.path) or "/",
            _escaped("&".join(filter(_is_meant, parts.query.split("&")))),
            _escaped(parts.fragment) if parts.fragment[:1] in {"!", "/"} else "",
        ).geturl()
    except ValueError:  # an address that cannot be taken apart, half a surrogate
        return address


def twins(address: str) -> list[str]:
    """Return the canonical addresses that lead to the same page as this one.

    They differ in http or https, with or without `www.`, and in a slash at the end.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return [address]
    bare = parts.netloc.removeprefix("www.")
    path = parts.path.rstrip("/")
    return [
        parts._replace(scheme=scheme, netloc=host, path=ending).geturl()
        for scheme in _PORTS
        for host in (bare, f"www.{bare}")
        for ending in dict.fromkeys((path or "/", f"{path}/"))
    ]


def _host(parts: SplitResult) -> str:
    user, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(f":{_PORTS[parts.scheme]}").removesuffix(":")
    return f"{user}{at}{host}"


def _is_meant(parameter: str) -> bool:
    return bool(parameter) and not _TRACKING.match(parameter)


def _escaped(part: str) -> str:
    return _ESCAPED.sub(_escape, quote(part, safe=_KEPT))


def _escape(match: re.Match[str]) -> str:
    """Escape no letter that needs none, and the others in capitals."""
    return quote(unquote_to_bytes(match.group()), safe=_UNRESERVED)
