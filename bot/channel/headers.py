"""The response headers that keep a conversation private and the page free of foreign code."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import BaseHTTPResponse

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=(), payment=(), usb=()",
}

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    )
)
"""Own files only, nothing inline. The one policy that may make markup is that of the template library, which makes it from
the widget's own templates and never from a text."""


HSTS = "max-age=31536000"
"""A year by TLS alone, told to those who came by TLS. Not for subdomains: they are not ours to speak for."""


async def protect(request: Request, response: BaseHTTPResponse) -> None:
    """Adds the headers to a response; what the handler itself has set is kept."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", API_POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
