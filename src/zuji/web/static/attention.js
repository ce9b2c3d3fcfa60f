// A page that came back with something to put right begins there: screen readers read it, and the keyboard goes on from it.
(function () {
  "use strict";
  var alarm = document.querySelector("main [role=alert][tabindex]");
  if (alarm && !window.location.hash) { alarm.focus(); }
  // A link to a field inside a closed disclosure opens it.
  var target = window.location.hash && document.getElementById(window.location.hash.slice(1));
  if (target) {
    var closed = target.closest("details");
    if (closed) { closed.open = true; }
    if (/^(INPUT|SELECT)$/.test(target.tagName)) { target.focus(); }
  }
})();
