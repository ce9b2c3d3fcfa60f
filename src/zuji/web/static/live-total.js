// The total, the findings and the questions that a choice calls for, while a person types. The newest answer wins.
(function () {
  "use strict";
  var zuji = window.zuji, form = document.getElementById("answers");
  if (!form || !form.dataset.live || !zuji.changes) { return; }
  var PAUSE = 150, timer = 0, last = null, count = 0, opened = Number(form.elements.base_revision.value);
  function part(name) { return document.querySelector("[data-" + name + "]"); }

  function show(now) {
    part("total").textContent = now.total === null ? zuji.word("not_counted") : now.total;
    part("total").title = now.exact || "";
    part("unit").textContent = now.total === null ? "" : now.unit;
    part("change").textContent = now.change;
    part("change").dataset.way = now.change.charAt(0) === "▲" ? "up" : now.change.charAt(0) === "▼" ? "down" : "";
    part("gaps").textContent = now.total === null ? "—" : String(now.gaps);
    form.querySelectorAll("[data-question]").forEach(function (box) { question(box, now); });
  }
  function question(box, now) {
    var key = box.dataset.question, input = form.elements.namedItem(key), wrong = false;
    var told = box.querySelector("[data-findings]"), words = [];
    Object.keys(now.faults).forEach(function (each) { if (each.split(".")[0] === key) { words.push(["error", "", now.faults[each]]); } });
    now.findings.forEach(function (each) { if (each.field === key) { words.push([each.severity, each.name, each.message]); } });
    Object.keys(now.read_as).forEach(function (each) { if (each.split(".")[0] === key) { words.push(["read", "", zuji.word("read_as") + " " + now.read_as[each]]); } });
    var made = words.map(function (each) {
      var line = zuji.element("p", "", "fault " + each[0]);
      if (each[1]) { line.append(zuji.element("span", each[1], "mark"), " "); }
      line.append(each[2]);
      wrong = wrong || each[0] === "error";
      return line;
    });
    if (told.textContent.trim() !== made.map(function (each) { return each.textContent; }).join("").trim()) { told.replaceChildren.apply(told, made); }
    box.classList.toggle("wrong", wrong);
    if (wrong) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
    if (document.activeElement !== input) { box.hidden = now.asked.indexOf(key) < 0 && !input.value; }
    var line = box.querySelector("[data-default]");
    if (line && input.tagName !== "SELECT") {
      if (now.defaults[key]) { line.querySelector("[data-default-value]").textContent = now.defaults[key]; line.hidden = false; }
    }
  }
  function ask() {
    var mine = count += 1;
    if (last) { last.abort(); }
    last = new AbortController();
    fetch(form.dataset.live, {
      method: "POST", credentials: "same-origin", redirect: "manual", signal: last.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": zuji.token() },
      body: JSON.stringify({ base_revision: opened, changes: zuji.changes() })
    }).then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (now) { if (now && mine === count) { show(now); } })
      .catch(function () { /* the state of the saving says what is wrong; the total stays as it was */ });
  }
  zuji.live = function () { window.clearTimeout(timer); timer = window.setTimeout(ask, PAUSE); };
})();
