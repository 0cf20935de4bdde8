"""The made-up villages and communities below the eleven townships; an office keeps its own list in the same layout.

Only how many there are in each township, and that two of them are called 李咀村, follows the real list.
"""

import functools
from collections.abc import Iterator

from schemas.unit import Register, load_register

_FIRST_COMMUNITY = 1
_FIRST_VILLAGE = 200
_COMMUNITIES = {
    "340404001": "春晖 和顺 安康 文昌 光华 友谊 迎宾 新苑",
    "340404002": "朝阳 团结 兴业 锦绣",
    "340404003": "向阳 永安 红星 振兴",
    "340404004": "惠民 康宁 幸福",
    "340404005": "青松 翠柏 望山 听泉",
    "340404100": "峰华 矿新 东苑 西苑 南苑",
    "340404101": "郢新 郢和 郢安 郢兴 郢丰",
    "340404102": "唐兴 唐和 唐宁",
    "340404103": "杨新",
}
_VILLAGES = {
    "340404100": "柳塘 桃溪 杏林 槐荫 枣岭 桑园 荷湾 竹溪",
    "340404101": "梨坞 榆林 棠湖 菱湾 芦荡 蒲塘",
    "340404102": "石泉 白鹭 青坡 红枫 紫藤 黄栌 蓝湖 金穗 银杏 玉带 李咀 双柳",
    "340404103": "东麓 西麓 南麓 北麓 上河 下河 前岭 后岭 大圩 小圩 长堤 短堤",
    "340404200": "稻香 麦香 豆香 瓜洲 菜洼 藕塘 花田 茶岭 果园 李咀",
    "340404201": "月桥 星桥 云桥 霞桥 风桥 雨桥 雪桥 露桥",
}
_KINDS = (
    ("community", "社区", _FIRST_COMMUNITY, _COMMUNITIES),
    ("village", "村", _FIRST_VILLAGE, _VILLAGES),
)
_NOTICE = """\
# 示例数据（synthetic）：以下村、社区的名称均为虚构，只供演示和测试使用，不得作为行政区划资料引用。
# 各单位请按同样的格式填写本地的村、社区名单。
"""


def village_list() -> str:
    """The text of a units.toml with 93 made-up villages and communities, plainly marked as such."""
    return "\n".join([_NOTICE, *_entries()])


@functools.cache
def demo_register() -> Register:
    """The register of the demo: the real units and the made-up villages."""
    return load_register(village_list(), "villages of the demo")


def _entries() -> Iterator[str]:
    for kind, ending, first, names_by_town in _KINDS:
        for town, names in names_by_town.items():
            for number, name in enumerate(names.split(), start=first):
                yield (
                    f'[[units]]\ncode = "{town}{number:03d}"\nname = "{name}{ending}"\n'
                    f'kind = "{kind}"\nparent = "{town}"\nvalid_from = 2020-01-01\n'
                )
