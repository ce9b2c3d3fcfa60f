// Saves the answers of a questionnaire while a person types. Nothing typed is lost by a broken network, an ended session, a second tab or a closed page:
// it is kept in the browser until the server says that it has it. Without this script the form saves with its button.
(function () {
  "use strict";
  var zuji = window.zuji, form = document.getElementById("answers");
  if (!form || !form.dataset.answers) { return; }
  var AFTER_TYPING = 1000, AFTER_CHOICE = 150, LONGEST_WAIT = 30000, WARNING = 300;
  var store = zuji.unsaved(form.dataset.person, form.dataset.form);
  var state = form.ownerDocument.querySelector("[data-save-state]");
  var token = form.elements.csrfmiddlewaretoken.value;
  var revision = Number(form.elements.base_revision.value);
  var known = {};        // by key, as the server has it
  var pending = {};      // by key: value and the revision that the person saw when typing it
  var faulty = {};       // by key: texts that the server cannot keep; sent again once they change
  var flying = null;     // the answers on their way
  var held = false;      // a conflict or a refusal waits for the person
  var leaving = false;   // the form itself is being sent
  var wait = 2000, timer = 0, ending = 0, waiting = [];

  // --- keys and values of the form ---------------------------------------------------------------------------------
  function keyOf(input) {
    if (input.dataset.score) { return input.dataset.score + ".quality"; }
    var name = input.name || "";
    return /^(csrfmiddlewaretoken|base_revision|finished|act|file:.*|choose\..*|theirs\..*|)$/.test(name) || input.type === "search" ? "" : name;
  }
  function scores(key) { return Array.prototype.slice.call(form.querySelectorAll("[data-score='" + key.slice(0, -8) + "']")); }
  function inputOf(key) { return /\.quality$/.test(key) ? scores(key)[0] : form.elements.namedItem(key); }
  function valueOf(key) {
    if (!/\.quality$/.test(key)) { return form.elements.namedItem(key).value; }
    var given = scores(key).map(function (each) { return each.value; });
    return given.some(Boolean) ? given.join(",") : "";
  }
  function write(key, value) {
    if (!inputOf(key)) { return; }
    if (/\.quality$/.test(key)) { var parts = value.split(","); scores(key).forEach(function (each, i) { each.value = parts[i] || ""; }); return; }
    inputOf(key).value = value;
  }

  // --- what the person sees of it ----------------------------------------------------------------------------------
  function say(words) { if (state && state.textContent !== words) { state.textContent = words; } }
  function unsavedKeys() { return Object.keys(pending); }
  function tell(more) { say(unsavedKeys().length ? zuji.word("unsaved") : zuji.word("saved") + (more ? " " + more : "")); }

  // --- typing ------------------------------------------------------------------------------------------------------
  function touched(key) {
    var value = valueOf(key), before = pending[key];
    delete faulty[key];
    if (value === known[key] && !(flying && key in flying)) {
      if (before) { delete pending[key]; store.drop(key, before.value); }
    } else {
      pending[key] = { value: value, base: before ? before.base : revision };
      store.put(key, value, pending[key].base);
    }
    tell();
    if (zuji.live) { zuji.live(); }
  }
  function later(delay) { window.clearTimeout(timer); timer = window.setTimeout(send, delay); }
  form.addEventListener("input", function (event) {
    var key = keyOf(event.target);
    if (!key) { return; }
    touched(key);
    later(event.target.tagName === "SELECT" ? AFTER_CHOICE : AFTER_TYPING);
  });
  form.addEventListener("change", function (event) { if (keyOf(event.target)) { later(AFTER_CHOICE); } });

  // --- sending -----------------------------------------------------------------------------------------------------
  // Answers that were typed over the same revision go together: a field that waited longer is compared with what its person saw.
  function batch() {
    var keys = unsavedKeys().filter(function (key) { return !(key in faulty); });
    if (!keys.length) { return null; }
    var base = Math.min.apply(null, keys.map(function (key) { return pending[key].base; }));
    var changes = {};
    keys.forEach(function (key) { if (pending[key].base === base) { changes[key] = pending[key].value; } });
    return { base_revision: base, changes: changes };
  }
  function post(body) {
    return fetch(form.dataset.answers, {
      method: "POST", credentials: "same-origin", redirect: "manual", keepalive: document.visibilityState === "hidden",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body)
    });
  }
  function send() {
    window.clearTimeout(timer);
    if (flying || held) { return; }
    var body = batch();
    if (!body) { settle(); return; }
    flying = body.changes;
    say(zuji.word("saving"));
    post(body).then(function (answer) {
      if (answer.type === "opaqueredirect" || answer.status === 401) { throw new Ended(); }
      if (answer.status === 403) { throw new Forbidden(); }
      if (answer.status >= 500 || answer.status === 404) { throw new Error(String(answer.status)); }
      return answer.json().then(function (content) { return { status: answer.status, content: content }; });
    }).then(function (answer) {
      flying = null; wait = 2000;
      zuji.notice("network", null); zuji.notice("session", null);
      if (answer.status === 200) { kept(body.changes, answer.content); }
      else if (answer.content.error.code === "conflict") { clashed(answer.content); }
      else if (answer.content.error.code === "answers") { refused(answer.content); }
      else { held = true; say(""); zuji.notice("refused", zuji.word("failed") + answer.content.error.message, "red"); settle(); }
    }).catch(function (problem) {
      flying = null;
      if (problem instanceof Ended) { signedOut(); }
      else if (problem instanceof Forbidden) { renew(); }
      else { broken(problem); }
    });
  }
  function Ended() {}
  function Forbidden() {}

  function kept(sent, content) {
    Object.keys(sent).forEach(function (key) {
      known[key] = sent[key];
      store.drop(key, sent[key]);
      if (pending[key] && pending[key].value === sent[key]) { delete pending[key]; }
      else if (pending[key]) { pending[key].base = content.revision; store.put(key, pending[key].value, content.revision); }
      var read = content.read_as[key], input = inputOf(key);
      if (read !== undefined && input && input !== document.activeElement && !pending[key]) { write(key, read); known[key] = read; }
    });
    merge(content);
    prolonged(content.session);
    tell(content.at);
    if (unsavedKeys().length) { later(0); } else { settle(); }
  }
  // What others changed meanwhile shows at once, but never over something that is being typed here.
  function merge(content) {
    revision = content.revision;
    form.elements.base_revision.value = String(revision);
    var changed = false;
    Object.keys(content.elsewhere || {}).forEach(function (key) {
      var theirs = content.elsewhere[key];
      // A change that this page made itself, sent while an earlier one was on its way, comes back as well: it is nobody else's.
      if (pending[key] || known[key] === theirs.value) { return; }
      known[key] = theirs.value;
      if (!inputOf(key)) { return; }
      write(key, theirs.value);
      changed = true;
      zuji.notice("merged-" + key, theirs.name + " = " + theirs.shown + " · " + (theirs.by ? theirs.by + " " : "") + theirs.at + " · " + zuji.word("changed_by"), "plain");
    });
    if (changed && zuji.live) { zuji.live(); }
  }
  function clashed(content) {
    held = true;
    tell();
    zuji.conflict(content, function (choices) {
      Object.keys(choices).forEach(function (key) {
        var theirs = content.fields[key].theirs;
        known[key] = theirs;
        if (choices[key] === "theirs") {
          if (pending[key]) { store.drop(key, pending[key].value); delete pending[key]; }
          write(key, theirs);
        } else if (pending[key]) { pending[key].base = content.revision; store.put(key, pending[key].value, content.revision); }
      });
      merge(content);
      held = false;
      if (zuji.live) { zuji.live(); }
      send();
    });
    settle();
  }
  function refused(content) {
    Object.keys(content.fields).forEach(function (key) { faulty[key] = true; });
    tell();
    if (zuji.live) { zuji.live(); }
    if (batch()) { later(0); } else { settle(); }
  }
  function broken(problem) {
    var network = problem instanceof TypeError;
    zuji.notice("network", zuji.word(network ? "offline" : "server"));
    tell();
    settle();
    later(wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  window.addEventListener("online", function () { wait = 2000; if (unsavedKeys().length) { later(0); } else { zuji.notice("network", null); } });
  window.addEventListener("offline", function () { zuji.notice("network", zuji.word("offline")); });

  // --- the session -------------------------------------------------------------------------------------------------
  function signedOut() {
    var link = zuji.element("a", zuji.word("sign_in"), "button slim"), line = zuji.element("p", "", "linkrow");
    link.href = form.dataset.signIn + "?next=" + encodeURIComponent(window.location.pathname);
    link.target = "_blank";
    line.append(link, zuji.button(zuji.word("try_again"), renew));
    zuji.notice("session", [zuji.element("p", zuji.word("signed_out")), line], "red");
    tell();
    settle();
  }
  // A sign-in gives a new token; one of another person's is not used for what this one typed.
  function renew() {
    fetch(form.dataset.sessionAddress, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (answer.type === "opaqueredirect") { signedOut(); return; }
      if (!answer.ok) { forbidden(); return; }
      answer.json().then(function (content) {
        if (String(content.person) !== form.dataset.person || content.state !== "draft" || token === content.token) { forbidden(); return; }
        var again = renewed;
        token = form.elements.csrfmiddlewaretoken.value = content.token;
        prolonged(content.session);
        zuji.notice("session", null);
        renewed = true;
        window.setTimeout(function () { renewed = false; }, 5000);
        if (again) { forbidden(); } else { send(); }
      });
    }).catch(broken);
  }
  var renewed = false;  // a token that is refused right after it was fetched is no matter of tokens
  function forbidden() { held = true; zuji.notice("session", zuji.word("forbidden"), "red"); tell(); settle(); }
  function prolonged(seconds) {
    if (!(seconds > 0)) { return; }
    zuji.notice("ending", null);
    window.clearTimeout(ending);
    ending = window.setTimeout(function () {
      var line = zuji.element("p", "", "linkrow");
      line.append(zuji.button(zuji.word("stay"), renewQuietly));
      zuji.notice("ending", [zuji.element("p", zuji.word("ending")), line]);
    }, Math.min(Math.max(0, seconds - WARNING) * 1000, 2e9));
  }
  function renewQuietly() {
    fetch(form.dataset.sessionAddress, { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (!answer.ok) { signedOut(); return; }
      answer.json().then(function (content) { token = form.elements.csrfmiddlewaretoken.value = content.token; prolonged(content.session); });
    }).catch(broken);
  }
  window.addEventListener("focus", function () { if (document.querySelector("[data-notice='session']") && !held && unsavedKeys().length) { renew(); } });

  // --- leaving -----------------------------------------------------------------------------------------------------
  function settle() { var done = waiting; waiting = []; done.forEach(function (each) { each(); }); }
  form.addEventListener("submit", function (event) {
    if (leaving) { event.preventDefault(); return; }
    if (!batch() && !flying) { leaving = true; return; }
    event.preventDefault();
    var by = event.submitter;
    waiting.push(function () {
      if (batch() || flying || held) { return; }  // it could not be saved, and the page says why
      form.requestSubmit(by);
    });
    send();
  });
  window.addEventListener("beforeunload", function (event) { if (!leaving && unsavedKeys().length) { event.preventDefault(); event.returnValue = ""; } });
  window.addEventListener("pageshow", function () { leaving = false; });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { send(); } });

  // --- beginning ---------------------------------------------------------------------------------------------------
  Array.prototype.forEach.call(form.elements, function (input) { var key = keyOf(input); if (key) { known[key] = valueOf(key); } });
  var old = store.all(), found = 0;
  Object.keys(old).forEach(function (key) {
    if (old[key].value === known[key]) { store.drop(key, old[key].value); return; }
    pending[key] = { value: old[key].value, base: Math.min(old[key].base, revision) };
    write(key, old[key].value);
    found += 1;
  });
  zuji.changes = function () { var made = {}; unsavedKeys().forEach(function (key) { made[key] = pending[key].value; }); return made; };
  zuji.touched = function (key) { touched(key); later(AFTER_CHOICE); };
  zuji.token = function () { return token; };
  prolonged(Number(form.dataset.session));
  tell();
  if (found) { zuji.notice("restored", zuji.word("restored"), "plain"); }
  window.addEventListener("DOMContentLoaded", function () { if (found) { if (zuji.live) { zuji.live(); } send(); } });
})();
