"""The events an officer may write down: address, words, the parts of the form, the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from chungtay.households.services import life
from chungtay.web.life import parts
from chungtay.web.life.parts import Part


@dataclass(frozen=True)
class Happening:
    """One kind of event. ``ends`` asks to look at the answers once more before it is written."""

    kind: str
    slug: str
    title: Promise
    lead: Promise
    done: Promise
    parts: tuple[Part, ...]
    act: Callable[..., dict[str, Any]]
    ends: bool = False

    @property
    def shows(self) -> set[str]:
        """The names of the parts, for the template."""
        return {part.__name__ for part in self.parts}

    @property
    def name(self) -> str:
        """The name of the address."""
        return f"life_{self.kind}"


HAPPENINGS = (
    Happening(
        "birth",
        "sinh",
        gettext_lazy("Sinh"),
        gettext_lazy("Một trẻ sinh ra trong hộ, là thành viên từ ngày sinh."),
        gettext_lazy("Đã ghi trẻ sinh trong hộ."),
        (parts.child,),
        life.record_birth,
    ),
    Happening(
        "death",
        "mat",
        gettext_lazy("Có người mất"),
        gettext_lazy("Người mất là thành viên đến hết ngày đó. Chủ hộ mất thì chọn chủ hộ mới."),
        gettext_lazy("Đã ghi người mất; thành viên của hộ đổi từ ngày sau ngày mất."),
        (parts.person, parts.new_head),
        life.record_death,
        ends=True,
    ),
    Happening(
        "marriage_in",
        "ket-hon",
        gettext_lazy("Kết hôn về hộ"),
        gettext_lazy("Người mới, hoặc người đã có trong sổ của xã: khi đó người ấy rời hộ cũ."),
        gettext_lazy("Đã ghi người kết hôn về hộ."),
        (parts.newcomer,),
        life.marry_in,
    ),
    Happening(
        "member_join",
        "them-nguoi",
        gettext_lazy("Thêm người về hộ"),
        gettext_lazy("Người mới, hoặc người đã có trong sổ của xã: khi đó người ấy rời hộ cũ."),
        gettext_lazy("Đã ghi người về ở với hộ."),
        (parts.newcomer,),
        life.join_household,
    ),
    Happening(
        "member_leave",
        "roi-ho",
        gettext_lazy("Một người rời hộ"),
        gettext_lazy("Một người đi ở nơi khác; hộ vẫn ở lại. Chủ hộ đi thì chọn chủ hộ mới."),
        gettext_lazy("Đã ghi người rời hộ."),
        (parts.person, parts.new_head),
        life.leave_household,
        ends=True,
    ),
    Happening(
        "change_of_head",
        "doi-chu-ho",
        gettext_lazy("Đổi chủ hộ"),
        gettext_lazy("Quan hệ của mọi người được hỏi lại, theo chủ hộ mới."),
        gettext_lazy("Đã đổi chủ hộ."),
        (parts.head,),
        life.change_head,
    ),
    Happening(
        "relation_change",
        "doi-quan-he",
        gettext_lazy("Đổi quan hệ với chủ hộ"),
        gettext_lazy("Quan hệ đổi từ một ngày. Ghi sai từ đầu thì chọn ngày vào hộ."),
        gettext_lazy("Đã đổi quan hệ với chủ hộ."),
        (parts.person, parts.relation),
        life.change_relation,
    ),
    Happening(
        "split",
        "tach-ho",
        gettext_lazy("Tách hộ"),
        gettext_lazy("Hộ cũ giữ mã hộ và diện. Hộ mới bắt đầu chưa có diện; hãy rà soát hộ mới."),
        gettext_lazy("Đã tách hộ. Hộ mới chưa có quyết định về diện."),
        (parts.people, parts.head, parts.village, parts.code),
        life.split_household,
        ends=True,
    ),
    Happening(
        "merge",
        "nhap-ho",
        gettext_lazy("Nhập vào hộ khác"),
        gettext_lazy("Mọi người của hộ này về hộ kia. Hộ này kết thúc, diện của nó cũng kết thúc."),
        gettext_lazy("Đã nhập hộ vào hộ khác."),
        (parts.into,),
        life.merge_household,
        ends=True,
    ),
    Happening(
        "move_within",
        "chuyen-trong-xa",
        gettext_lazy("Chuyển trong xã"),
        gettext_lazy("Cả hộ sang thôn khác. Số liệu trước ngày chuyển vẫn tính cho thôn cũ."),
        gettext_lazy("Đã ghi hộ chuyển thôn."),
        (parts.village,),
        life.move_within,
    ),
    Happening(
        "move_out",
        "chuyen-di",
        gettext_lazy("Chuyển đi"),
        gettext_lazy("Cả hộ rời xã. Nơi đến xem phiếu chuyển rồi nhận; diện, câu trả lời đi theo."),
        gettext_lazy("Đã ghi hộ chuyển đi."),
        (parts.destination,),
        life.move_out,
        ends=True,
    ),
)
