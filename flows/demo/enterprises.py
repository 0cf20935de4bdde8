"""Made-up enterprises of the eleven townships: each with a code, a sector and a town, the same in all forms."""

from dataclasses import dataclass

from flows.demo.people import enterprise_code

TOWNS = (
    *(f"34040400{number}" for number in range(1, 6)),
    *(f"34040410{number}" for number in range(4)),
    "340404200",
    "340404201",
)
PARK = "340404P01"
_TOWN_OF_PARK = "340404101"
_PER_TOWN = 6
_WORDS = (
    "安澜 百川 常青 大禾 恩泽 飞虹 广源 恒兴 惠风 嘉禾 景明 康达 凌云 茂林 南屏 鹏程 千山 瑞丰 顺和 泰安 "
    "万通 祥云 新程 永固 远航 云海 兆丰 正阳 中和 卓越 华盛 金桥 联创 明德 宁远 平川 启明 荣升 盛世 天润 "
    "旺达 兴隆 星光 雅苑 怡心 长盛 众诚 紫荆 佳运 乐山 绿野 美景 暖阳 清泉 仁和 思源 同心 文昌 熙春 晓峰 "
    "益民 裕民 泽丰 展翔 志远 宗盛"
)
# What kind of place, by sector; a town has six of them in a row, the next town goes on from there.
_KINDS = (
    ("industry_trade", "机械制造有限公司"),
    ("hazardous_chemicals", "化工经营部"),
    ("construction", "建筑工程有限公司"),
    ("crowded_places", "购物中心"),
    ("town_gas", "燃气服务站"),
    ("road_transport", "物流有限公司"),
    ("special_equipment", "电梯服务有限公司"),
    ("fire", "商务宾馆"),
    ("campus", "双语幼儿园"),
    ("culture_tourism", "网络会所"),
    ("farm_machinery", "农机专业合作社"),
    ("fireworks", "烟花爆竹零售店"),
    ("water_transport", "渔业合作社"),
    ("other", "养老服务中心"),
)
# The sectors that a department looks after; a township looks after all of its own places.
SECTORS = {
    "340404D01": ("industry_trade", "hazardous_chemicals", "fireworks"),
    "340404D02": ("construction", "town_gas"),
    "340404D03": ("road_transport",),
    "340404D04": ("fire", "crowded_places"),
    "340404D05": ("special_equipment",),
    "340404D06": ("road_transport",),
    "340404D07": ("farm_machinery", "water_transport"),
    "340404D08": ("campus",),
    "340404D09": ("town_gas", "crowded_places"),
    "340404D10": ("industry_trade",),
    "340404D12": ("culture_tourism",),
    "340404D14": ("industry_trade",),
    "340404D15": ("hazardous_chemicals",),
    "340404D16": ("crowded_places",),
}
_OTHER = ("other",)


@dataclass(frozen=True)
class Enterprise:
    """A place that is inspected; ``number`` makes its code."""

    number: int
    name: str
    town_code: str
    sector: str

    @property
    def uscc(self) -> str:
        """Its unified social credit code."""
        return enterprise_code(self.number)


ENTERPRISES = tuple(
    Enterprise(
        1 + number, f"淮南示例{word}{_KINDS[number % len(_KINDS)][1]}", TOWNS[number // _PER_TOWN],
        _KINDS[number % len(_KINDS)][0],
    )
    for number, word in enumerate(_WORDS.split())
)  # fmt: skip


def enterprises_of(unit_code: str) -> tuple[Enterprise, ...]:
    """The places that a unit looks after: those of a town, or those of a department's sectors."""
    if unit_code in TOWNS:
        return tuple(each for each in ENTERPRISES if each.town_code == unit_code)
    if unit_code == PARK:
        return tuple(each for each in ENTERPRISES if each.town_code == _TOWN_OF_PARK)
    return tuple(each for each in ENTERPRISES if each.sector in SECTORS.get(unit_code, _OTHER))
