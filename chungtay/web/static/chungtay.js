/* What HTML alone cannot do. Every page works without it; it only saves keys. */
(function () {
  "use strict";
  var SEARCH_DELAY_MS = 250;
  var waiting = new WeakMap();

  /* The reader of an error hears it first. */
  function focusErrors(root) {
    var summary = root.querySelector(".error-summary");
    if (summary) summary.focus();
  }

  /* Search 250 ms after the last key, never while an input method composes a letter. */
  function searchSoon(event) {
    var form = event.target.closest && event.target.closest("form[data-search]");
    if (!form || event.isComposing) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(function () {
      form.dispatchEvent(new CustomEvent("search-now"));
    }, SEARCH_DELAY_MS));
  }

  /* 15/3/1984 pasted into one of the three boxes fills all of them. */
  function pasteDate(event) {
    var boxes = event.target.closest && event.target.closest("[data-date]");
    if (!boxes) return;
    var text = event.clipboardData.getData("text").trim();
    var parts = /^(\d{1,2})[\/.\- ](\d{1,2})[\/.\- ](\d{4})$/.exec(text);
    var iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
    if (iso) parts = [iso[0], iso[3], iso[2], iso[1]];
    if (!parts) return;
    event.preventDefault();
    boxes.querySelectorAll("input[inputmode]").forEach(function (box, at) {
      box.value = parts[at + 1];
    });
  }

  /* A live number goes to where the cursor stood last. */
  var lastBox = null;

  function remembered(event) {
    if (event.target.matches && event.target.matches(".editing form textarea, .editing form input[type=text]")) {
      lastBox = event.target;
    }
  }

  function inserted(button) {
    var box = lastBox || document.querySelector(".editing form textarea");
    if (!box) return;
    box.focus();
    box.setRangeText(button.dataset.inserts, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function clicked(event) {
    var inserter = event.target.closest("[data-inserts]");
    if (inserter) inserted(inserter);
    var opener = event.target.closest("[data-opens]");
    if (opener) {
      document.getElementById(opener.dataset.opens).showModal();
      event.preventDefault();
    }
    var closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
    if (event.target.closest("[data-print]")) window.print();
    closeMenus(event.target);
  }

  function closeMenus(kept) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(kept)) menu.open = false;
    });
    document.querySelectorAll(".search-found").forEach(function (found) {
      if (!found.closest(".search").contains(kept)) found.replaceChildren();
    });
  }

  /* Escape closes menus; Ctrl+S and Ctrl+Enter send the form one is in. */
  function keyed(event) {
    if (event.key === "Escape") {
      var menu = event.target.closest("details.menu[open]");
      closeMenus(document.body);
      if (menu) menu.querySelector("summary").focus();
    }
    var saves = (event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter");
    if (!saves || event.isComposing) return;
    var form = event.target.closest("form") || document.querySelector("form[data-save]");
    if (!form || !form.matches("[data-save]")) return;
    event.preventDefault();
    var other = event.key === "Enter" && form.querySelector("button[data-next]");
    form.requestSubmit(other || undefined);
  }

  /* A second click does nothing; coming back to the page frees the button again. */
  function submitted(event) {
    if (event.defaultPrevented || !event.submitter) return;
    if (event.submitter.hasAttribute("data-download")) return;
    if (event.submitter.getAttribute("aria-busy") === "true") event.preventDefault();
    event.submitter.setAttribute("aria-busy", "true");
  }

  function freeButtons() {
    document.querySelectorAll("[aria-busy=true]").forEach(function (button) {
      button.removeAttribute("aria-busy");
    });
  }

  /* The name of the chosen file stands where it was chosen. */
  function fileChosen(event) {
    var drop = event.target.closest(".drop");
    if (!drop || !event.target.files.length) return;
    drop.querySelector("[data-chosen]").textContent = event.target.files[0].name;
  }

  function dragged(event) {
    var drop = event.target.closest && event.target.closest(".drop");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("is-over", event.type === "dragover");
    if (event.type !== "drop" || !event.dataTransfer.files.length) return;
    var input = drop.querySelector("input");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* One box ticks all the others of its form, and the dialog counts what is ticked. */
  function ticked(event) {
    var box = event.target;
    if (!box.matches || !box.matches("[data-ticks]") || !box.form) return;
    var boxes = Array.prototype.filter.call(box.form.elements, function (one) {
      return one.matches("[data-ticks]");
    });
    var all = boxes.filter(function (one) { return one.matches("[data-tick-all]"); })[0];
    if (box === all) boxes.forEach(function (one) { one.checked = all.checked; });
    else if (all && !box.checked) all.checked = false;
    countTicked(box.form, boxes, all);
  }

  function countTicked(form, boxes, all) {
    var counted = all && all.checked ? [all] : boxes.filter(function (one) { return one.checked; });
    var sum = counted.reduce(function (so_far, one) { return so_far + Number(one.dataset.ticks); }, 0);
    form.querySelectorAll("[data-ticked]").forEach(function (place) { place.value = String(sum); });
  }

  document.addEventListener("change", ticked);
  document.addEventListener("input", searchSoon);
  document.addEventListener("compositionend", searchSoon);
  document.addEventListener("paste", pasteDate);
  document.addEventListener("click", clicked);
  document.addEventListener("focusin", remembered);
  document.addEventListener("keydown", keyed);
  document.addEventListener("submit", submitted);
  document.addEventListener("change", fileChosen);
  ["dragover", "dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, dragged);
  });
  document.addEventListener("htmx:afterSwap", function (event) { focusErrors(event.target); });
  document.addEventListener("htmx:afterRequest", freeButtons);
  window.addEventListener("pageshow", freeButtons);
  document.addEventListener("DOMContentLoaded", function () { focusErrors(document); });
})();
