"""An Excel workbook (.xlsx, .xlsm) read part by part from its zip."""

from __future__ import annotations

from chungtay.files.cells import FileNote, Limits, Sheet, Workbook
from chungtay.files.number_formats import built_in_format
from chungtay.files.refusals import refusal
from chungtay.files.sheet_xml import Budget, SheetReader, Styles, unescape
from chungtay.files.zip_parts import ZipParts
from chungtay.rulebook.wording import vi_int

FOREIGN_PARTS = {
    "word/document.xml": "word",
    "ppt/presentation.xml": "powerpoint",
    "xl/workbook.bin": "binary_excel",
}


def read_xlsx(content: bytes, limits: Limits) -> Workbook:
    """Read all sheets, hidden ones too; UnfriendlyFile for what is not a sound workbook."""
    parts = ZipParts(content, limits)
    main = _main_part(parts)
    relations = parts.relations(main)
    styles, listed = _workbook(parts, main)
    for kind, target in relations.values():
        if kind == "sharedStrings" and target in parts:
            _read_strings(parts, target, styles, limits)
        elif kind == "styles" and target in parts:
            _read_formats(parts, target, styles)
    notes: list[FileNote] = []
    sheets = _read_sheets(parts, listed, relations, styles, Budget(limits), notes)
    if not any(sheet.rows for sheet in sheets):
        raise refusal("empty")
    macros = "xl/vbaproject.bin" in parts
    if macros:
        notes.append(FileNote("macros_ignored"))
    return Workbook("xlsm" if macros else "xlsx", tuple(sheets), tuple(notes))


def _main_part(parts: ZipParts) -> str:
    for kind, target in parts.relations("").values():
        if kind == "officeDocument" and target in parts:
            foreign = FOREIGN_PARTS.get(target.lower())
            if foreign:
                raise refusal(foreign)
            return target
    for name, code in FOREIGN_PARTS.items():
        if name in parts:
            raise refusal(code)
    if "content.xml" in parts and "mimetype" in parts:
        raise refusal("open_document")
    raise refusal("damaged" if "xl/workbook.xml" in parts else "plain_zip")


def _workbook(parts: ZipParts, main: str) -> tuple[Styles, list[tuple[str, str, bool]]]:
    styles = Styles()
    listed: list[tuple[str, str, bool]] = []
    root: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        root.append(tag)
        if tag == "workbookPr":
            styles.since_1904 = given.get("date1904") in {"1", "true"}
        elif tag == "sheet":
            relation = next((v for k, v in given.items() if k.rpartition(":")[2] == "id"), "")
            listed.append((given.get("name", ""), relation, "idden" in given.get("state", "")))

    parts.parse(main, start)
    if root[0] != "workbook":
        raise refusal("plain_zip")
    return styles, listed


def _read_sheets(
    parts: ZipParts,
    listed: list[tuple[str, str, bool]],
    relations: dict[str, tuple[str, str]],
    styles: Styles,
    budget: Budget,
    notes: list[FileNote],
) -> list[Sheet]:
    sheets: list[Sheet] = []
    if len(listed) > budget.limits.sheets:
        raise refusal("too_large_inside", rows=vi_int(budget.limits.rows))
    for name, relation, hidden in listed:
        kind, target = relations.get(relation, ("", ""))
        if kind == "chartsheet":
            notes.append(FileNote("chart_ignored", {"sheet": name}))
        elif kind == "worksheet" and target in parts:
            reader = SheetReader(name, styles, budget)
            parts.parse(target, reader.start, reader.end, reader.characters)
            sheets.append(reader.sheet(hidden))
        elif kind in {"", "worksheet"}:
            raise refusal("damaged")
    return sheets


class _SharedStrings:
    """Takes the events of the shared strings; reading aids (phonetic runs) are left out."""

    def __init__(self, strings: list[str], limits: Limits) -> None:
        self._strings = strings
        self._limits = limits
        self._pieces: list[str] = []
        self._collecting = self._phonetic = False

    def start(self, tag: str, _given: dict[str, str]) -> None:
        if tag == "t":
            self._collecting = not self._phonetic
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str) -> None:
        if tag == "t":
            self._collecting = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self._strings.append(unescape("".join(self._pieces)))
            self._pieces.clear()
            if len(self._strings) > self._limits.cells:
                raise refusal("too_many_cells", cells=vi_int(self._limits.cells))

    def characters(self, text: str) -> None:
        if self._collecting:
            self._pieces.append(text)


def _read_strings(parts: ZipParts, target: str, styles: Styles, limits: Limits) -> None:
    taker = _SharedStrings(styles.strings, limits)
    parts.parse(target, taker.start, taker.end, taker.characters)


def _read_formats(parts: ZipParts, target: str, styles: Styles) -> None:
    custom: dict[int, str] = {}
    numbers: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt":
            custom[int(given["numFmtId"])] = given.get("formatCode", "")
        elif tag == "xf" and inside and inside[-1] == "cellXfs":
            numbers.append(int(given.get("numFmtId", 0)))
        elif tag in {"cellXfs", "cellStyleXfs"}:
            inside.append(tag)

    def end(tag: str) -> None:
        if tag in {"cellXfs", "cellStyleXfs"} and inside:
            inside.pop()

    parts.parse(target, start, end)
    for number in numbers:
        code = custom.get(number) or built_in_format(number)
        styles.formats.append(None if code in {None, "", "General"} else code)
