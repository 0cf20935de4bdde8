"""What is asked of a backfill, as Prefect's page shows it as a form and as the command line gives it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas.form import load_forms
from schemas.period import Period, PeriodError

EVERY_FORM = "全部报表"
_FORMS = {f"{form.code} {form.title}": form.id for form in sorted(load_forms().values(), key=lambda form: form.code)}
NO_REASON = "按现行的报表定义和规则重新核对"


class BackfillRequest(BaseModel):
    """从归档的原始文件，按现行的报表定义和规则重新核对历史月份。"""

    model_config = ConfigDict(frozen=True, extra="forbid", title="回填")

    from_month: date | None = Field(
        default=None, title="起始月份", description="从这个月起，选当月任何一天均可；接着做中断的回填时不填"
    )
    to_month: date | None = Field(default=None, title="截止月份", description="到这个月为止（含），选当月任何一天均可")
    form: str = Field(
        default=EVERY_FORM,
        title="报表",
        description="只回填这张报表",
        json_schema_extra={"enum": [EVERY_FORM, *_FORMS]},
    )
    unit: str = Field(default="", title="单位", description="只回填这个单位，填代码或全称；不填为全部单位")
    dry_run: bool = Field(default=True, title="预演", description="只列出会有哪些变化，不写入任何数据")
    reopen: bool = Field(
        default=False, title="改动已封账的月份", description="已封账的月份也改，改后仍然封账；须写明理由"
    )
    reason: str = Field(default="", title="理由", description="记入审计记录；改动已封账的月份时必填")
    who: str = Field(default="", title="经办人", description="记入审计记录；不填为运行本程序的用户")
    resume: int | None = Field(
        default=None, title="接着做第几次", description="接着做中断的回填（不是预演，直接写入），填它的序号，其余不填"
    )

    @field_validator("from_month", "to_month", mode="before")
    @classmethod
    def _is_month(cls, value: object) -> object:
        if value is None or isinstance(value, datetime | date):
            day = value.date() if isinstance(value, datetime) else value
            return day.replace(day=1) if day else None
        text = str(value).strip()
        try:
            return _month(text) if text else None
        except (PeriodError, ValueError):
            raise ValueError(f"「{text}」不是月份，请写成 2021-03") from None

    @field_validator("form", mode="before")
    @classmethod
    def _is_form(cls, value: object) -> object:
        wanted = str(value or EVERY_FORM).strip().casefold()
        for title, form_id in _FORMS.items():
            if wanted in (title.casefold(), form_id, title.partition(" ")[0].casefold()):
                return title
        if wanted != EVERY_FORM:
            raise ValueError(f"没有报表「{value}」，请写编号或标识，如 {next(iter(_FORMS)).partition(' ')[0]}")
        return EVERY_FORM

    @model_validator(mode="after")
    def _is_whole(self) -> "BackfillRequest":
        if self.resume is not None:
            if self._says_more():
                raise ValueError("接着做中断的回填（resume）时，月份、报表、单位和理由照旧，请都不填")
            return self
        if not self.from_month or not self.to_month:
            raise ValueError("请写明起止月份，例如 2020-01 2021-06")
        if self.from_month > self.to_month:
            raise ValueError(f"起始月份 {self.from_month:%Y-%m} 晚于截止月份 {self.to_month:%Y-%m}")
        if self.reopen and not self.reason.strip():
            raise ValueError("改动已封账的月份须写明理由：--reason 理由")
        return self

    def _says_more(self) -> bool:
        return any((self.from_month, self.to_month, self.form_id, self.unit, self.reopen, self.reason, self.who))

    @property
    def form_id(self) -> str | None:
        """The id of the form; None: all."""
        return _FORMS.get(self.form)


def explain(problem: Mapping[str, Any]) -> str:
    """What pydantic found wrong, in one line."""
    return str(problem["msg"]).removeprefix("Value error, ")


def _month(text: str) -> date:
    """The first day of the month of 2021-03 or 2021-03-15."""
    if len(text) > len("2021-03"):
        return date.fromisoformat(text[: len("2021-03-15")]).replace(day=1)
    period = Period.parse(text)
    if period.kind != "month":
        raise PeriodError(text)
    return period.start_on
