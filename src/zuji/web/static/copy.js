// Copy buttons: hidden until there is a script to serve them.
(function () {
  "use strict";
  if (!navigator.clipboard) { return; }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var told = button.parentElement.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim()).then(function () {
        if (told) { told.textContent = told.dataset.copied; }
      });
    });
  });
})();
