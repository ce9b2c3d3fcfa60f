// Answers that the server has not kept yet, in this browser, by person and version: they outlive a closed tab and an ended session.
(function () {
  "use strict";
  var zuji = window.zuji = window.zuji || {};

  zuji.unsaved = function (person, version) {
    var place = "zuji.unsaved." + person + "." + version;
    function all() {
      try { return JSON.parse(window.localStorage.getItem(place)) || {}; } catch (_) { return {}; }
    }
    function write(answers) {
      try {
        if (Object.keys(answers).length) { window.localStorage.setItem(place, JSON.stringify(answers)); }
        else { window.localStorage.removeItem(place); }
      } catch (_) { /* no storage, or none left: the page itself still holds what was typed */ }
    }
    return {
      all: all,
      put: function (key, value, base) { var kept = all(); kept[key] = { value: value, base: base }; write(kept); },
      // Another tab may hold a newer text for the same field: only what was saved is taken out.
      drop: function (key, value) { var kept = all(); if (kept[key] && kept[key].value === value) { delete kept[key]; write(kept); } }
    };
  };
})();
