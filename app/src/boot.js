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
