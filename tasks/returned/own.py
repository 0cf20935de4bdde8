"""The sheet that is added to a returned workbook, and how it is known when the workbook comes again."""

from dataclasses import replace

from tasks.workbook import Sheet, Workbook

TITLE = "问题清单"
MARK = "问题清单（由汇总系统生成，不是报表，重新报送时可以保留）"


def is_list(sheet: Sheet) -> bool:
    """Whether it is the list of issues that we added, whatever the sheet is called by now."""
    return bool(sheet.rows and sheet.rows[0] and sheet.rows[0][0] == MARK)


def without_lists(book: Workbook) -> Workbook:
    """The workbook as its sender made it."""
    if not any(is_list(sheet) for sheet in book.sheets):
        return book
    return replace(book, sheets=tuple(sheet for sheet in book.sheets if not is_list(sheet)))
