//! A browser with one tab.

use std::{
    fmt,
    io::{BufRead as _, BufReader},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    process::{Child, Command, Stdio},
    str::FromStr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use fantoccini::{
    Client, Locator,
    actions::{InputSource as _, KeyAction, KeyActions},
    elements::Element,
    error::CmdError,
    key::Key,
    wd::WebDriverCompatibleCommand,
};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{
    Backend,
    answerable::{Account, Answerable, PASSWORD, PATIENCE, serve},
};

/// A phone.
pub(crate) const PHONE: u32 = 390;
/// A desk.
pub(crate) const DESK: u32 = 1280;

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    On,
    Off,
}

/// Runs a test with a program and a browser, and ends both whether the test passes or not.
pub(crate) fn browse<F: Future<Output = ()>>(
    backend: Backend,
    scripts: Scripts,
    width: u32,
    test: impl FnOnce(Answerable, Tab) -> F,
) {
    browse_with(backend, &[], scripts, width, test);
}

/// The same with settings of the program.
pub(crate) fn browse_with<F: Future<Output = ()>>(
    backend: Backend,
    settings: &[(&str, &str)],
    scripts: Scripts,
    width: u32,
    test: impl FnOnce(Answerable, Tab) -> F,
) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime for the browser");
    let browser = Browser::start();
    let tab = runtime.block_on(Tab::open_in(&browser, scripts, width));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        serve(backend, settings, async |server| {
            let tab = Tab { address: server.address().to_owned(), ..tab.clone() };
            let test: Pin<Box<dyn Future<Output = ()>>> = Box::pin(test(server, tab));
            test.await;
        });
    }));
    if outcome.is_err() {
        runtime.block_on(tab.tell());
    }
    runtime.block_on(async {
        let _ = tokio::time::timeout(Duration::from_secs(10), tab.client.close()).await;
    });
    drop(browser);
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// `chromedriver`; it ends when this is dropped.
struct Browser {
    driver: Child,
    address: String,
    profile: TempDir,
}

impl Browser {
    /// The driver takes whatever port is free on IPv4 and ends when another program has the same one on IPv6, which happens
    /// where many tests run: then it is started once more.
    fn start() -> Self {
        let mut said = Vec::new();
        for _ in 0..5 {
            match Self::try_start() {
                Ok(browser) => return browser,
                Err(words) => said.push(words),
            }
        }
        panic!("the driver of the browser does not start: {}", said.join("\n---\n"));
    }

    /// The driver, or all that it said before it ended.
    fn try_start() -> Result<Self, String> {
        let profile = tempfile::Builder::new().prefix("browser-test.").tempdir().expect("a folder for the profile");
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver; on Debian: apt-get install chromium chromium-driver");
        let mut lines = BufReader::new(driver.stdout.take().expect("what the driver says")).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let port = lines.find_map(|line| {
            let port = line.contains("success").then(|| line.split_once("on port ")).flatten().map(|(_, port)| port.to_owned());
            said.push(line);
            port?.trim_end_matches('.').parse::<u16>().ok()
        });
        let Some(port) = port else {
            let end = driver.wait();
            return Err(format!("{} ({end:?})", said.join("\n")));
        };
        // it goes on talking, and must not stand still because nobody listens
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { driver, address: format!("http://127.0.0.1:{port}"), profile })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The tab, on the site of a program.
#[derive(Clone)]
pub(crate) struct Tab {
    pub(crate) client: Client,
    scripts: Scripts,
    address: String,
}

impl Tab {
    async fn open_in(browser: &Browser, scripts: Scripts, width: u32) -> Self {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--lang=en-US",
            "--window-size=1280,900",
        ];
        let mut arguments = arguments.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", browser.profile.path().display()));
        let scripts_allowed = if scripts == Scripts::On { 1 } else { 2 };
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            // axe takes its time over a long page on a busy machine
            "timeouts": { "script": 120_000 },
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": { "profile.managed_default_content_settings.javascript": scripts_allowed },
            },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object") };
        let client = Client::with_capabilities_and_connector(&browser.address, &capabilities, HttpConnector::new())
            .await
            .unwrap_or_else(|error| panic!("no browser: {error}"));
        let tab = Self { client, scripts, address: String::new() };
        tab.width(width).await;
        tab
    }

    /// Whether pages may run scripts here.
    pub(crate) fn runs_scripts(&self) -> bool {
        self.scripts == Scripts::On
    }

    /// Makes the page so wide.
    pub(crate) async fn width(&self, width: u32) {
        let phone = width < 600;
        let screen = json!({ "width": width, "height": if phone { 844 } else { 900 }, "deviceScaleFactor": 1, "mobile": phone });
        self.protocol("Emulation.setDeviceMetricsOverride", screen).await;
        self.protocol("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await;
    }

    /// Speaks to the browser in its own words.
    pub(crate) async fn protocol(&self, command: &str, parameters: Value) -> Value {
        let command = Extension { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) };
        self.client.issue_cmd(command).await.unwrap_or_else(|error| panic!("the browser does not obey: {error}"))
    }

    /// Opens a page of the site, which has to be free of errors.
    pub(crate) async fn open(&self, path: &str) {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) };
        self.client.goto(&address).await.unwrap_or_else(|error| panic!("{path}: {error}"));
        self.is_clean().await;
    }

    /// Sends a form of the test's own making to the site, so that the answer can be looked at.
    pub(crate) async fn send_form(&self, path: &str, fields: &[(&str, String)]) {
        let script = "
            const form = document.createElement('form');
            form.method = 'post';
            form.action = arguments[0];
            for (const [name, value] of arguments[1]) {
                const field = document.createElement('textarea');
                field.name = name;
                field.value = value;
                form.append(field);
            }
            document.documentElement.dataset.left = 'no';
            document.body.append(form);
            form.submit();";
        self.script(script, vec![json!(path), json!(fields)]).await;
        let there = "return document.readyState === 'complete' && !document.documentElement.dataset.left";
        let arrived = self.until(async || self.client.execute(there, vec![]).await.is_ok_and(|there| there == true)).await;
        assert!(arrived, "{path} does not answer");
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) {
        self.client.refresh().await.expect("the page again");
        self.is_clean().await;
    }

    /// Path and query of the page.
    pub(crate) async fn path(&self) -> String {
        let address = self.client.current_url().await.expect("an address");
        address.query().map_or_else(|| address.path().to_owned(), |query| format!("{}?{query}", address.path()))
    }

    /// Waits for a page whose path starts so.
    pub(crate) async fn is_at(&self, start: &str) {
        let found = self.until(async || self.path().await.starts_with(start)).await;
        assert!(found, "expected to be at {start}, but am at {}: {}", self.path().await, self.text().await);
        self.loaded().await;
        self.is_clean().await;
    }

    /// Waits until the page is there in full.
    async fn loaded(&self) {
        let loaded = self.until(async || self.script("return document.readyState", vec![]).await == "complete").await;
        assert!(loaded, "the page does not load: {}", self.path().await);
    }

    /// No error in the console, no violation of the policy, no dialog.
    pub(crate) async fn is_clean(&self) {
        let log = Extension { path: "se/log", body: json!({ "type": "browser" }) };
        let log = self.client.issue_cmd(log).await.unwrap_or_else(|error| panic!("no log: {error}"));
        let serious = |entry: &&Value| entry["level"] == "SEVERE" || entry["source"] == "security" || entry["level"] == "WARNING";
        let entries = log.as_array().into_iter().flatten().filter(serious);
        let wrong: Vec<_> = entries.filter_map(|entry| entry["message"].as_str()).filter(|message| !is_expected(message)).collect();
        assert!(wrong.is_empty(), "{}: {}", self.path().await, wrong.join("\n"));
    }

    /// Errors of the console are expected from here: they are thrown away.
    pub(crate) async fn forget_errors(&self) {
        let log = Extension { path: "se/log", body: json!({ "type": "browser" }) };
        self.client.issue_cmd(log).await.unwrap_or_else(|error| panic!("no log: {error}"));
    }

    /// Runs a script of the test's own, which the policy of the page has no say in.
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script:.200}: {error}"))
    }

    /// An element that is there, or comes.
    pub(crate) async fn find(&self, css: &str) -> Element {
        let found = Mutex::new(None);
        self.until(async || {
            let element = self.client.find(Locator::Css(css)).await.ok();
            let there = element.is_some();
            *found.lock().unwrap_or_else(PoisonError::into_inner) = element;
            there
        })
        .await;
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        match found {
            Some(element) => element,
            None => panic!("no {css} at {}: {}", self.path().await, self.text().await),
        }
    }

    /// Whether an element is there now.
    pub(crate) async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// Waits for an element.
    pub(crate) async fn must_have(&self, css: &str) {
        self.find(css).await;
    }

    /// Presses an element that is there for people, in the middle of the screen so that nothing covers it.
    pub(crate) async fn press(&self, css: &str) {
        let element = self.find(&format!("{css}:not([aria-hidden=true])")).await;
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.script(scroll, vec![serde_json::to_value(&element).expect("an element")]).await;
        element.click().await.unwrap_or_else(|error| panic!("{css} can't be pressed: {error}"));
    }

    /// Types into a field that is emptied first.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        element.clear().await.unwrap_or_else(|error| panic!("{css} can't be emptied: {error}"));
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{css} can't be filled in: {error}"));
    }

    /// Chooses a day: what a date field understands depends on the machine, its value does not.
    pub(crate) async fn choose_day(&self, css: &str, day: &str) {
        let element = serde_json::to_value(self.find(css).await).expect("an element");
        self.script("arguments[0].value = arguments[1]", vec![element, json!(day)]).await;
    }

    /// Chooses from a list.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        self.find(css).await.select_by_value(value).await.unwrap_or_else(|error| panic!("{css}: no {value}: {error}"));
    }

    /// What stands in a field.
    pub(crate) async fn value(&self, css: &str) -> String {
        self.find(css).await.prop("value").await.expect("a value").unwrap_or_default()
    }

    /// All text that can be read on the page.
    pub(crate) async fn text(&self) -> String {
        self.script("return document.body.innerText", vec![]).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits for a text on the page.
    pub(crate) async fn must_show(&self, text: &str) {
        let wanted = text.to_lowercase();
        let found = self.until(async || self.text().await.to_lowercase().contains(&wanted)).await;
        assert!(found, "{} does not show “{text}”: {}", self.path().await, self.text().await);
    }

    /// Waits for the islands to wake.
    pub(crate) async fn is_awake(&self) {
        let awake = self.until(async || self.script("return document.documentElement.dataset.awake", vec![]).await == "true").await;
        assert!(awake, "the islands of {} do not wake", self.path().await);
        self.is_clean().await;
    }

    /// Signs somebody in by the form.
    pub(crate) async fn sign_in(&self, account: &Account) {
        self.sign_out().await;
        self.open("/sign-in").await;
        self.fill("#email", &account.email).await;
        self.fill("#password", PASSWORD).await;
        self.press("main form button.btn--primary").await;
        let away = self.until(async || !self.path().await.starts_with("/sign-in")).await;
        assert!(away, "{} can't sign in: {}", account.email, self.text().await);
        self.loaded().await;
    }

    /// Nobody in particular again; language and colours stay.
    pub(crate) async fn sign_out(&self) {
        // cookies can be taken from a page of the site only
        if !self.path().await.starts_with("/rules") {
            self.open("/rules").await;
        }
        let _ = self.client.delete_cookie("session").await;
    }

    /// Presses keys, each by itself, wherever the focus is.
    pub(crate) async fn keys(&self, keys: &[Key]) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            let value = char::from(*key);
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.expect("a keyboard");
    }

    /// Types where the focus is.
    pub(crate) async fn type_text(&self, text: &str) {
        let focused = self.client.active_element().await.expect("something with the focus");
        focused.send_keys(text).await.expect("a field with the focus");
    }

    /// Says where the test was when it failed.
    async fn tell(&self) {
        let seen = async {
            let address = self.client.current_url().await?;
            let text = self.client.execute("return document.body.innerText", vec![]).await?;
            Ok::<_, CmdError>(format!("{address}\n{}", text.as_str().unwrap_or_default()))
        };
        if let Ok(Ok(seen)) = tokio::time::timeout(Duration::from_secs(5), seen).await {
            eprintln!("the browser was at {seen:.1500}");
        }
    }

    /// Tries until it is so, or the patience ends.
    pub(crate) async fn until(&self, mut so: impl AsyncFnMut() -> bool) -> bool {
        let start = Instant::now();
        while !so().await {
            if start.elapsed() > PATIENCE / 4 {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        true
    }
}

/// The browser notes the status of every error page, and what it can't show in a date field: neither is an error of the page.
fn is_expected(message: &str) -> bool {
    if message.contains("does not conform to the required format, \"yyyy-MM-dd\"") {
        return true;
    }
    let Some((address, rest)) = message.split_once(" - ") else { return false };
    rest.starts_with("Failed to load resource: the server responded with a status of 4") && !address.contains("/assets/")
}

/// A command of this browser's that the protocol does not have.
struct Extension {
    path: &'static str,
    body: Value,
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.body)
    }
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as FromStr>::Err> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
