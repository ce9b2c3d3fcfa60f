// The drawn charts become live ones: hover and tap show the values. The drawing stays where anything fails.
(function () {
  "use strict";
  if (!window.echarts) { return; }
  function draw(area) {
    fetch(area.dataset.option, { credentials: "same-origin" })
      .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.json(); })
      .then(function (option) {
        var height = Number(area.dataset.height);
        area.setAttribute("role", "img");
        area.setAttribute("aria-label", area.querySelector("img").alt);
        area.replaceChildren();
        var chart = window.echarts.init(area, null, { renderer: "svg", height: height });
        option.tooltip = { trigger: "item", renderMode: "richText", confine: true };
        chart.setOption(option);
        area.classList.add("drawn");
        new ResizeObserver(function () { chart.resize({ height: height }); }).observe(area);
      })
      .catch(function () { /* the drawing is there already */ });
  }
  document.querySelectorAll(".chart-area[data-option]").forEach(draw);
})();
