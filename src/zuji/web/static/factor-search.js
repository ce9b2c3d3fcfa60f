// Another factor for a line: search as you type, arrows and Enter to take one, Escape to close. Only factors whose unit fits are offered.
(function () {
  "use strict";
  var zuji = window.zuji, form = document.getElementById("answers");
  if (!form || !zuji.touched) { return; }

  function option(row, id) {
    var item = zuji.element("li"), head = zuji.element("span", "", "option-head"), meta = zuji.element("span", "", "option-meta");
    item.id = id; item.setAttribute("role", "option"); item.setAttribute("aria-selected", "false"); item.dataset.reference = row.reference;
    head.append(zuji.element("strong", row.name), " ", zuji.element("span", row.other === row.name ? "" : row.other, "quiet small"), " ", zuji.element("span", row.value + " " + row.unit, "num nowrap"));
    meta.append([row.kind, row.geography, row.year || "", row.publisher || row.source, row.reason].filter(Boolean).join(" · "));
    if (row.state !== "current") { meta.append(" ", zuji.element("span", row.state_name, "badge " + row.state)); }
    if (row.confidence !== "verified") { meta.append(" ", zuji.element("span", row.confidence_name, "badge unverified")); }
    item.append(head, meta);
    return item;
  }

  form.querySelectorAll("[data-chooser]").forEach(function (box) {
    var field = box.dataset.chooser, search = box.querySelector("input[type=search]"), list = box.querySelector("[role=listbox]");
    var told = box.querySelector("[data-chooser-state]"), rows = [], at = -1, timer = 0, count = 0;
    var chosen = form.elements.namedItem(field + ".factor");
    box.hidden = false;

    function close() { list.hidden = true; search.setAttribute("aria-expanded", "false"); search.removeAttribute("aria-activedescendant"); at = -1; }
    function mark(to) {
      if (!rows.length) { return; }
      at = (to + rows.length) % rows.length;
      Array.prototype.forEach.call(list.children, function (item, i) { item.setAttribute("aria-selected", String(i === at)); });
      search.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
    function take(i) {
      var row = rows[i];
      chosen.value = row.reference;
      close();
      told.textContent = zuji.word("taken") + row.name + " " + row.value + " " + row.unit;
      var line = form.querySelector("[data-factor-line='" + field + "']");
      if (line) {
        var meta = zuji.element("span", " " + [row.geography, row.year, row.publisher || row.source].filter(Boolean).join(" · "), "quiet");
        line.replaceChildren(row.name, " ", zuji.element("strong", row.value + " " + row.unit, "num"), meta);
        if (row.state !== "current") { line.append(" ", zuji.element("span", row.state_name, "badge " + row.state)); }
        if (row.confidence !== "verified") { line.append(" ", zuji.element("span", row.confidence_name, "badge unverified")); }
      }
      zuji.touched(field + ".factor");
    }
    function show(found) {
      rows = found.rows;
      list.replaceChildren.apply(list, rows.map(function (row, i) { return option(row, "o-" + field + "-" + i); }));
      list.hidden = !rows.length;
      search.setAttribute("aria-expanded", String(rows.length > 0));
      search.removeAttribute("aria-activedescendant");
      at = -1;
      told.textContent = rows.length ? (found.loosened ? zuji.word("loosened") + " " : "") + found.total + " " + zuji.word("found") : zuji.word("no_factor");
    }
    function ask() {
      var mine = count += 1, wanted = new URLSearchParams({ q: search.value });
      if (box.querySelector("[data-china]").checked) { wanted.set("china", "yes"); }
      if (box.querySelector("[data-same-kind]").checked) { wanted.set("kind", box.dataset.kind); }
      fetch(box.dataset.factors + "?" + wanted, { credentials: "same-origin", redirect: "manual" })
        .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.json(); })
        .then(function (found) { if (mine === count) { show(found); } })
        .catch(function () { told.textContent = zuji.word("server"); close(); });
    }
    function soon() { window.clearTimeout(timer); timer = window.setTimeout(ask, 200); }
    search.addEventListener("input", soon);
    search.addEventListener("focus", function () { if (list.hidden) { soon(); } });
    box.querySelectorAll("input[type=checkbox]").forEach(function (each) { each.addEventListener("change", ask); });
    search.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown") { event.preventDefault(); if (list.hidden) { ask(); } else { mark(at + 1); } }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? rows.length - 1 : at - 1); }
      else if (event.key === "Enter") { event.preventDefault(); if (!list.hidden && at >= 0) { take(at); } }
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    });
    // The press itself would take the focus, and with it close the list before the click arrives.
    list.addEventListener("pointerdown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var item = event.target.closest("[role=option]");
      if (item) { take(Array.prototype.indexOf.call(list.children, item)); }
    });
    search.addEventListener("blur", function () { window.clearTimeout(timer); count += 1; close(); });
  });
})();
