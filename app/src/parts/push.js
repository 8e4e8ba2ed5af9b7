// Shows what is pushed while no page is open. The forum encrypts it for this browser alone.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => {
  const news = event.data ? event.data.json() : {};
  const shown = { body: news.body || "", tag: news.tag, lang: news.lang, icon: "/favicon.ico", data: { url: news.url || "/me/notices" } };
  event.waitUntil(self.registration.showNotification(news.title || self.location.host, shown));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data;
  const open = async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    const page = pages.find((page) => page.url === url);
    return page ? page.focus() : self.clients.openWindow(url);
  };
  event.waitUntil(open());
});
// the service of the browser gave it another address
self.addEventListener("pushsubscriptionchange", (event) => {
  const tell = async () => {
    const options = (event.oldSubscription || {}).options;
    const fresh = event.newSubscription || (options && (await self.registration.pushManager.subscribe(options)));
    if (!fresh) return;
    const { endpoint, keys } = fresh.toJSON();
    await fetch("/me/push", { method: "POST", body: new URLSearchParams({ endpoint, p256dh: keys.p256dh, auth: keys.auth }) });
  };
  event.waitUntil(tell());
});
