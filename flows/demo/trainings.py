"""F06 of the sample inbox: four trainings of the bureau in the first half of 2021, and twelve in all."""

from datetime import date, timedelta

from flows.demo.report import Fact, Row
from schemas.unit import load_register

BUREAU = "340404D01"
_WORKERS = ("enterprise_heads", "safety_managers", "workers")
_OFFICERS = ("disaster_officers",)


def trainings() -> list[Fact]:
    """Every row of F06."""
    return [*_of_the_bureau(), *_of_others(), *_of_the_year_before()]


def _of_the_bureau() -> list[Fact]:
    return [
        _session(BUREAU, date(2021, 1, 20), "岁末年初安全知识网络培训", "online", 1200, days=3, exam=False),
        _session(BUREAU, date(2021, 3, 25), "企业主要负责人安全知识培训", "classroom", 86),
        _session(BUREAU, date(2021, 4, 28), "危险化学品企业安全管理现场观摩", "on_site", 54, exam=False),
        _officers(BUREAU, date(2021, 5, 13), "三级灾害信息员培训", 148, "district"),
        _session(BUREAU, date(2021, 6, 10), "安全生产月安全知识集中培训", "classroom", 132),
    ]


def _of_others() -> list[Fact]:
    return [
        _session("340404001", date(2021, 1, 27), "春节前商户消防安全培训", "classroom", 45, "township"),
        _session("340404103", date(2021, 3, 18), "春季农机安全培训", "classroom", 62, "township"),
        _session("340404005", date(2021, 3, 26), "燃气使用安全培训", "on_site", 38, "township", exam=False),
        _session("340404102", date(2021, 4, 22), "非煤矿山从业人员安全培训", "classroom", 71, "township"),
        _officers("340404200", date(2021, 4, 16), "村级灾害信息员培训", 24, "township"),
        _session("340404P01", date(2021, 5, 21), "园区企业三项岗位人员培训", "classroom", 96, "enterprise", days=2),
        _session("340404D12", date(2021, 5, 27), "文化娱乐场所应急疏散培训", "on_site", 58, "enterprise", exam=False),
    ]


def _of_the_year_before() -> list[Fact]:
    return [
        _session(BUREAU, date(2020, 3, 20), "复工复产安全知识网络培训", "online", 860, days=2, exam=False),
        _session(BUREAU, date(2020, 5, 22), "企业安全管理人员培训", "classroom", 64),
        _session(BUREAU, date(2020, 6, 12), "安全生产月安全知识集中培训", "classroom", 105),
        _session("340404002", date(2020, 1, 9), "冬季用气安全培训", "classroom", 33, "township"),
        _session("340404100", date(2020, 4, 17), "建筑工地复工安全培训", "classroom", 47, "township"),
        _officers("340404103", date(2020, 5, 27), "村级灾害信息员培训", 27, "township"),
        _officers(BUREAU, date(2020, 6, 9), "灾害信息员培训", 116, "district"),
        _session("340404P01", date(2020, 6, 18), "园区企业安全管理人员培训", "classroom", 58, "enterprise"),
        _session("340404D08", date(2020, 6, 24), "校园安全管理人员培训", "online", 92, "enterprise", exam=False),
    ]


def _session(
    unit: str,
    ended_on: date,
    title: str,
    mode: str,
    participants: int,
    level: str = "district",
    *,
    days: int = 1,
    exam: bool = True,
) -> Fact:
    tested = participants - participants // 12
    row: Row = {
        "training_no": f"PX{unit}{ended_on:%Y%m%d}",
        "started_on": ended_on - timedelta(days=days - 1),
        "ended_on": ended_on,
        "title": title,
        "category": "three_posts" if "三项岗位" in title else "safety_knowledge",
        "mode": mode,
        "organizer": load_register().units[unit].name,
        "organizer_level": level,
        "audience": _WORKERS,
        "participants": participants,
        "hours": 4.0 * days,
        "exam_due": participants if exam else None,
        "examined": tested if exam else None,
        "passed": tested - participants // 20 if exam else None,
    }
    return Fact("training", ended_on.replace(day=1), (unit,), row)


def _officers(unit: str, ended_on: date, title: str, participants: int, level: str) -> Fact:
    fact = _session(unit, ended_on, title, "classroom", participants, level, exam=False)
    return Fact(
        fact.form_id, fact.month, fact.reporters, {**fact.row, "category": "disaster_officer", "audience": _OFFICERS}
    )
