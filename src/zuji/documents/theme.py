"""Colours and faces of every document and chart: one deep blue-green, greys, and one colour per life cycle stage everywhere."""

ACCENT = "#0b4f5c"
ACCENT_PALE = "#e8f1f2"
INK = "#1d2529"
GREY = "#5f6b72"
RULE = "#c9d1d4"
PALE = "#f4f6f7"
AMBER = "#8a5a00"
AMBER_PALE = "#fdf6e7"
RED = "#9b2c1f"
RED_PALE = "#fbeeec"

STAGE_COLOURS = {
    "raw_materials": "#0b4f5c",
    "production": "#4a98a5",
    "distribution": "#a9ced1",
    "use": "#d9a441",
    "end_of_life": "#8a7f72",
}
# dark stages carry white labels, light ones dark labels: contrast of 4.5 to 1 or more in each
STAGE_LABELS = {
    "raw_materials": "#ffffff",
    "production": "#0d1b1f",
    "distribution": "#0d1b1f",
    "use": "#0d1b1f",
    "end_of_life": "#0d1b1f",
}
# a pattern beside each colour, so that a grey print or a colour-blind reader can tell the stages apart
STAGE_PATTERNS: dict[str, dict[str, object]] = {
    "raw_materials": {"symbol": "none"},
    "production": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 7], "rotation": 0.785, "color": "rgba(255,255,255,0.35)"},
    "distribution": {
        "symbol": "circle",
        "symbolSize": 0.5,
        "dashArrayX": [[7, 7], [0, 7, 7, 0]],
        "dashArrayY": [5, 0],
        "color": "rgba(11,79,92,0.35)",
    },
    "use": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 7], "rotation": -0.785, "color": "rgba(255,255,255,0.45)"},
    "end_of_life": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 5], "color": "rgba(255,255,255,0.35)"},
}
OTHER = "#b9c2c6"
# from good (deep blue-green) to bad (deep amber) by way of pale, so that lightness alone tells the middle from the ends and the pattern the ends apart
QUALITY_COLOURS = {
    "1": ("#0b4f5c", "#ffffff"),
    "2": ("#7fb9c2", "#0d1b1f"),
    "3": ("#e3e9dc", "#0d1b1f"),
    "4": ("#e0b25f", "#0d1b1f"),
    "5": ("#8a4b12", "#ffffff"),
    "": ("#d3dadd", "#0d1b1f"),
    "other": ("#eef1f2", "#0d1b1f"),
}
QUALITY_PATTERNS: dict[str, dict[str, object]] = {
    "4": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 9], "rotation": 0.785, "color": "rgba(138,75,18,0.35)"},
    "5": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [1, 6], "rotation": 0.785, "color": "rgba(255,255,255,0.3)"},
    "": {
        "symbol": "circle",
        "symbolSize": 0.45,
        "dashArrayX": [[8, 8], [0, 8, 8, 0]],
        "dashArrayY": [6, 0],
        "color": "rgba(29,37,41,0.22)",
    },
}

FACE = "Noto Sans SC"
CHART_FACES = "Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
