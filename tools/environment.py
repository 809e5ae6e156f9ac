"""Makes or refreshes `.venv` from a lock file; does nothing when nothing has changed.

Runs under the machine's own Python and needs nothing but pip: `python3 tools/environment.py run`.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
SCRIPTS = HOME / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = SCRIPTS / ("python.exe" if sys.platform == "win32" else "python")
SOURCES = ("pyproject.toml", "hatch_build.py", "package.json", "package-lock.json", ".npmrc")
OLDEST = (3, 11)


def main() -> None:
    """Install one of the lock files, `run` or `dev`, and the program itself, editable."""
    name = sys.argv[1] if len(sys.argv) > 1 else "run"
    refuse_old_python()
    lock = ROOT / "requirements" / f"{name}.lock"
    stamp = HOME / f".installed-{name}"
    wanted = fingerprint(lock)
    if PYTHON.exists() and stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    make_home()
    print(f"Installing {lock.relative_to(ROOT)} into .venv …", flush=True)
    pip("install", "--quiet", "--require-hashes", "-r", str(lock))
    pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp.write_text(wanted, "utf-8")


def refuse_old_python() -> None:
    """End with one sentence when the Python that runs this is too old."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SystemExit(f"Chung Tay needs Python 3.11 or newer; {sys.executable} is {found}.")


def fingerprint(lock: Path) -> str:
    """What the environment is made of, the place of the checkout included."""
    together = hashlib.sha256(f"{ROOT}\n{sysconfig.get_python_version()}\n".encode())
    for path in (lock, *(ROOT / name for name in SOURCES)):
        together.update(path.read_bytes())
    return together.hexdigest()


def make_home() -> None:
    """Create the environment; one that was copied here from elsewhere is made anew around it."""
    if (HOME / "pyvenv.cfg").is_file() and PYTHON.exists() and works():
        return
    symlinks = sys.platform != "win32"
    # Debian keeps what puts pip into an environment in a package of its own (python3-venv)
    with_pip = importlib.util.find_spec("ensurepip") is not None
    venv.EnvBuilder(with_pip=with_pip, symlinks=symlinks, clear=True).create(HOME)


def works() -> bool:
    """Whether the interpreter of the environment starts and has this very version."""
    asked = "import sys; print(sys.version_info[:2] == tuple(map(int, sys.argv[1:])))"
    version = [str(part) for part in sys.version_info[:2]]
    answer = subprocess.run(
        [PYTHON, "-c", asked, *version], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() == "True"


def pip(*arguments: str) -> None:
    """Run pip on the environment: its own, or the machine's when it has none."""
    own = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False)
    start = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    command = start if own.returncode else [str(PYTHON), "-m", "pip"]
    command.append("--disable-pip-version-check")
    done = subprocess.run([*command, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(
            "The installation did not finish; pip says why above. Nothing outside .venv was "
            "touched: mend the cause and run the same command again."
        )


if __name__ == "__main__":
    main()
