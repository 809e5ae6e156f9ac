"""A web worker stays light: no screen brings in a library that belongs in a child process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# imported by some page, one of these costs every worker for ever: tables, charts, Word, Excel
HEAVY = {
    "calamine",
    "docx",
    "docxtpl",
    "duckdb",
    "ibis",
    "lxml",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pyspark",
    "python_calamine",
    "vl_convert",
    "vl_convert_python",
    "xlrd",
}

# What a worker does: load the application, know every address, answer one page.
WORKER = """
import io, json, sys
from chungtay.wsgi import application
from django.core.management import call_command
from django.urls import get_resolver
call_command("collectstatic", verbosity=0, interactive=False)
views = [pattern.callback.__module__ for pattern in get_resolver().url_patterns]
status = []
environ = {
    "REQUEST_METHOD": "GET", "PATH_INFO": "/dang-nhap", "QUERY_STRING": "", "SCRIPT_NAME": "",
    "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0), "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
}
answer = application(environ, lambda line, headers, problem=None: status.append(line))
page = b"".join(answer).decode()
print(json.dumps({"status": status, "page": page, "views": len(views),
                  "modules": sorted({name.split(".")[0] for name in sys.modules})}))
"""


def test_no_address_brings_in_a_heavy_library(tmp_path: Path) -> None:
    environment = {**os.environ, "CHUNGTAY_DATA": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run(
        [sys.executable, "-c", WORKER],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["status"] == ["200 OK"], ran.stderr
    assert 'name="password"' in found["page"]
    assert found["views"] > 5
    assert HEAVY & set(found["modules"]) == set()
