// Shows a part of the forum in a frame beside its own tag, whose data-* attributes say which: /admin/embeds has them ready.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const forum = new URL(script.src).origin;
  const parts = __PARTS__;
  const { show = "list", board, sort, limit, lang, theme } = script.dataset;
  const wanted = [lang, document.documentElement.lang, ...(navigator.languages || [])];
  const tags = wanted.map((tag) => String(tag).split("-")[0].toLowerCase());
  const language = tags.find((tag) => Object.hasOwn(parts, tag)) || Object.keys(parts)[0];
  const part = Object.hasOwn(parts[language], show) && parts[language][show];
  if (!part) return;

  const to = (path, asked) => {
    const address = new URL(path, forum);
    for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);
    return address.href;
  };

  // what stays where the browser shows no frame
  const link = document.createElement("a");
  link.href = to(part.page, { board: part.whole ? "" : board });
  link.target = "_blank";
  link.rel = "noopener";
  link.lang = language;
  link.textContent = part.title;

  const frame = document.createElement("iframe");
  frame.title = part.title;
  frame.lang = language;
  frame.referrerPolicy = "no-referrer";
  // it may run its own script, and open the forum in a tab of its own; it reaches nothing of this page
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
  frame.style.cssText = "display:block;box-sizing:border-box;width:100%;height:0;border:0";
  frame.src = to(`/embed/${show}`, { board, sort, limit, lang: language, theme });

  // asked once it is there, it says how tall it is, and again when that changes; nobody else is heard
  frame.addEventListener("load", () => frame.contentWindow.postMessage({ answerable: "hello" }, forum));
  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== forum || source !== frame.contentWindow || !data || data.answerable !== "height") return;
    if (!(data.height > 0 && data.height < 20000)) return;
    frame.style.height = `${Math.ceil(data.height)}px`;
    link.remove();
  });

  const holder = document.createElement("div");
  holder.className = "answerable-embed";
  holder.append(link, frame);
  script.after(holder);
})();
