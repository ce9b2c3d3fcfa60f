// Two people, or two tabs, changed the same fields: both answers side by side, with who and when, and a choice for each.
(function () {
  "use strict";
  var zuji = window.zuji;

  function choice(key, which, words, value, told) {
    var label = zuji.element("label", "", "check"), input = document.createElement("input"), text = document.createElement("span");
    input.type = "radio"; input.name = "resolve." + key; input.value = which; input.checked = which === "mine";
    text.append(words, zuji.element("strong", value));
    if (told) { text.append(" ", zuji.element("span", told, "small quiet")); }
    label.append(input, text);
    return label;
  }

  zuji.conflict = function (content, resolved) {
    var made = [zuji.element("h2", zuji.word("conflict")), zuji.element("p", zuji.word("conflict_help"))];
    Object.keys(content.fields).forEach(function (key) {
      var field = content.fields[key], box = zuji.element("fieldset", "", "choices");
      box.append(
        zuji.element("legend", field.name),
        choice(key, "mine", zuji.word("mine"), field.mine_shown, ""),
        choice(key, "theirs", zuji.word("theirs"), field.theirs_shown, (field.by + " " + field.at).trim())
      );
      made.push(box);
    });
    var panel;
    made.push(zuji.button(zuji.word("keep"), function () {
      var choices = {};
      Object.keys(content.fields).forEach(function (key) { choices[key] = panel.querySelector("[name='resolve." + key + "']:checked").value; });
      zuji.notice("conflict", null);
      resolved(choices);
    }));
    panel = zuji.notice("conflict", made, "red conflict");
    panel.tabIndex = -1;
    panel.focus();
  };
})();
