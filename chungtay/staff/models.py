"""Accounts, the posts they hold and when; a role names what a post may do."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit


class Language(models.TextChoices):
    """What the screens are shown in; official papers are Vietnamese in both."""

    VIETNAMESE = "vi", "Tiếng Việt"
    ENGLISH = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; there is no default password anywhere."""

    def create_user(self, username: str, full_name: str, password: str) -> User:
        """An account with a hashed password."""
        user = self.model(username=username, full_name=full_name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in; what she may do comes from the posts she holds."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    language = models.CharField(
        _("ngôn ngữ màn hình"), max_length=2, choices=Language.choices, blank=True, default=""
    )
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    def __str__(self) -> str:
        return self.full_name


class Post(models.Model):
    """A post of an office at a unit: work belongs to posts, people come and go."""

    role = models.CharField(_("vai trò"), max_length=40)
    title = models.CharField(_("chức danh"), max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    valid_from = models.DateField(_("từ ngày"), null=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "role", "title"], name="one_post_per_title"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


class Holding(models.Model):
    """That a person holds a post from a day on; the day it ends is kept."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "user"], condition=Q(valid_to=None), name="one_open_holding"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="holding_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.post}"
