"""What stays closed when data comes back without the key it was written with."""

from __future__ import annotations

from django.apps import apps

from chungtay.commands.speaking import _
from chungtay.households.models import Person
from chungtay.rulebook.wording import vi_int

# (model, field): what is sealed there, in words; a test holds the list against the models.
SEALED = {
    ("households.Person", "id_sealed"): _("số định danh của {count} người"),
    ("acts.PersonalTrace", "sealed"): _("{count} dấu vết cá nhân trước và sau của nhật ký"),
    ("households.RecordMerge", "undo"): _("phần để hoàn tác của {count} lần gộp"),
    ("sync.ImportBatch", "staged"): _("{count} tệp danh sách đã tải lên"),
    ("sync.ImportBatch", "undo"): _("phần để hoàn tác của {count} đợt nhập"),
    ("tasks.TaskFile", "sealed"): _("{count} tệp minh chứng của công việc"),
    ("plans.PlanFile", "sealed"): _("{count} văn bản kế hoạch đã ban hành hoặc đã ký"),
    ("reports.OfficePaper", "printed"): _("{count} văn bản đã ban hành"),
    ("reports.PaperScan", "sealed"): _("{count} bản quét văn bản đã ký"),
    ("plans.PlanReading", "sealed"): _("văn bản của {count} bản đọc kế hoạch"),
    ("plans.ReadDatum", "was"): _("{count} điều đọc được của kế hoạch"),
    ("plans.ReadDatum", "became"): _("{count} điều đã sửa khi đọc kế hoạch"),
}
# Kept bytes that are not sealed values: key parts of their owners, and indexes to find by.
NOT_SEALED = frozenset({"trace_salt", "salt", "id_index", "id_tail_index"})

MEND = _(
    "Mọi phần khác dùng được như trước. Số định danh ghi lại hoặc nhập lại "
    "từ danh sách thì đọc được. Nếu tìm thấy khóa cũ: chép nó vào thư mục "
    "keys của một thư mục dữ liệu mới rồi khôi phục lại ở đó."
)


def unreadable_here() -> list[str]:
    """What cannot be read, counted, in sentences."""
    found = [
        words.format(count=vi_int(count))
        for (label, field), words in SEALED.items()
        if (count := apps.get_model(label)._default_manager.exclude(**{field: None}).count())
    ]
    if not found:
        return [_("Bản sao lưu không kèm khóa, nhưng cũng không có phần nào cần khóa để đọc.")]
    return [
        _("Không có khóa đã dùng để ghi dữ liệu này, nên không đọc được: {found}.").format(
            found="; ".join(found)
        ),
        MEND,
    ]


def forget_indexes() -> None:
    """Indexes of another key find nobody and would make every number look like another."""
    Person.objects.exclude(id_index=None).update(id_index=None, id_tail_index=None)
