import pytest

from schemas.indicator import Indicator, IndicatorError, parse_indicator

HEADER = {
    "id": "trainings_completed",
    "code": "TRN02",
    "name": "安全培训期数",
    "name_en": "Safety trainings held",
    "definition": "培训结束日期在期内的培训。",
    "unit": "期",
    "better": "higher",
    "over_time": "sum",
    "source": "training",
    "decimals": "0",
}
SELECT = "SELECT\n    source_id\nFROM form.training"


def text_of(sql: str = SELECT, **changed: str | None) -> str:
    """The text of an indicator file; a key changed to None is left out."""
    lines = [f"-- {key}: {value}" for key, value in {**HEADER, **changed}.items() if value is not None]
    return "\n".join([*lines, sql])


def parse(text: str) -> Indicator:
    return parse_indicator(text, "warehouse/indicators/trainings.sql")


def test_header_and_select_are_told_apart() -> None:
    indicator = parse(text_of())
    assert (indicator.name, indicator.source, indicator.sql) == ("安全培训期数", ("training",), SELECT)


def test_a_reason_below_a_blank_line_is_part_of_the_select() -> None:
    assert parse(text_of(sql=f"\n-- unit: this is no header\n{SELECT}")).sql.startswith("-- unit: this is no header")


def test_a_value_may_hold_colons_and_several_sources() -> None:
    indicator = parse(text_of(name="培训：a: b", source="training, incident"))
    assert (indicator.name, indicator.source) == ("培训：a: b", ("training", "incident"))
    assert indicator.forms == {"training", "incident"}


def test_a_breakdown_has_the_labels_of_the_form_in_its_order() -> None:
    members = parse(text_of(source="officer", breakdown="level")).members("level")
    assert dict(members) == {"district": "区", "township": "乡镇街道", "village": "村社区"}
    assert list(members) == ["district", "township", "village"]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"unit": None}, "unit"),
        ({"definition": None}, "definition: Field required"),
        ({"definition": "Trainings that ended in the period。"}, "definition: .*write in Chinese what counts"),
        ({"definition": "培训结束日期在期内的培训"}, "definition: .*end with 。"),
        ({"over_time": "mean"}, "over_time"),
        ({"better": "up"}, "better"),
        ({"code": "XYZ01"}, "code"),
        ({"source": "tainings"}, "unknown tables.*tainings.*training"),
        ({"source": "officer, community"}, "two tables of one form"),
        ({"breakdown": "participants"}, "participants is no code column"),
        ({"colour": "red"}, "colour"),
        ({"value": "ratio", "factor": "many"}, "factor"),
        ({"rows": "trainings"}, "either a SELECT or"),
        ({"sql": ""}, "either a SELECT or"),
    ],
)
def test_a_wrong_header_is_refused_with_the_file_and_the_key(changed: dict[str, str | None], complaint: str) -> None:
    sql = changed.pop("sql", SELECT)
    with pytest.raises(IndicatorError, match=rf"warehouse/indicators/trainings.sql: .*{complaint}"):
        parse(text_of(sql=sql or "", **changed))


def test_a_line_of_the_header_that_is_no_key_is_refused() -> None:
    with pytest.raises(IndicatorError, match="write the header as -- key: value"):
        parse(f"-- Safety trainings\n{text_of()}")


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(IndicatorError, match="unit: given twice"):
        parse(f"-- unit: 次\n{text_of()}")


def test_percentages_and_yes_or_no_are_shares_and_other_ratios_are_not() -> None:
    assert parse(text_of(unit="%", value="ratio", factor="100")).is_share
    assert parse(text_of(unit="是/否", value="all")).is_share
    assert not parse(text_of()).is_share
    assert not parse(text_of(unit="次/百家次", value="ratio", factor="100")).is_share


def test_tables_follow_the_groups_of_the_catalogue() -> None:
    codes = ["COM01", "TRN02", "OFF02", "ACC02", "ACC01", "INC01", "TRN01"]
    ordered = sorted((parse(text_of(code=code)) for code in codes), key=lambda indicator: indicator.order)
    assert [each.code for each in ordered] == ["ACC01", "ACC02", "INC01", "TRN01", "TRN02", "OFF02", "COM01"]
