// While reports are being written, ask every three seconds whether they are there. Without a script the page says to open it again.
(function () {
  "use strict";
  var EVERY = 3000, TIMES = 100;
  function look(place, left) {
    if (place.dataset.state !== "waiting" || left === 0) { return; }
    setTimeout(function () {
      fetch(place.dataset.reports, { credentials: "same-origin" })
        .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.text(); })
        .then(function (text) {
          var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-reports]");
          if (fresh && fresh.dataset.state !== "waiting") { place.replaceWith(fresh); return; }
          look(place, left - 1);
        })
        .catch(function () { /* the words on the page say what to do */ });
    }, EVERY);
  }
  document.querySelectorAll("[data-reports]").forEach(function (place) { look(place, TIMES); });
})();
