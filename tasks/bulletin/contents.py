"""Which indicators stand where in a bulletin, by their codes in the catalogue (design/domain.md 9.2)."""

OVERVIEW = (
    "ACC01", "ACC02", "ACC04", "ACC05", "ACC06", "INC01", "INC02", "ENF01", "ENF06", "ENF07",
    "HAZ01", "HAZ02", "HAZ04", "HAZ03", "HAZ06", "TRN02", "TRN03", "PUB01", "DRL01", "SUB02", "SUB03",
)  # fmt: skip
PLACES = ("ACC01", "ACC02", "INC01", "ENF01", "HAZ01", "HAZ02", "HAZ04", "HAZ06", "TRN02", "DRL01", "SUB02")
HAZARDS = (
    "HAZ01", "HAZ02", "HAZ04", "HAZ05", "HAZ11", "HAZ03", "HAZ06", "HAZ07", "HAZ08", "HAZ09", "HAZ10", "HAZ12",
)  # fmt: skip
ENFORCEMENT = (
    "ENF01", "ENF03", "ENF13", "RSP02", "ENF04", "ENF05", "ENF06", "ENF07", "ENF08", "ENF12", "ENF09", "ENF10", "ENF11",
)  # fmt: skip
LEARNING = (
    "TRN01", "TRN02", "TRN03", "TRN04", "TRN05", "PUB01", "PUB02", "PUB03", "PUB04", "PUB05",
    "DRL01", "DRL02", "DRL03", "PLN01", "PLN02",
)  # fmt: skip
DISASTERS = ("DIS01", "DIS02", "DIS03", "DIS04")
FLOOD = ("FLD01",)
FOREST = ("FOR01", "FOR02")
# What the charts show of the months before.
ACCIDENTS, DEATHS = "ACC01", "ACC02"
FOUND, CLOSED, OPEN, OVERDUE = "HAZ01", "HAZ02", "HAZ03", "HAZ06"
ON_TIME = "SUB03"
# Calendar months (design/domain.md section 8): 汛期, and 森林防火期 of the same province.
FLOOD_MONTHS = frozenset({5, 6, 7, 8, 9})
FOREST_MONTHS = frozenset({11, 12, 1, 2, 3, 4})
# The six groups of published bulletins by section of GB/T 4754-2017 (design/domain.md 2.4); all others are 其他行业.
INDUSTRY_GROUPS = (
    ("农林牧渔业", frozenset("A")),
    ("采矿业", frozenset("B")),
    ("商贸制造业", frozenset("CFH")),
    ("建筑业", frozenset("E")),
    ("交通运输和仓储业", frozenset("G")),
)
OTHER_INDUSTRIES = "其他行业"
