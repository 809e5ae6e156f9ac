"""Why a file is refused, each time as one whole sentence for the person who chose it."""

from __future__ import annotations

from typing import Any

from chungtay.rulebook.wording import Sentence

REFUSALS = {
    "too_many_bytes": (
        "Tệp lớn hơn {limit} MB nên không được đọc. "
        "Hãy bỏ hình ảnh và trang thừa, hoặc tách danh sách thành nhiều tệp."
    ),
    "empty_file": "Tệp rỗng, không có byte nào. Hãy kiểm tra lại tệp gốc rồi chọn lại.",
    "pdf": "Đây là tệp PDF, không phải tệp Excel. Hãy chọn danh sách gốc kiểu .xlsx hoặc .csv.",
    "word": "Đây là tệp Word, không phải tệp Excel. Hãy chép bảng sang Excel rồi lưu kiểu .xlsx.",
    "powerpoint": "Đây là tệp PowerPoint, không phải tệp Excel. Hãy chọn danh sách kiểu .xlsx.",
    "picture": "Đây là tệp hình ảnh, không phải tệp Excel. Hãy chọn danh sách kiểu .xlsx.",
    "web_page": (
        "Bên trong tệp là một trang web, không phải bảng Excel. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
    ),
    "xml_text": (
        "Bên trong tệp là văn bản XML, không phải bảng Excel .xlsx. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
    ),
    "plain_zip": "Đây là một tệp nén (.zip). Hãy giải nén rồi chọn tệp .xlsx ở bên trong.",
    "old_excel": (
        "Đây là tệp Excel đời 95 hoặc cũ hơn, không đọc được. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
    ),
    "macros": (
        "Tệp .xls này có macro nên không được đọc. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
    ),
    "binary_excel": (
        "Đây là tệp Excel nhị phân (.xlsb), không đọc được. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
    ),
    "open_document": (
        "Đây là bảng tính OpenDocument (.ods), không đọc được. "
        "Hãy mở bằng Excel, chọn Lưu thành (Save As) kiểu “Excel Workbook (.xlsx)” rồi chọn lại."
    ),
    "not_excel": (
        "Tệp này không phải tệp Excel và cũng không phải bảng .csv. "
        "Hãy chọn danh sách kiểu .xlsx, .xls hoặc .csv."
    ),
    "not_a_table": (
        "Bên trong tệp chỉ là chữ thường, không có cột nào. "
        "Hãy chọn danh sách kiểu .xlsx, hoặc .csv có dấu phân cách cột."
    ),
    "encrypted": (
        "Tệp đang đặt mật khẩu nên không đọc được. "
        "Hãy mở bằng Excel, gỡ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), lưu rồi chọn lại."
    ),
    "zip_bomb": (
        "Tệp bị từ chối vì bung ra lớn bất thường so với dung lượng, "
        "dấu hiệu của tệp phá hoại. Hãy lấy lại tệp từ nơi đã gửi."
    ),
    "too_large_inside": (
        "Nội dung bên trong tệp quá lớn nên không được đọc. "
        "Hãy tách danh sách thành nhiều tệp, mỗi tệp không quá {rows} dòng."
    ),
    "too_many_rows": (
        "Trang “{sheet}” có hơn {rows} dòng, là mức nhiều nhất một lần đọc. "
        "Hãy tách danh sách thành nhiều tệp, mỗi tệp không quá {rows} dòng."
    ),
    "too_many_columns": (
        "Trang “{sheet}” có dữ liệu ở quá cột thứ {columns}, là mức nhiều nhất được đọc. "
        "Hãy xóa các cột thừa bên phải rồi chọn lại."
    ),
    "too_many_cells": (
        "Tệp có hơn {cells} ô có dữ liệu, là mức nhiều nhất một lần đọc. "
        "Hãy tách danh sách thành nhiều tệp nhỏ hơn."
    ),
    "too_slow": (
        "Đọc tệp quá {seconds} giây chưa xong nên đã dừng. "
        "Hãy bỏ trang thừa hoặc tách danh sách thành nhiều tệp nhỏ hơn."
    ),
    "too_heavy": (
        "Đọc tệp cần quá nhiều bộ nhớ nên đã dừng. "
        "Hãy bỏ trang thừa hoặc tách danh sách thành nhiều tệp nhỏ hơn."
    ),
    "damaged": (
        "Tệp bị hỏng, không đọc được trọn vẹn. "
        "Hãy mở bằng Excel, lưu lại kiểu .xlsx rồi chọn lại, hoặc lấy lại tệp gốc."
    ),
    "doctype": (
        "Tệp bị từ chối vì bên trong có khai báo DOCTYPE hoặc thực thể ngoài, "
        "thứ mà Excel không bao giờ ghi. Hãy lấy lại tệp từ nơi đã gửi."
    ),
    "empty": "Tệp không có ô nào có dữ liệu. Hãy kiểm tra xem đã chọn đúng tệp chưa.",
    "bad_text": (
        "Không nhận ra bảng mã chữ của tệp .csv. "
        "Hãy mở bằng Excel rồi lưu kiểu “CSV UTF-8”, hoặc kiểu .xlsx."
    ),
    "scan": (
        "Tệp chỉ có hình ảnh (bản quét), không có chữ để đọc. "
        "Hãy tìm bản Word gốc, hoặc nhận dạng chữ (OCR) rồi lưu thành .docx hay .txt."
    ),
    "no_text": "Tệp không có chữ nào để đọc. Hãy kiểm tra xem đã chọn đúng tệp chưa.",
    "old_word": (
        "Đây là tệp Word đời cũ (.doc), dù tên có thể ghi .docx. "
        "Hãy mở bằng Word, chọn Lưu thành (Save As) kiểu “Word Document (.docx)” rồi chọn lại."
    ),
    "word_macros": (
        "Tệp Word này có macro nên không được đọc. "
        "Hãy mở bằng Word, chọn Lưu thành (Save As) kiểu “Word Document (.docx)” rồi chọn lại."
    ),
    "no_word": "Đây không phải văn bản Word. Hãy chọn kế hoạch kiểu .docx, .txt hoặc .md.",
    "not_a_paper": (
        "Không nhận ra tệp này là văn bản. Hãy chọn kế hoạch kiểu .docx, .txt hoặc .md."
    ),
    "open_document_text": (
        "Đây là văn bản OpenDocument (.odt), không đọc được. "
        "Hãy mở tệp, chọn Lưu thành (Save As) kiểu “Word Document (.docx)” rồi chọn lại."
    ),
    "too_long_document": (
        "Văn bản dài quá mức đọc được một lần. Hãy bỏ các phần không thuộc kế hoạch rồi chọn lại."
    ),
    "old_letters": (
        "Chữ trong tệp dùng bảng mã cũ {name}, không phải Unicode. "
        "Hãy chuyển sang Unicode (ví dụ bằng UniKey, Ctrl+Shift+F6) rồi chọn lại."
    ),
    "pdf_document": (
        "Đây là tệp PDF, không phải tệp Word. Hãy chọn bản .docx gốc; nếu chỉ có PDF, "
        "hãy chép chữ ra tệp .txt, bản quét thì phải nhận dạng chữ (OCR) trước."
    ),
    "word_document": (
        "Đây là văn bản RTF, không phải .docx. "
        "Hãy mở bằng Word, chọn Lưu thành (Save As) kiểu “Word Document (.docx)” rồi chọn lại."
    ),
    "picture_document": (
        "Đây là tệp hình ảnh, không có chữ để đọc. "
        "Hãy tìm bản Word gốc, hoặc nhận dạng chữ (OCR) rồi lưu thành .docx hay .txt."
    ),
    "web_page_document": (
        "Bên trong tệp là một trang web, không phải văn bản Word. "
        "Hãy mở bằng Word, chọn Lưu thành (Save As) kiểu “Word Document (.docx)” rồi chọn lại."
    ),
    "xml_text_document": (
        "Bên trong tệp là văn bản XML, không phải .docx. "
        "Hãy mở bằng Word, chọn Lưu thành (Save As) kiểu “Word Document (.docx)” rồi chọn lại."
    ),
    "not_excel_document": (
        "Không nhận ra tệp này là văn bản. Hãy chọn kế hoạch kiểu .docx, .txt hoặc .md."
    ),
    "plain_zip_document": (
        "Đây là một tệp nén (.zip). Hãy giải nén rồi chọn văn bản .docx ở bên trong."
    ),
    "encrypted_document": (
        "Tệp đang đặt mật khẩu nên không đọc được. Hãy mở bằng Word, gỡ mật khẩu, lưu rồi chọn lại."
    ),
    "too_many_bytes_document": (
        "Tệp lớn hơn {limit} MB nên không được đọc. Hãy bỏ hình ảnh trong văn bản rồi chọn lại."
    ),
    "too_large_inside_document": (
        "Nội dung bên trong tệp quá lớn nên không được đọc. Hãy bỏ các phần thừa rồi chọn lại."
    ),
    "too_slow_document": (
        "Đọc tệp quá {seconds} giây chưa xong nên đã dừng. Hãy bỏ các phần thừa rồi chọn lại."
    ),
    "too_heavy_document": (
        "Đọc tệp cần quá nhiều bộ nhớ nên đã dừng. Hãy bỏ các phần thừa rồi chọn lại."
    ),
    "damaged_document": (
        "Tệp bị hỏng, không đọc được trọn vẹn. "
        "Hãy mở bằng Word, lưu lại kiểu .docx rồi chọn lại, hoặc lấy lại tệp gốc."
    ),
    "doctype_document": (
        "Tệp bị từ chối vì bên trong có khai báo DOCTYPE hoặc thực thể ngoài, "
        "thứ mà Word không bao giờ ghi. Hãy lấy lại tệp từ nơi đã gửi."
    ),
    "bad_text_document": (
        "Không nhận ra bảng mã chữ của tệp. Hãy lưu lại tệp chữ theo UTF-8, hoặc dùng .docx."
    ),
    "no_evidence": (
        "Minh chứng phải là tệp PDF, ảnh (JPG, PNG), Word (.docx) hoặc Excel (.xlsx). "
        "Hãy lưu lại thành một trong các kiểu đó rồi chọn lại."
    ),
    "too_large_evidence": (
        "Tệp lớn hơn {limit} MB nên không được giữ. Hãy giảm cỡ ảnh hoặc tách tệp rồi chọn lại."
    ),
    "evidence_macros": (
        "Tệp có macro nên không được giữ. Hãy lưu lại kiểu .docx hoặc .xlsx không có macro."
    ),
    "unreadable": "Không mở được tệp. Hãy kiểm tra tệp còn ở đó và có quyền đọc, rồi chọn lại.",
}

NOTES = {
    "macros_ignored": "Tệp có macro; macro bị bỏ qua, không chạy.",
    "windows_1258": (
        "Tệp .csv dùng bảng mã Windows-1258; hãy nhìn lại dấu tiếng Việt trước khi ghi."
    ),
    "windows_1258_text": (
        "Tệp chữ dùng bảng mã Windows-1258; hãy nhìn lại dấu tiếng Việt trước khi dùng."
    ),
    "chart_ignored": "Trang “{sheet}” là biểu đồ, không có ô nào để đọc.",
}


class UnfriendlyFile(Exception):
    """A file that is not read: a stable code and one whole Vietnamese sentence."""

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def refusal(code: str, **values: Any) -> UnfriendlyFile:
    """Make the refusal of a code of ``REFUSALS``; KeyError for an unknown code."""
    return UnfriendlyFile(code, Sentence(REFUSALS[code], **values))
