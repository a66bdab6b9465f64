// Keeps the page current: asks for it again every second, and replaces the parts that have changed.
"use strict";

(() => {
  const PAUSE_MS = 1000;
  const PATIENCE_MS = 10000;
  const notice = document.getElementById("notice");
  const parts = (page) => page.querySelectorAll("[data-live]");
  // Each part as the server wrote it last; the one in the page may have been scrolled or selected.
  const written = new Map([...parts(document)].map((part) => [part.id, part.outerHTML]));

  function selected(part) {
    const selection = document.getSelection();
    return selection && !selection.isCollapsed && selection.containsNode(part, true);
  }

  function show(page) {
    for (const part of parts(page)) {
      const shown = document.getElementById(part.id);
      const html = part.outerHTML;
      if (shown && written.get(part.id) !== html && !selected(shown)) {
        written.set(part.id, html);
        shown.replaceWith(document.adoptNode(part));
      }
    }
  }

  function tell(text) {
    notice.textContent = text;
    notice.hidden = !text;
  }

  async function refresh() {
    if (document.hidden) return;
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await fetch(location.href, { cache: "no-store", signal });
      if (answer.ok) {
        show(new DOMParser().parseFromString(await answer.text(), "text/html"));
        tell("");
      } else {
        tell("This is no longer there.");
      }
    } catch {
      tell("The emulator does not answer.");
    }
  }

  async function forever() {
    await refresh();
    setTimeout(forever, PAUSE_MS);
  }

  document.addEventListener("visibilitychange", refresh);
  setTimeout(forever, PAUSE_MS);
})();
