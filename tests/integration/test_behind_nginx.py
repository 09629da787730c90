"""Sixty people at sixty addresses behind a real nginx: all are served, and one address alone is limited."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from evaluation.live import free_port
from tests.channel_kit import bench, run

CONFIGURATION = """\
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{behind};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }}
  }}
}}
"""


@contextlib.asynccontextmanager
async def nginx(folder: Path, behind: int) -> AsyncIterator[int]:
    """The port of an nginx in front of another port. Its absence fails where CI is set, and skips elsewhere."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no nginx here")
        pytest.skip("no nginx here")
    port = free_port()
    path = folder / "nginx.conf"
    path.write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind))
    process = subprocess.Popen([program, "-c", str(path), "-p", str(folder), "-e", str(folder / "error.log")])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(10)


async def opens(port: int, address: str, times: int = 1) -> list[int]:
    """What somebody at an address of this machine is told who opens conversations, and makes up another address."""
    transport = httpx.AsyncHTTPTransport(local_address=address)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        made_up = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(times)]
        return [(await client.post("/webhooks/web/sessions", headers=one)).status_code for one in made_up]


def test_sixty_addresses_are_served_and_one_alone_is_limited(tmp_path: Path) -> None:
    async def test() -> None:
        async with (
            bench(new_conversations_limit=2, trusted_proxies="127.0.0.1") as bot,
            nginx(tmp_path, int(bot.client.base_url.port or 0)) as port,
        ):
            found = [await opens(port, f"127.0.0.{number}") for number in range(2, 62)]
            assert found == [[201]] * 60
            assert await opens(port, "127.0.0.99", 4) == [201, 201, 429, 429]

    run(test)
