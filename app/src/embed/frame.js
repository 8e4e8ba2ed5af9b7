// Tells the page around this one how tall it is, once that page asks. The browser lets nobody hold it whom the forum does not name.
window.addEventListener("message", ({ source, origin, data }) => {
  if (window.parent === window || source !== window.parent || !data || data.answerable !== "hello") return;
  const tell = () => source.postMessage({ answerable: "height", height: document.body.offsetHeight }, origin);
  new ResizeObserver(tell).observe(document.body);
  tell();
});
