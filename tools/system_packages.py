"""Installs what only the tests need from Debian: a browser, an office program, fonts."""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = (
    "chromium",  # the browser journeys
    "libreoffice-writer-nogui",  # opens the Word documents we write
    "libreoffice-calc-nogui",  # opens the Excel files we write
    "fonts-liberation2",  # all Vietnamese letters, in the widths of the usual fonts
    "default-jre-headless",  # Java for Spark, which must count as DuckDB does
    "poppler-utils",  # pages of a PDF as pictures and as text
)


def main() -> None:
    """Install the missing packages through apt-get, or say in one sentence what is to be done."""
    missing = [name for name in PACKAGES if not is_installed(name)]
    if not missing:
        return
    names = " ".join(missing)
    if shutil.which("apt-get") is None:
        raise SystemExit(
            f"The tests need these programs (Debian names): {names}. This machine has no apt-get: "
            "install them in its own way, or run a part of the tests with .venv/bin/pytest."
        )
    if os.geteuid() != 0:
        raise SystemExit(f"The tests need more programs. Run: sudo apt-get install {names}")
    install(missing)


def is_installed(name: str) -> bool:
    """Whether Debian's package list holds the package as installed."""
    if shutil.which("dpkg-query") is None:
        return False
    asked = ["dpkg-query", "--show", "--showformat=${Status}", name]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "install ok installed"


def install(names: list[str]) -> None:
    """Fetch the package lists, then the packages; ends with apt-get's own words when it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wanted = ["apt-get", "install", "--yes", "--no-install-recommends", "-qq", *names]
    for command in (["apt-get", "update", "-qq"], wanted):
        done = subprocess.run(command, env=environment, check=False)
        if done.returncode:
            raise SystemExit(f"Failed: {' '.join(command)}. apt-get says why above.")


if __name__ == "__main__":
    main()
