// What the scripts of a questionnaire say to the person: words from the page, and boxes above the form.
(function () {
  "use strict";
  var zuji = window.zuji = window.zuji || {};
  var box = document.querySelector(".notices");

  zuji.word = function (name) {
    var found = document.querySelector("#words [data-word='" + name + "']");
    return found ? found.textContent.trim() : "";
  };

  zuji.element = function (tag, words, className) {
    var made = document.createElement(tag);
    if (words) { made.textContent = words; }
    if (className) { made.className = className; }
    return made;
  };

  // One notice a name: a new one takes the place of the old; without content it goes away.
  zuji.notice = function (name, content, kind) {
    if (!box) { return null; }
    var old = box.querySelector("[data-notice='" + name + "']");
    if (old) { old.remove(); }
    var made = null;
    if (content) {
      made = zuji.element("div", "", "callout " + (kind || "amber"));
      made.dataset.notice = name;
      made.setAttribute("role", "alert");
      if (typeof content === "string") { made.append(zuji.element("p", content)); } else { made.append.apply(made, content); }
      box.append(made);
    }
    box.hidden = !box.firstElementChild;
    return made;
  };

  zuji.button = function (words, act) {
    var made = zuji.element("button", words, "button plain slim");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
})();
