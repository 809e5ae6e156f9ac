"""Writes requirements/*.lock: versions with hashes, for every system, without addresses."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": (), "dev": ("postgres", "dev")}
HEAD = (
    "# Written by `make lock` from pyproject.toml. Install with: pip install --require-hashes -r\n"
)


def main() -> None:
    """Resolve both lock files anew; with `--upgrade` to the newest versions allowed."""
    for name, extras in LOCKS.items():
        resolve(name, extras, sys.argv[1:])


def resolve(name: str, extras: tuple[str, ...], options: list[str]) -> None:
    """Write one lock file; the development one keeps to the versions of the other."""
    target = ROOT / "requirements" / f"{name}.lock"
    arguments = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    arguments += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"]
    arguments += ["--quiet", "--output-file", str(target), *options]
    if name != "run":
        arguments += ["--constraint", str(ROOT / "requirements" / "run.lock")]
    command = [sys.executable, "-m", "uv", "pip", "compile", *arguments, "-"]
    subprocess.run(command, input=wanted(extras), text=True, check=True, cwd=ROOT)
    target.write_text(HEAD + target.read_text("utf-8"), "utf-8")


def wanted(extras: tuple[str, ...]) -> str:
    """The requirements of the program, of the chosen extras and of the build, one a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines: list[str] = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in extras:
        lines += project["project"]["optional-dependencies"][extra]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
