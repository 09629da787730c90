"""The chat page, the embed script and the files that they use."""

from __future__ import annotations

import functools
import gzip
from pathlib import Path, PurePosixPath

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel import headers
from bot.channel.problems import CallRefused

STATIC = Path(__file__).parent / "static"

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
}
"""What may be served, and as what; anything else that lies in the folder stays there."""

COMPRESSED = ("image/png", "image/webp")
"""What would not become smaller."""


def add_to(blueprint: Blueprint) -> None:
    """Adds the page's routes to a blueprint that is mounted at the root."""
    blueprint.add_route(chat, "/chat", methods=["GET"], name="chat")
    blueprint.add_route(widget, "/widget/stridewell.js", methods=["GET"], name="widget")
    blueprint.add_route(static, "/static/<path:path>", methods=["GET"], name="static", unquote=True)


async def chat(request: Request) -> HTTPResponse:
    """The page."""
    return serve("chat.html", request)


async def widget(request: Request) -> HTTPResponse:
    """The script that other pages embed; it is theirs to load, so any origin may."""
    response = serve("stridewell.js", request)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


async def static(request: Request, path: str) -> HTTPResponse:
    """A file below the static folder. Pictures and languages are wanted by the widget on other pages too."""
    response = serve(path, request)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def serve(path: str, request: Request) -> HTTPResponse:
    """The file as a response. Raises CallRefused("not_found"), also for every path that leads out of the folder."""
    body, kind = contents(path)
    response = HTTPResponse(body=body, content_type=kind)
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", "") and kind not in COMPRESSED:
        response.body = compressed(path)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = headers.PAGE_POLICY
    return response


@functools.lru_cache(maxsize=256)
def contents(path: str) -> tuple[bytes, str]:
    """A file's bytes and content type. Raises CallRefused("not_found")."""
    asked = PurePosixPath(path)
    if asked.is_absolute() or ".." in asked.parts or "\\" in path or "\0" in path or asked.suffix not in KINDS:
        raise CallRefused("not_found")
    file = (STATIC / asked).resolve()
    # A link inside the folder must not lead out of it either.
    if not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        raise CallRefused("not_found")
    return file.read_bytes(), KINDS[asked.suffix]


@functools.lru_cache(maxsize=256)
def compressed(path: str) -> bytes:
    """A file's bytes, compressed. They are the same for everybody, so their length tells nothing. Raises CallRefused."""
    return gzip.compress(contents(path)[0], 9, mtime=0)
