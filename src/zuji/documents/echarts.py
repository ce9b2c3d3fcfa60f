"""ECharts drawn in process: an option in, SVG text out.

The browser and the reports draw the same option with the same script. The script is the vendored
``zuji/assets/vendor/echarts.min.js`` (``scripts/vendor.py`` puts it there); it runs inside QuickJS without a document,
a clock or a network, in ECharts' own server-side mode, so that equal options give equal bytes.
"""

import hashlib
import json
import re
import threading
from importlib import resources

import quickjs

_SCRIPT = ("assets", "vendor", "echarts.min.js")
_BROWSER = """
var global = globalThis, self = globalThis, window = globalThis;
var setTimeout = function () { return 0; }, clearTimeout = function () {};
var setInterval = function () { return 0; }, clearInterval = function () {};
var console = { log: function () {}, warn: function () {}, error: function () {} };
"""
# QuickJS gives a concatenated string back as a rope that its Python side cannot read; the round trip through JSON flattens it.
_DRAW = """
var charactersWide = /[\\u1100-\\u11ff\\u2e80-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\ufe30-\\ufe4f\\uff00-\\uff60\\uffe0-\\uffe6]/;
echarts.setPlatformAPI({ measureText: function (text, font) {
  var size = parseFloat((/([\\d.]+)px/.exec(font || '') || [0, '12'])[1]), width = 0;
  for (var i = 0; i < text.length; i++) {
    var c = text[i];
    width += charactersWide.test(c) ? 1 : /[ilj.,:;|!'()]/.test(c) ? 0.3 : /[A-Zmw%@]/.test(c) ? 0.64 : /[0-9]/.test(c) ? 0.55 : 0.52;
  }
  return { width: width * size };
} });
function draw(text, width, height) {
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
  var option = JSON.parse(text);
  option.animation = false;
  chart.setOption(option);
  var svg = chart.renderToSVGString();
  chart.dispose();
  return JSON.parse(JSON.stringify(svg));
}
"""
_STYLE_SHEET = re.compile(r"<style ?>.*?</style>\n?", re.DOTALL)
_HOOKS = re.compile(r' (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="[^"]*"|xml:space="preserve")')
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r"""( id="|="url\(#)zr\d+-(\w+)""")
_local = threading.local()


class ChartsUnavailable(Exception):
    """The vendored chart script is not there, or refused to draw."""


def script() -> str:
    """The vendored ECharts script. Raises :class:`ChartsUnavailable` where ``scripts/vendor.py`` has not run."""
    found = resources.files("zuji").joinpath(*_SCRIPT)
    if not found.is_file():
        raise ChartsUnavailable("src/zuji/assets/vendor/echarts.min.js is missing: run scripts/vendor.py (./x does it by itself).")
    return found.read_text(encoding="utf-8")


def svg(option: dict[str, object], width: int, height: int) -> str:
    """Draw an ECharts option as SVG of the given size in CSS pixels.

    Raises :class:`ChartsUnavailable` where the script is missing or cannot draw the option. A QuickJS context belongs to the
    thread that made it, so each thread loads the script once (about 0.2 s) and keeps it.
    """
    try:
        drawn = _context().get("draw")(json.dumps(option, ensure_ascii=False, sort_keys=True), width, height)
    except quickjs.JSException as error:
        raise ChartsUnavailable(f"ECharts could not draw the option: {error}") from error
    return _plain(str(drawn))


def _context() -> quickjs.Context:
    found: quickjs.Context | None = getattr(_local, "context", None)
    if found is None:
        found = quickjs.Context()
        found.eval(_BROWSER)
        found.eval(script())
        found.eval(_DRAW)
        _local.context = found
    return found


def _plain(drawn: str) -> str:
    """The drawing alone: no hover rules, no script hooks, no style attributes (a strict CSP refuses them), ids from the content.

    ECharts numbers its ids through the life of a context; ids taken from the content make equal charts equal bytes and keep
    two charts on one page apart. Text content cannot be touched: ECharts writes ``"`` in it as an entity.
    """
    drawn = _STYLE_SHEET.sub("", drawn)
    drawn = _HOOKS.sub("", drawn)
    drawn = _STYLE.sub(lambda found: "".join(f' {name.strip()}="{value.strip()}"' for name, value in _pairs(found[1])), drawn)
    numbered = _ID.sub(r"\1zr-\2", drawn)
    mark = hashlib.sha256(numbered.encode()).hexdigest()[:8]
    return _ID.sub(rf"\1c{mark}-\2", drawn)


def _pairs(style: str) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (part.partition(":") for part in style.split(";")) if value]
