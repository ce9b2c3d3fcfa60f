"""What the five scores of data quality mean, level by level, so that a plant engineer can give them.

After the pedigree matrix of Weidema and Wesnæs, J. Cleaner Prod. 4 (1996) 167, table 2; 1 is best.
"""

from zuji.engine.text import Text

LEVELS: dict[str, tuple[Text, ...]] = {
    "technology": (
        Text("本企业、本工艺、本物料的数据", "data of this enterprise, process and material"),
        Text("同样的工艺和物料，别的企业", "the same process and material, other enterprises"),
        Text("同样的物料，别的工艺", "the same material, another technology"),
        Text("相近的物料，同样的工艺", "a related material, the same technology"),
        Text("相近的物料、别的工艺，或不清楚", "a related material and another technology, or unknown"),
    ),
    "geography": (
        Text("就在所核算的地点", "of the very place"),
        Text("包含该地点的更大地区的平均", "mean of a larger area around it"),
        Text("生产条件相似的地区", "an area with similar conditions"),
        Text("生产条件略为相似的地区", "an area with slightly similar conditions"),
        Text("不清楚，或条件明显不同", "unknown, or clearly different"),
    ),
    "time": (
        Text("与数据期相差不到 3 年", "less than 3 years from the data period"),
        Text("不到 6 年", "less than 6 years"),
        Text("不到 10 年", "less than 10 years"),
        Text("不到 15 年", "less than 15 years"),
        Text("15 年以上，或不清楚", "15 years or more, or unknown"),
    ),
    "completeness": (
        Text("全部装置，期间足够长", "all installations over a sufficient period"),
        Text("半数以上装置，期间足够长", "more than half of them over a sufficient period"),
        Text("不足半数装置，或半数以上但期间较短", "fewer than half, or more over a shorter period"),
        Text("个别装置，期间较短", "single installations over a shorter period"),
        Text("不清楚", "unknown"),
    ),
    "reliability": (
        Text("计量所得，并经核对", "measured and verified"),
        Text("计量所得未经核对，或部分估算经核对", "measured and not verified, or partly assumed and verified"),
        Text("部分为估算，未经核对", "partly assumed and not verified"),
        Text("由专业人员估计", "estimated by an expert"),
        Text("粗略估计", "a rough estimate"),
    ),
}
