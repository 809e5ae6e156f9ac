"""How a command ends badly: one clear sentence."""

from __future__ import annotations

from datetime import UTC, datetime

from chungtay.commands.speaking import _
from chungtay.environment import data_folder, without_values


class CommandFailed(Exception):
    """Bad input; the message is the one sentence the person reads."""


def log_unexpected(text: str) -> str:
    """Keep an unexpected error in the data folder and say where."""
    folder = data_folder() / "logs"
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / "errors.log"
    with path.open("a", encoding="utf-8") as file:
        file.write(f"--- {datetime.now(UTC).isoformat()}\n{without_values(text)}\n")
    return _(
        "có lỗi ngoài dự kiến; việc đang làm dở không được ghi. Chi tiết ở "
        "{path}; hãy gửi tệp đó cho người hỗ trợ."
    ).format(path=path)
