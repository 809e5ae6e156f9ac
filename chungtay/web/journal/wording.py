"""Every act in plain words: what was done, in which room; a test holds the table whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date, vi_int
from chungtay.web.templating import said

ACTS: dict[str, Promise] = {
    "acts.witness_heads": gettext_lazy("Ghi chứng các chuỗi nhật ký trong ngày"),
    "backup.write": gettext_lazy("Sao lưu dữ liệu"),
    "demo.load_families": gettext_lazy("Nạp các hộ của dữ liệu mẫu"),
    "demo.load_reviews": gettext_lazy("Nạp các đợt rà soát của dữ liệu mẫu"),
    "demo.record_decision": gettext_lazy("Ghi quyết định của dữ liệu mẫu"),
    "households.add_household": gettext_lazy("Thêm một hộ vào sổ"),
    "households.accept_move": gettext_lazy("Nhận một hộ chuyển đến"),
    "households.change_head": gettext_lazy("Ghi việc đổi chủ hộ"),
    "households.change_relation": gettext_lazy("Ghi việc đổi quan hệ với chủ hộ"),
    "households.correct_household": gettext_lazy("Sửa thôn, mã hộ hoặc địa chỉ của hộ"),
    "households.correct_person": gettext_lazy("Sửa thông tin một người trong hộ"),
    "households.keep_apart": gettext_lazy("Xác nhận hai bản ghi không phải một"),
    "households.look_again": gettext_lazy("Bỏ xác nhận hai bản ghi không phải một"),
    "households.merge_households": gettext_lazy("Gộp hai bản ghi của một hộ"),
    "households.merge_persons": gettext_lazy("Gộp hai bản ghi của một người"),
    "households.undo_merge": gettext_lazy("Hoàn tác một lần gộp"),
    "households.decide_status": gettext_lazy("Ghi diện của hộ theo quyết định"),
    "households.join_household": gettext_lazy("Ghi một người về ở với hộ"),
    "households.leave_household": gettext_lazy("Ghi một người rời hộ"),
    "households.marry_in": gettext_lazy("Ghi một người kết hôn về hộ"),
    "households.merge_household": gettext_lazy("Nhập một hộ vào hộ khác"),
    "households.move_out": gettext_lazy("Ghi hộ chuyển đi"),
    "households.move_within": gettext_lazy("Ghi hộ chuyển trong xã"),
    "households.end_village": gettext_lazy("Thôi dùng một thôn, tổ dân phố"),
    "households.merge_villages": gettext_lazy("Sáp nhập thôn, tổ dân phố"),
    "households.read_citizen_id": gettext_lazy("Xem số định danh đầy đủ của một người"),
    "households.record_answers": gettext_lazy("Ghi câu trả lời của hộ"),
    "households.record_birth": gettext_lazy("Ghi một trẻ sinh trong hộ"),
    "households.record_death": gettext_lazy("Ghi một người trong hộ mất"),
    "households.return_move": gettext_lazy("Trả lại một hộ chuyển đến"),
    "households.split_household": gettext_lazy("Tách một hộ"),
    "households.take_slip": gettext_lazy("In phiếu chuyển của một hộ"),
    "households.undo_event": gettext_lazy("Hoàn tác một việc của hộ"),
    "households.split_village": gettext_lazy("Chia một thôn, tổ dân phố"),
    "households.take_over_register": gettext_lazy("Nhận sổ hộ của đơn vị cũ"),
    "households.undo_village_change": gettext_lazy("Hoàn tác một việc trên thôn, tổ dân phố"),
    "places.add_villages": gettext_lazy("Thêm thôn, tổ dân phố"),
    "places.correct_village": gettext_lazy("Đính chính tên, loại, khu vực của thôn, tổ"),
    "places.count_population": gettext_lazy("Ghi tổng số hộ, số khẩu"),
    "places.count_populations": gettext_lazy("Ghi tổng số hộ, số khẩu của xã và các thôn"),
    "places.load_official_units": gettext_lazy("Nạp danh mục đơn vị hành chính"),
    "places.rename_village": gettext_lazy("Đổi tên thôn, tổ dân phố"),
    "plans.accept_answer": gettext_lazy("Chấp nhận số một nơi nhận"),
    "plans.add_datum": gettext_lazy("Thêm điều chưa đọc được của kế hoạch"),
    "plans.answer": gettext_lazy("Trả lời chỉ tiêu được giao"),
    "plans.add_scan": gettext_lazy("Đính bản quét đã ký của kế hoạch"),
    "plans.withdraw_scan": gettext_lazy("Rút hoặc dùng lại một bản quét của kế hoạch"),
    "plans.amend": gettext_lazy("Lập kế hoạch sửa đổi, bổ sung"),
    "plans.discard_amendment": gettext_lazy("Bỏ kế hoạch sửa đổi, bổ sung đang soạn"),
    "plans.approve_plan": gettext_lazy("Duyệt kế hoạch"),
    "plans.issue": gettext_lazy("Ban hành kế hoạch"),
    "plans.return_plan": gettext_lazy("Trả lại kế hoạch để sửa"),
    "plans.submit": gettext_lazy("Trình duyệt kế hoạch"),
    "plans.take_plan_back": gettext_lazy("Rút lại kế hoạch đã trình"),
    "plans.apply_reading": gettext_lazy("Ghi kế hoạch từ bản đọc"),
    "plans.change_cells": gettext_lazy("Sửa số liệu kế hoạch"),
    "plans.confirm_rest": gettext_lazy("Xác nhận phần còn lại của bản đọc"),
    "plans.correct_datum": gettext_lazy("Sửa điều đã đọc của kế hoạch"),
    "plans.drop_household": gettext_lazy("Bỏ một hộ khỏi kế hoạch"),
    "plans.hand_down": gettext_lazy("Giao chỉ tiêu xuống"),
    "plans.name_household": gettext_lazy("Đưa một hộ vào kế hoạch"),
    "plans.note_progress": gettext_lazy("Ghi tiến độ của một chỉ tiêu"),
    "plans.open_plan": gettext_lazy("Mở kế hoạch của năm"),
    "plans.open_tasks": gettext_lazy("Giao việc theo kế hoạch"),
    "plans.restore_household": gettext_lazy("Đưa lại một hộ vào kế hoạch"),
    "plans.send_back_answer": gettext_lazy("Trả lại câu trả lời về chỉ tiêu"),
    "plans.settle_datum": gettext_lazy("Xác nhận hoặc bỏ điều đã đọc của kế hoạch"),
    "plans.stage_reading": gettext_lazy("Đọc tệp kế hoạch"),
    "plans.add_duty": gettext_lazy("Thêm phân công vào kế hoạch"),
    "plans.change_duty": gettext_lazy("Sửa phân công của kế hoạch"),
    "plans.withdraw_duty": gettext_lazy("Bỏ phân công khỏi kế hoạch"),
    "plans.restore_duty": gettext_lazy("Lấy lại phân công của kế hoạch"),
    "plans.move_duty": gettext_lazy("Đổi thứ tự phân công của kế hoạch"),
    "plans.add_deadline": gettext_lazy("Thêm thời hạn vào kế hoạch"),
    "plans.change_deadline": gettext_lazy("Sửa thời hạn của kế hoạch"),
    "plans.withdraw_deadline": gettext_lazy("Bỏ thời hạn khỏi kế hoạch"),
    "plans.restore_deadline": gettext_lazy("Lấy lại thời hạn của kế hoạch"),
    "plans.move_deadline": gettext_lazy("Đổi thứ tự thời hạn của kế hoạch"),
    "plans.add_line": gettext_lazy("Thêm khoản kinh phí vào kế hoạch"),
    "plans.withdraw_line": gettext_lazy("Bỏ khoản kinh phí khỏi kế hoạch"),
    "plans.restore_line": gettext_lazy("Lấy lại khoản kinh phí của kế hoạch"),
    "plans.add_section": gettext_lazy("Thêm một mục vào kế hoạch"),
    "plans.change_frame": gettext_lazy("Sửa trích yếu, căn cứ hoặc nơi nhận của kế hoạch"),
    "plans.change_section": gettext_lazy("Sửa một mục của kế hoạch"),
    "plans.move_section": gettext_lazy("Đổi chỗ hai mục của kế hoạch"),
    "plans.remove_section": gettext_lazy("Bỏ một mục của kế hoạch"),
    "plans.start_plan": gettext_lazy("Lập kế hoạch năm mới từ kế hoạch năm trước"),
    "plans.state_missing_names": gettext_lazy("Ghi lý do kế hoạch còn thiếu tên hộ"),
    "plans.take_back": gettext_lazy("Thu hồi chỉ tiêu đã giao"),
    "plans.take_duties": gettext_lazy("Lấy phân công từ nội dung kế hoạch"),
    "plans.take_from_above": gettext_lazy("Lấy việc cấp trên giao vào kế hoạch"),
    "plans.undo_reading": gettext_lazy("Hoàn tác kế hoạch ghi từ bản đọc"),
    "plans.withdraw_progress": gettext_lazy("Rút hoặc dùng lại tiến độ của một chỉ tiêu"),
    "reports.attach_paper_scan": gettext_lazy("Đính kèm bản quét văn bản đã ký"),
    "reports.change_office_paper": gettext_lazy("Sửa một văn bản nháp"),
    "reports.issue_office_paper": gettext_lazy("Ghi số, ngày ban hành một văn bản"),
    "reports.open_office_paper": gettext_lazy("Soạn một văn bản"),
    "reports.restore_office_paper": gettext_lazy("Lấy lại một văn bản đã rút"),
    "reports.withdraw_office_paper": gettext_lazy("Rút một văn bản"),
    "reports.withdraw_paper_scan": gettext_lazy("Rút hoặc dùng lại bản quét của văn bản"),
    "reports.write_foresight": gettext_lazy("Xuất bảng hai chuẩn cạnh nhau"),
    "reports.open_nomination": gettext_lazy("Soạn một đề nghị khen thưởng"),
    "reports.change_nomination": gettext_lazy("Sửa một đề nghị khen thưởng"),
    "reports.submit_nomination": gettext_lazy("Trình một đề nghị khen thưởng"),
    "reports.recall_nomination": gettext_lazy("Lấy lại một đề nghị khen thưởng đã trình"),
    "reports.decide_nomination": gettext_lazy("Quyết định một đề nghị khen thưởng"),
    "reports.withdraw_nomination": gettext_lazy("Rút một đề nghị khen thưởng"),
    "reports.restore_nomination": gettext_lazy("Dùng lại một đề nghị khen thưởng"),
    "reports.write_sheet_remark": gettext_lazy("Ghi ý kiến về phiếu năm của mình"),
    "reports.write_sheets": gettext_lazy("Xuất phiếu năm ra Excel"),
    "reports.accept": gettext_lazy("Chấp nhận một báo cáo"),
    "reports.ask": gettext_lazy("Yêu cầu báo cáo đột xuất"),
    "reports.correct_due": gettext_lazy("Sửa hạn một báo cáo"),
    "reports.open_calendar": gettext_lazy("Mở lịch báo cáo của năm"),
    "reports.restore": gettext_lazy("Yêu cầu lại một báo cáo"),
    "reports.return": gettext_lazy("Trả lại một báo cáo"),
    "reports.submit": gettext_lazy("Gửi một báo cáo"),
    "reports.withdraw": gettext_lazy("Thôi yêu cầu một báo cáo"),
    "reports.write_office_paper": gettext_lazy("Xuất một văn bản ra Word"),
    "reports.write_plan_paper": gettext_lazy("Xuất văn bản kế hoạch"),
    "reports.write_report_paper": gettext_lazy("Xuất văn bản báo cáo"),
    "reports.write_report_book": gettext_lazy("Xuất báo cáo ra Excel"),
    "reports.write_result_table": gettext_lazy("Xuất biểu kết quả"),
    "staff.change_own_password": gettext_lazy("Đổi mật khẩu của mình"),
    "staff.close_account": gettext_lazy("Đóng tài khoản"),
    "staff.end_holding": gettext_lazy("Cho thôi giữ chức danh"),
    "staff.end_post": gettext_lazy("Kết thúc chức danh"),
    "staff.give_post": gettext_lazy("Giao chức danh cho tài khoản"),
    "staff.hand_over": gettext_lazy("Bàn giao chức danh"),
    "staff.open_account": gettext_lazy("Mở tài khoản"),
    "staff.open_post": gettext_lazy("Mở chức danh"),
    "staff.set_password": gettext_lazy("Đặt lại mật khẩu"),
    "supervision.add_finding": gettext_lazy("Ghi một điều kết luận sau kiểm tra, giám sát"),
    "supervision.answer_petition": gettext_lazy("Trả lời khó khăn, kiến nghị"),
    "supervision.close_finding": gettext_lazy("Khép lại một điều đã khắc phục"),
    "supervision.comment_on_plan": gettext_lazy("Ghi góp ý cho dự thảo kế hoạch"),
    "supervision.correct_activity": gettext_lazy("Sửa hoạt động tuyên truyền, tập huấn"),
    "supervision.correct_inspection": gettext_lazy("Sửa cuộc kiểm tra, giám sát"),
    "supervision.correct_petition": gettext_lazy("Sửa khó khăn, kiến nghị chưa gửi"),
    "supervision.pass_up": gettext_lazy("Gửi khó khăn, kiến nghị lên trên"),
    "supervision.record_activity": gettext_lazy("Ghi hoạt động tuyên truyền, tập huấn"),
    "supervision.record_inspection": gettext_lazy("Ghi cuộc kiểm tra, giám sát"),
    "supervision.reopen_finding": gettext_lazy("Mở lại một điều chưa khắc phục"),
    "supervision.restore_activity": gettext_lazy("Dùng lại hoạt động đã rút"),
    "supervision.restore_comment": gettext_lazy("Dùng lại góp ý đã rút"),
    "supervision.restore_finding": gettext_lazy("Dùng lại một điều kết luận đã rút"),
    "supervision.restore_inspection": gettext_lazy("Dùng lại cuộc kiểm tra, giám sát đã rút"),
    "supervision.restore_petition": gettext_lazy("Dùng lại khó khăn, kiến nghị đã rút"),
    "supervision.seat_people": gettext_lazy("Ghi người được đề cử, đã dự tập huấn"),
    "supervision.settle_comment": gettext_lazy("Ghi kết quả xem xét góp ý"),
    "supervision.withdraw_activity": gettext_lazy("Rút hoạt động tuyên truyền, tập huấn"),
    "supervision.withdraw_comment": gettext_lazy("Rút góp ý cho dự thảo kế hoạch"),
    "supervision.withdraw_finding": gettext_lazy("Rút một điều kết luận"),
    "supervision.withdraw_inspection": gettext_lazy("Rút cuộc kiểm tra, giám sát"),
    "supervision.withdraw_petition": gettext_lazy("Rút khó khăn, kiến nghị"),
    "supervision.write_petition": gettext_lazy("Ghi khó khăn, kiến nghị"),
    "sync.apply_import": gettext_lazy("Ghi danh sách nhập vào sổ"),
    "sync.choose_villages": gettext_lazy("Chọn thôn hiện nay cho thôn của danh sách năm trước"),
    "sync.export_households": gettext_lazy("Xuất danh sách hộ ra tệp"),
    "sync.hand_back_marked": gettext_lazy("Tải tệp danh sách đã đánh dấu, còn nguyên số định danh"),
    "sync.stage_import": gettext_lazy("Tải lên một danh sách để xem trước"),
    "sync.undo_import": gettext_lazy("Hoàn tác một lần nhập danh sách"),
    "tasks.add_evidence": gettext_lazy("Nộp minh chứng cho một việc"),
    "tasks.change": gettext_lazy("Sửa một việc đã giao"),
    "tasks.comment": gettext_lazy("Trao đổi về một việc"),
    "tasks.give": gettext_lazy("Chuyển việc cho chức danh khác"),
    "tasks.open_task": gettext_lazy("Giao một việc"),
    "tasks.restore": gettext_lazy("Mở lại một việc đã rút"),
    "tasks.set_progress": gettext_lazy("Ghi tiến độ của một việc"),
    "tasks.withdraw": gettext_lazy("Rút một việc"),
    "tasks.withdraw_evidence": gettext_lazy("Rút hoặc dùng lại tệp minh chứng"),
}
OF_LIFE = (
    "households.accept_move",
    "households.change_head",
    "households.change_relation",
    "households.join_household",
    "households.leave_household",
    "households.marry_in",
    "households.merge_household",
    "households.move_out",
    "households.move_within",
    "households.record_birth",
    "households.record_death",
    "households.return_move",
    "households.split_household",
    "households.undo_event",
)
KINDS: dict[str, Promise] = {
    "households": gettext_lazy("Hộ dân"),
    "sync": gettext_lazy("Nhập, xuất danh sách"),
    "plans": gettext_lazy("Kế hoạch"),
    "reports": gettext_lazy("Văn bản"),
    "tasks": gettext_lazy("Công việc"),
    "supervision": gettext_lazy("Giám sát"),
    "places": gettext_lazy("Địa bàn"),
    "staff": gettext_lazy("Tài khoản, chức danh"),
    "demo": gettext_lazy("Dữ liệu mẫu"),
    "backup": gettext_lazy("Sao lưu"),
    "acts": gettext_lazy("Nhật ký"),
}
FIELD_WORDS: dict[str, Promise] = {
    "full_name": gettext_lazy("họ và tên"),
    "sex": gettext_lazy("giới tính"),
    "birth": gettext_lazy("ngày sinh"),
    "ethnicity": gettext_lazy("dân tộc"),
    "citizen_id": gettext_lazy("số định danh"),
}


def sentence_of(act: str) -> str:
    """What an act is called; one without words is shown by its name, never hidden."""
    return str(ACTS.get(act, act))


def about(act: str, details: str) -> str:
    """What the plain part of a line adds, without any personal value."""
    say = ABOUT.get(act)
    if say is None or not details:
        return ""
    try:
        return say(json.loads(details))
    except (KeyError, TypeError, ValueError):
        return ""


def _import_counts(details: dict[str, Any]) -> str:
    counts = {name: vi_int(number) for name, number in details["counts"].items()}
    text = _("%(read)s hộ đọc được, %(doubtful)s nghi ngờ, %(refused)s từ chối")
    return text % counts


def _import_written(details: dict[str, Any]) -> str:
    names = ("households", "added", "changed", "persons")
    text = _("%(households)s hộ: %(added)s thêm mới, %(changed)s cập nhật; %(persons)s người mới")
    return text % {name: vi_int(details[name]) for name in names}


def _import_undone(details: dict[str, Any]) -> str:
    text = _("thu hồi %(withdrawn)s hộ đã thêm, trả lại %(restored)s hộ")
    return text % {name: vi_int(details[name]) for name in ("withdrawn", "restored")}


def _facts(details: dict[str, Any]) -> str:
    known = law().facts
    return _listed(said(known[name].label) if name in known else name for name in details["facts"])


def _fields(details: dict[str, Any]) -> str:
    return _listed(str(FIELD_WORDS.get(name, name)) for name in details["fields"])


def _status(details: dict[str, Any]) -> str:
    return _("từ ngày %(day)s") % {"day": vi_date(date.fromisoformat(details["from"]))}


def _event(details: dict[str, Any]) -> str:
    return _("ngày %(day)s") % {"day": vi_date(date.fromisoformat(details["on"]))}


def _villages(details: dict[str, Any]) -> str:
    return _listed(details["villages"])


def _renamed(details: dict[str, Any]) -> str:
    return f"{details['before']} → {_listed(details['villages'])}"


def _merged(details: dict[str, Any]) -> str:
    text = _("%(olds)s thành %(new)s; %(households)s hộ đi theo")
    said = {"olds": _listed(details["villages"]), "new": details["into"]}
    return text % {**said, "households": vi_int(details["households"])}


def _split(details: dict[str, Any]) -> str:
    parts = _listed(f"{name} ({vi_int(count)})" for name, count in details["into"].items())
    return f"{_listed(details['villages'])} → {parts}"


def _taken_over(details: dict[str, Any]) -> str:
    text = _("%(old)s: %(households)s hộ")
    return text % {"old": details["old"], "households": vi_int(details["households"])}


def _population(details: dict[str, Any]) -> str:
    households, persons = details["after"]
    said = {"unit": details["unit"], "households": vi_int(households)}
    if persons is None:
        return _("%(unit)s: %(households)s hộ") % said
    return _("%(unit)s: %(households)s hộ, %(persons)s khẩu") % {**said, "persons": vi_int(persons)}


def _populations(details: dict[str, Any]) -> str:
    return _listed(
        f"{name} ({vi_int(count['after'][0])})" for name, count in details["counts"].items()
    )


def _post(details: dict[str, Any]) -> str:
    day = vi_date(date.fromisoformat(details["from"]))
    if "handed_by" in details:
        said_of = {"post": details["post"], "unit": details["unit"], "who": details["handed_by"]}
        return _("%(post)s, %(unit)s, từ ngày %(day)s, thay %(who)s") % {**said_of, "day": day}
    return f"{details['post']}, {details['unit']}, {day}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


ABOUT: dict[str, Callable[[dict[str, Any]], str]] = {
    "households.correct_person": _fields,
    "households.decide_status": _status,
    "households.record_answers": _facts,
    **dict.fromkeys(OF_LIFE, _event),
    "households.end_village": _villages,
    "households.merge_villages": _merged,
    "households.split_village": _split,
    "households.take_over_register": _taken_over,
    "households.undo_village_change": _villages,
    "places.add_villages": _villages,
    "places.correct_village": _renamed,
    "places.count_populations": _populations,
    "places.rename_village": _renamed,
    "places.count_population": _population,
    "staff.end_holding": _post,
    "staff.end_post": _post,
    "staff.give_post": _post,
    "staff.hand_over": _post,
    "staff.open_post": _post,
    "sync.apply_import": _import_written,
    "sync.stage_import": _import_counts,
    "sync.undo_import": _import_undone,
}
