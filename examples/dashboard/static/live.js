// Keeps the parts of a page that are marked data-live fresh. Without this script the pages work as well, until they are reloaded.
"use strict";
(() => {
  const news = document.getElementById("news");
  let waiting = false;

  async function refresh() {
    waiting = false;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh || fresh.innerHTML === old.innerHTML) continue;
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      const ticked = new Set([...old.querySelectorAll("input:checked")].map((box) => box.value));
      const open = [...old.querySelectorAll("details")].map((d) => d.open);
      old.replaceChildren(...fresh.childNodes);
      old.querySelectorAll("details").forEach((d, i) => { if (i in open) d.open = open[i]; });
      for (const box of old.querySelectorAll("input[type=checkbox]")) {
        box.checked = ticked.has(box.value);
        if (focused && box.value === focused.value) box.focus();
      }
      if (focused && focused.href) {
        for (const link of old.querySelectorAll("a")) if (link.href === focused.href) { link.focus(); break; }
      }
    }
  }

  new EventSource("/events").onmessage = (event) => {
    if (event.data === "new") news.textContent = news.dataset.new;
    if (!waiting) { waiting = true; setTimeout(refresh, 500); }
  };
})();
