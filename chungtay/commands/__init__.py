"""The command line: one file a command, listed here so that help needs no database."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay.rulebook.wording import catalogued


@dataclass(frozen=True)
class Command:
    """A command: its words, the module that does it, one line of help, what it needs."""

    words: tuple[str, ...]
    module: str
    summary: str
    needs_database: bool = True


COMMANDS = (
    Command(("demo",), "demo", catalogued("chạy thử với dữ liệu mẫu xã Quang Trung năm 2023")),
    Command(("serve",), "serve", catalogued("mở máy chủ web cho dữ liệu đang có")),
    Command(("check",), "check", catalogued("kiểm tra nhật ký, luật và cơ sở dữ liệu")),
    Command(
        ("import", "households"),
        "import_households",
        catalogued("nhập danh sách hộ từ Excel hoặc CSV"),
    ),
    Command(
        ("export", "households"),
        "export_households",
        catalogued("xuất danh sách hộ ra Excel hoặc CSV"),
    ),
    Command(
        ("classify",),
        "classify",
        catalogued("xếp loại hộ trong một bảng, không cần cơ sở dữ liệu"),
        False,
    ),
    Command(
        ("measure",),
        "measure",
        catalogued("đo nghèo đa chiều trên bảng lớn, không cần cơ sở dữ liệu"),
        False,
    ),
    Command(
        ("whatif",),
        "whatif",
        catalogued("đặt hai chuẩn nghèo cạnh nhau: ai vào, ai ra, còn thiếu gì"),
        False,
    ),
    Command(
        ("plan", "read"),
        "plan_read",
        catalogued("đọc một bản kế hoạch có sẵn thành dữ liệu"),
        False,
    ),
    Command(("plan", "write"), "plan_write", catalogued("viết văn bản kế hoạch ra tệp Word")),
    Command(
        ("account", "open"),
        "account_open",
        catalogued("mở tài khoản và giao chức danh ở một đơn vị"),
    ),
    Command(
        ("account", "password"),
        "account_password",
        catalogued("đặt lại mật khẩu của một tài khoản"),
    ),
    Command(
        ("account", "close"),
        "account_close",
        catalogued("đóng một tài khoản và kết thúc chức danh"),
    ),
    Command(
        ("backup",), "backup", catalogued("sao lưu mọi dữ liệu, cả tệp đã tải lên, vào một tệp")
    ),
    Command(
        ("restore",),
        "restore",
        catalogued("khôi phục một bản sao lưu vào nơi chưa có dữ liệu"),
        False,
    ),
)
