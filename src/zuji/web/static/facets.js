// On a phone the filters start folded, so that the results are seen first.
(function () {
  "use strict";
  function fold() {
    var box = document.querySelector(".facet-box");
    if (box && window.matchMedia("(max-width: 60rem)").matches) { box.removeAttribute("open"); }
  }
  fold();
  document.addEventListener("htmx:after:swap", fold);
})();
