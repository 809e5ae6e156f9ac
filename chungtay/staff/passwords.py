"""How passwords are kept and which are refused."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from chungtay.rulebook.folding import fold

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4
COMMON_HERE = Path(__file__).parent / "common_passwords.txt"


class ModestArgon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and two passes: safe, and light enough for an old PC (OWASP)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def one_time_password() -> str:
    """Four groups of four signs without look-alikes, to be read aloud or written down once."""
    groups = ["".join(secrets.choice(SIGNS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS)]
    return "-".join(groups)


class LongEnough:
    """Refuses short passwords."""

    def __init__(self, min_length: int = 8) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError if the password has too few characters."""
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What the password must be."""
        return _("Mật khẩu cần ít nhất %(number)d ký tự.") % {"number": self.min_length}


@cache
def _common() -> frozenset[str]:
    """Passwords many people use: Django's list and the Vietnamese one beside this file."""
    return frozenset(CommonPasswordValidator().passwords) | frozenset(
        COMMON_HERE.read_text("utf-8").split()
    )


class NotCommon:
    """Refuses passwords many people use, the Vietnamese ones among them."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError if the password is on a list of common ones."""
        folded = fold(password).replace(" ", "")
        if folded in _common():
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        """What the password must not be."""
        return _("Mật khẩu này quá nhiều người dùng, rất dễ đoán. Hãy chọn mật khẩu khác.")


class NotTheName:
    """Refuses a password made of the account's own name."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError if the password contains the username or the holder's given name."""
        folded = fold(password).replace(" ", "")
        names = [user.username, user.full_name] if user is not None else []
        if any(name and fold(name).replace(" ", "") in folded for name in names):
            raise ValidationError(self.get_help_text(), code="password_is_name")

    def get_help_text(self) -> str:
        """What the password must not contain."""
        return _("Mật khẩu không được chứa tên đăng nhập hoặc họ tên.")
