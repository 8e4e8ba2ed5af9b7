// Wakes the islands when the browser has a moment. Pages without islands load nothing more than this.
const islands = document.querySelectorAll("leptos-island");
const wake = async () => {
  const app = await import("__JS__");
  await app.default({ module_or_path: "__WASM__" });
  app.hydrate();
  for (const island of islands) {
    const name = island.dataset.component;
    if (app[name]) await app[name](island);
  }
  document.documentElement.dataset.awake = "true";
};
if (islands.length) {
  if ("requestIdleCallback" in window) requestIdleCallback(wake, { timeout: 1500 });
  else setTimeout(wake, 200);
}

// A choice acts at once; the button beside it is for those without script. Who comes back sees the choices of the page, not the last ones.
addEventListener("change", (event) => {
  // in the sheet of a phone there may be more to choose
  if (event.target.matches("form[data-at-once] select") && !event.target.closest(":popover-open")) event.target.form.requestSubmit();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-at-once]")) form.reset();
});
