"""Issues: what is wrong with a file, where, and what its sender should do. Bad input is data, not an exception."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from schemas.form import severity_of

# One sentence a code. {value} is what the cell holds, {hint} what is allowed; both may be empty.
MESSAGES: Mapping[str, str] = {
    "E-FILE-01": "不是表格文件或已经损坏（{hint}），请用 WPS 或 Excel 打开检查，另存为 .xlsx 后重新报送",
    "E-FILE-02": "文件是空的，请重新报送",
    "E-FILE-03": "文件有打开密码，请取消密码后重新报送",
    "E-FILE-04": "认不出是哪一张报表，请使用下发的模板，保留表头各列的名称（{hint}）",
    "E-FILE-05": "工作表「{value}」太大（{hint}），请删去空白的行和列后重新报送",
    "E-FILE-06": "文字编码不是 UTF-8、UTF-16 或 GB18030，请另存为 .xlsx 后重新报送",
    "W-FILE-07": "工作表「{value}」没有认出报表，未读取；如应上报，请检查表头",
    "E-FILE-08": "同一文件里有两张「{value}」，请只保留一张",
    "W-FILE-09": "隐藏的工作表「{value}」没有读取；如应上报，请取消隐藏后重新报送",
    "E-FILE-10": "表头同时像「{value}」，分不清是哪一张，请在表上方写明报表名称，保留全部列名",
    "E-FILE-11": "文件内容是{value}，不是电子表格，{hint}",
    "E-FILE-12": "文字编码分不清是哪一种，请用 WPS 或 Excel 打开，另存为 .xlsx 后重新报送",
    "E-FILE-13": "分不清各列是用什么隔开的（{hint}），请另存为 .xlsx 后重新报送",
    "E-FILE-14": "引号不成对，分不清这一格到哪里为止，请改正，或另存为 .xlsx 后重新报送",
    "W-FILE-15": "模板已更新（{value}），这份是旧版填的，已照常读取；下次请下载新版模板填报",
    "E-FILE-16": "读这份文件超出了时间或内存的上限（{hint}），请另存为 .xlsx 后重新报送；仍不行的，请管理员放宽上限",
    "E-FILE-17": "{value}，超出上限（{hint}），请只保留报表，另存为 .xlsx 后重新报送；确需读取的，请管理员放宽上限",
    "E-FILE-18": "问题有 {value} 个，太多（{hint}），只列出一部分，请改正后重新报送",
    "E-FILE-21": "读这份文件时程序出错（{hint}），请另存为 .xlsx 后重新报送；仍不行的，请管理员查看日志",
    "I-FILE-19": "文件带有宏，没有运行",
    "I-FILE-20": "文件引用了其他文件，没有去读，用的是保存时的结果",
    "E-COV-01": "表号「{value}」不认识，请写 F01 至 F14",
    "E-COV-02": "找不到填报单位「{value}」，请写全称或单位代码",
    "E-COV-03": "单位代码与名称不一致（该代码为{hint}），请核对",
    "E-COV-04": "报告期「{value}」看不懂，请写成 2021年3月 或 2021-03",
    "E-COV-05": "报告期 {value} 还没有到，请核对",
    "W-COV-06": "报告期 {value} 距今超过6个月，请确认",
    "E-COV-08": "版本 {value} 已经报过，而内容不同；如为更正，请把版本改为 {hint}，填写更正说明后重新报送",
    "E-COV-09": "版本为2以上的，请填写更正说明",
    "W-COV-10": "封面没有填写{hint}，请补填",
    "W-COV-12": "报出日期 {value} 早于报告期结束，请核对",
    "E-COV-13": "填报单位前后不一致：{hint}，请核对后重新报送",
    "E-COV-14": "报告期前后不一致：{hint}，请核对后重新报送",
    "E-COV-15": "本月情况为零报告，表里却有数据，请核对",
    "E-COV-16": "没有写明填报单位，请在表头填写，或放进以单位命名的文件夹",
    "E-COV-17": "没有写明报告期，请在表头填写，或放进以月份（2021-03）命名的文件夹",
    "E-COV-18": "「{value}」不能零报告，{hint}",
    "E-COV-19": "本月情况为有数据，表里却没有数据行，请补填，或改为零报告",
    "E-COV-20": "本月情况「{value}」看不懂，请写 有数据、零报告 或 无变化",
    "E-COV-21": "版本「{value}」看不懂，请写 1、2、3 这样的数字",
    "E-COV-23": "本月情况为无变化，表里却有数据，请核对",
    "E-COV-24": "「{value}」不能报无变化，请按本月实际填写，没有发生的写零报告",
    "E-COV-25": "缺少「{value}」，请补上这张工作表",
    "E-COV-26": "封面的表号是 {value}，文件里却没有这张报表（{hint}），请核对",
    "E-COV-27": "填报单位「{value}」{hint}，请核对单位和报告期",
    "E-HEAD-01": "缺少必填的列「{value}」，请补上这一列",
    "E-HEAD-02": "有两列都是「{value}」{hint}，请只保留一列",
    "W-HEAD-03": "不认识的列「{value}」，没有读取{hint}",
    "I-HEAD-03": "多出的列「{value}」，没有读取",
    "W-HEAD-04": "缺少列「{value}」，请补上这一列",
    "E-HEAD-05": "「{value}」的计量单位应为{hint}，请改正表头和数字",
    "I-HEAD-05": "「{value}」已由{hint}",
    "E-HEAD-06": "不得填写「{value}」，请删去这一列",
    "E-HEAD-07": "「{value}」可能是「{hint}」，分不清是哪一列，请写全称",
    "W-HEAD-08": "「{value}」是隐藏的列，已读取，请取消隐藏并核对",
    "I-HEAD-09": "没有列名，没有读取",
    "E-ROW-01": "合并单元格里的数字不能分给多行（{hint}），请拆分后逐行填写",
    "I-ROW-01": "合并单元格的内容用于{hint}",
    "W-ROW-02": "隐藏的行，没有读取；如应上报，请取消隐藏后重新报送",
    "I-ROW-03": "隐藏的行，已读取",
    "I-ROW-04": "栏号行，没有读取",
    "E-VAL-01": "未填写，该项必填",
    "W-VAL-01": "未填写，请补填",
    "E-VAL-02": "{value} 不是有效日期，请写成 2021-03-09",
    "E-VAL-03": "{value} 不是有效时间，请写成 2021-03-09 06:40",
    "E-VAL-04": "{value} 不是整数，请只写数字{hint}",
    "E-VAL-05": "{value} 不是数字，请只写数字{hint}",
    "E-VAL-06": "{value} 不在可选项内，请从下列各项选填：{hint}",
    "E-VAL-07": "{value} 请写 是 或 否",
    "E-VAL-08": "{value} 不是已登记的单位，请写全称或代码{hint}",
    "E-VAL-09": "{value} 超出允许的范围（{hint}），请核对",
    "E-VAL-10": "{value} 超过规定长度（最多{hint}字），请缩短",
    "E-VAL-11": "{value} 格式不对，应为{hint}",
    "E-VAL-12": "{value} 不是统一社会信用代码，应为18位数字和大写字母（没有 I、O、S、V、Z），请核对",
    "W-VAL-12": "{value} 不符合统一社会信用代码的校验规则（GB 32100-2015），请核对",
    "E-VAL-13": "{value} 疑似被 Excel 转成数字，末几位已丢失，请把单元格设为文本格式后重填",
    "E-VAL-14": "{value} 太大，请核对是否多写了数字或用错了单位",
    "E-VAL-15": "{value} 在当时不适用：{hint}",
    "E-VAL-16": "单元格是错误值 {value}，请改正公式，或直接填写结果",
    "E-VAL-17": "公式没有计算结果（{value}），请用 WPS 或 Excel 打开，重新计算并保存后报送",
    "W-VAL-18": "{value} 年份没有写全，按 {hint} 读取，请核对，写成 2021-03-09",
    "E-VAL-19": "{value} 有两种读法{hint}，请按年月日的次序写全",
    "E-VAL-20": "{value} 的计量单位应为{hint}，请换算后只写数字",
    "W-VAL-21": "{value} 的年份写在最后，按 {hint} 读取，请核对，写成 2021-03-09",
    "W-VAL-22": "{value} 只有日期，没有时间，按 {hint} 读取，请补填时间",
    "E-VAL-23": "{value} 是一段日期，请只写一天；有开始、结束两列的，请分开填写",
    "I-VAL-24": "{value} 已换算为 {hint}",
    "W-VAL-25": "{value} 的小数位数太多，四舍五入按 {hint} 记入，请核对",
    "E-VAL-26": "{value} 是百分数，请填写实际数字（比率由系统计算）",
    "W-VAL-27": "{value} 含身份证号码，已遮盖，请勿填写身份证号码",
    "E-VAL-28": "{value} 里的代码与名称不一致（该代码为{hint}），请核对",
    "W-VAL-29": "{value} 是科学计数法，按 {hint} 读取，末几位可能已丢失，请核对",
    "E-VAL-30": "{value} 是列太窄时显示的符号，内容已丢失，请加宽这一列后重新另存，或直接填写",
    "W-TOT-01": "{kind}行写的是 {value}，各行相加是 {hint}，请核对（系统按各行计算）",
    "W-TOT-02": "{kind}行写的 {value} 不是确切的数字，没有核对；各行相加是 {hint}",
}


# A schema and no model: a model asks pandera for all kinds of indexes, those of dask among them where it is installed,
# which takes longer than all else of a command.
ISSUES = pa.DataFrameSchema(
    {
        "file_no": pa.Column(int),
        "submission_no": pa.Column(pd.Int64Dtype, nullable=True),
        "severity": pa.Column(object, pa.Check.isin(["error", "warning", "info"])),
        "code": pa.Column(object),
        "sheet": pa.Column(object, nullable=True),
        "row": pa.Column(pd.Int64Dtype, nullable=True),
        "column": pa.Column(object, nullable=True),
        "field": pa.Column(object, nullable=True),
        "value": pa.Column(object, nullable=True),
        "message": pa.Column(object),
    }
)
"""The frame of issues; see ``Batch.issues`` for the columns."""

ISSUE_COLUMNS = tuple(ISSUES.columns)


@dataclass(frozen=True)
class Issue:
    """One issue of a file, a sheet or a heading; those of cells are made by whole columns, see ``tasks.validate``."""

    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    hint: str = ""

    @property
    def severity(self) -> str:
        """The code's first letter says it."""
        return severity_of(self.code)

    @property
    def message(self) -> str:
        """The sentence, with the place in the sheet in front."""
        return place(self.row, self.column, None) + MESSAGES[self.code].format(value=self.value or "", hint=self.hint)


def place(row: int | None, column: str | None, label: str | None) -> str:
    """Where in the sheet: ``第 12 行「整改期限」：``; empty when the issue has no place."""
    spot = (f"第 {row} 行" if row else "") + (f"「{label}」" if label else f"{column} 列" if column else "")
    return f"{spot}：" if spot else ""


@functools.lru_cache(maxsize=1_024)
def column_letter(index: int) -> str:
    """The letter of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def issue_frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """A frame of issues from dicts, in the order and the types of ``ISSUES``."""
    frame = pd.DataFrame(rows, columns=list(ISSUE_COLUMNS), dtype=object)
    return typed_issues(frame)


def typed_issues(frame: pd.DataFrame) -> pd.DataFrame:
    """The same issues in the types of ``ISSUES``."""
    text = ["severity", "code", "sheet", "column", "field", "value", "message"]
    frame = frame.loc[:, list(ISSUE_COLUMNS)].reset_index(drop=True)
    frame[text] = frame[text].astype(object).where(frame[text].notna(), None)
    return frame.astype({"file_no": "int64", "submission_no": "Int64", "row": "Int64"})
