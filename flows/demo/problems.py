"""What is wrong in a place of some sector, and what is done about it. Texts are made up."""

from flows.demo.draw import choose, draw

_ROOMS = ("一楼", "二楼", "东侧", "西侧", "北门", "南门", "仓库", "配电间", "后院", "通道")
_COMMON = ("灭火器压力不足", "疏散指示标志损坏", "安全出口堆放杂物", "临时用电线路未穿管保护")
_PROBLEMS = {
    "industry_trade": ("砂轮机防护罩缺失", "有限空间警示标识缺失", "行车限位器失灵", "除尘器积灰未清理"),
    "hazardous_chemicals": ("可燃气体报警器未校验", "危化品混存混放", "静电接地装置断开"),
    "construction": ("临边防护栏杆缺失", "脚手架连墙件不足", "塔吊限位装置失效", "配电箱未上锁"),
    "town_gas": ("钢瓶超期未检", "软管老化开裂", "调压箱门锁损坏"),
    "road_transport": ("车辆轮胎磨损超限", "驾驶员日常教育记录不全", "动态监控离线未处理"),
    "special_equipment": ("电梯困人报警装置失灵", "压力表超期未检", "叉车操作人员未持证"),
    "campus": ("实验室药品柜未双锁", "校车灭火器过期"),
    "farm_machinery": ("拖拉机制动失灵", "收割机防护罩破损"),
    "fireworks": ("店内超量存放", "与民房间距不足"),
    "water_transport": ("船舶救生衣配备不足", "渔船号灯损坏"),
}
_FIELDS = {"hazardous_chemicals": "hazardous_chemicals", "industry_trade": "confined_space"}
_MEASURES = {
    "construction": "补设防护设施，验收合格后恢复施工",
    "road_transport": "车辆停运检修，合格后恢复运营",
    "hazardous_chemicals": "分类存放，更换失效设施并复检",
}


def describe(sector: str, *key: object) -> str:
    """A description of a hazard with the spot at which it was found."""
    problem = choose((*_PROBLEMS.get(sector, ()), *_COMMON), *key, "problem")
    return f"{choose(_ROOMS, *key, 'room')}{1 + draw(90, *key, 'spot')}号位{problem}"


def measures_against(sector: str) -> str:
    """What is done about the hazards of a sector."""
    return _MEASURES.get(sector, "更换或修复损坏设施，落实专人每日检查")


def key_field_of(sector: str) -> str:
    """The key field to which the places of a sector belong."""
    return _FIELDS.get(sector, "none")
