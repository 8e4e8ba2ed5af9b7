//! The program itself, spoken to over HTTP by people with browsers and by programs with tokens: in the process of the test, or,
//! where it is about signals, crashes, the command line or what is printed, as an operator runs it.

use std::{
    fmt::Write as _,
    io::{BufRead as _, BufReader, Read, Write as _},
    net::SocketAddr,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    pin::Pin,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use forum::{actor::Role, password::Cost, person::SignUp};
use reqwest::{
    Method,
    header::{ACCEPT_LANGUAGE, HeaderMap, HeaderName, HeaderValue, LOCATION},
    redirect::Policy,
};
use serde_json::{Value, json};
use server::{
    commands::make_person,
    config::{Config, LOG, Switch},
};
use tempfile::TempDir;

use crate::{
    Backend, TestDb,
    db::copy_template,
    here::{Here, Log},
};

/// The password of everybody.
pub const PASSWORD: &str = "bicycle lantern oyster quilt";

/// How long anything may take before a test gives up on it; the machine may be busy with much else.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Writes a test of the running program once and runs it on both databases, each time with a program and data of its own.
#[macro_export]
macro_rules! serving {
    ($($tests:tt)*) => { $crate::serving_by! { serve $($tests)* } };
}

/// The same with a program in a process of its own.
#[macro_export]
macro_rules! serving_as_process {
    ($($tests:tt)*) => { $crate::serving_by! { serve_as_process $($tests)* } };
}

/// What [`serving!`] and [`serving_as_process!`] have in common.
#[doc(hidden)]
#[macro_export]
macro_rules! serving_by {
    ($serve:ident $($(#[$attribute:meta])* async fn $name:ident($server:ident: Answerable) $body:block)*) => {
        $(
            $(#[$attribute])*
            mod $name {
                use super::*;

                async fn test($server: $crate::answerable::Answerable) $body

                #[test]
                fn sqlite() {
                    $crate::answerable::$serve($crate::Backend::Sqlite, &[], test);
                }

                #[test]
                fn postgres() {
                    $crate::answerable::$serve($crate::Backend::Postgres, &[], test);
                }
            }
        )*
    };
}

/// Runs a test beside a program with these settings, and removes its data whether the test passes or not. The program runs in
/// this process, and is stopped at the end: the test fails when it left a letter unworded or a job undone, or logged an error.
pub fn serve<F: Future<Output = ()>>(backend: Backend, settings: &[(&str, &str)], test: impl FnOnce(Answerable) -> F) {
    serve_by(true, backend, settings, test);
}

/// The same with a program in a process of its own, which ends when the test lets go of it.
pub fn serve_as_process<F: Future<Output = ()>>(backend: Backend, settings: &[(&str, &str)], test: impl FnOnce(Answerable) -> F) {
    serve_by(false, backend, settings, test);
}

fn serve_by<F: Future<Output = ()>>(here: bool, backend: Backend, settings: &[(&str, &str)], test: impl FnOnce(Answerable) -> F) {
    let log = Log::default();
    let (runtime, _logging) = log.runtime();
    let database = match backend {
        Backend::Sqlite => None,
        Backend::Postgres => Some(runtime.block_on(TestDb::fresh(backend))),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            let url = database.as_ref().map(TestDb::url);
            let server =
                if here { Answerable::start_here(url, settings, log).await } else { Answerable::start(url, settings).await };
            let (folder, running) = (server.folder.clone(), server.here().cloned());
            // on the heap: a test is one large future
            let test: Pin<Box<dyn Future<Output = ()>>> = Box::pin(test(server));
            test.await;
            if let Some(running) = running {
                running.finish().await;
            }
            drop(folder);
        });
    }));
    if let Some(database) = database {
        runtime.block_on(database.remove());
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// A running program. A process ends when this is dropped.
pub struct Answerable {
    running: Option<Running>,
    address: String,
    database: Option<String>,
    settings: Vec<(String, String)>,
    folder: Arc<TempDir>,
}

enum Running {
    Here(Arc<Here>),
    Process(Process),
}

struct Process {
    child: Child,
    printed: Lines,
    logged: Lines,
}

type Lines = Arc<Mutex<Vec<String>>>;

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they may do.
    pub role: String,
}

/// A mail as it was written.
#[derive(Debug, Clone)]
pub struct Mail {
    /// What it is about.
    pub subject: String,
    /// Everything in it, with its encodings taken off.
    pub text: String,
}

impl Answerable {
    /// Starts the program as a process with a data folder of its own, without rate limits unless the settings say otherwise.
    ///
    /// # Panics
    /// When it does not come up.
    pub async fn start(database: Option<&str>, settings: &[(&str, &str)]) -> Self {
        let mut server = Self::new(database, settings);
        server.up().await;
        server
    }

    /// Starts the program in this process, with a data folder of its own.
    async fn start_here(database: Option<&str>, settings: &[(&str, &str)], log: Log) -> Self {
        let mut server = Self::new(database, settings);
        let data = server.folder().join("data");
        if database.is_none() {
            std::fs::create_dir(&data).expect("a folder for the data");
            copy_template(&data.join("answerable.db")).await;
        }
        let mut config = Config {
            database_url: database.map(str::to_owned),
            data,
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            url: None,
            mail: Some(format!("file:{}", server.folder().join("mail").display())),
            log: LOG.to_owned(),
            rate_limits: Switch::Off,
            hashing: Cost::LEAST,
        };
        for (name, value) in settings {
            match (*name, *value) {
                ("ANSWERABLE_URL", url) => config.url = Some(url.to_owned()),
                ("ANSWERABLE_RATE_LIMITS", "on") => config.rate_limits = Switch::On,
                _ => panic!("{name}={value}: only a process takes this setting"),
            }
        }
        let here = Here::start(config, log).await;
        server.address.clone_from(&here.address);
        server.running = Some(Running::Here(Arc::new(here)));
        server
    }

    fn new(database: Option<&str>, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("answerable-test.").tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("mail")).expect("a folder for mail");
        let settings = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (database, folder) = (database.map(str::to_owned), Arc::new(folder));
        Self { running: None, address: String::new(), database, settings, folder }
    }

    fn here(&self) -> Option<&Arc<Here>> {
        match &self.running {
            Some(Running::Here(here)) => Some(here),
            _ => None,
        }
    }

    fn process(&self) -> Option<&Process> {
        match &self.running {
            Some(Running::Process(process)) => Some(process),
            _ => None,
        }
    }

    fn take_process(&mut self) -> Process {
        match self.running.take() {
            Some(Running::Process(process)) => process,
            _ => panic!("a running process"),
        }
    }

    /// Starts the process again, on the data that is there.
    ///
    /// # Panics
    /// When it does not come up.
    pub async fn up(&mut self) {
        assert!(self.running.is_none(), "it is running");
        let mut child = self
            .command(&["serve"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; `cargo build -p server` makes it", binary().display()));
        let printed = lines_of(child.stdout.take());
        let logged = lines_of(child.stderr.take());
        let mut process = Process { child, printed, logged };
        let start = Instant::now();
        let listening = loop {
            if let Some(listening) = find_in(&process.logged, "listening=") {
                break listening;
            }
            let ended = process.child.try_wait().expect("the state of a child");
            let text = || joined(&process.logged);
            assert!(ended.is_none(), "the program ended: {}", text());
            assert!(start.elapsed() < PATIENCE, "the program does not come up: {}", text());
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        self.running = Some(Running::Process(process));
        let listening: SocketAddr = listening.parse().unwrap_or_else(|error| panic!("{listening}: {error}"));
        self.address = format!("http://{listening}");
        let client = reqwest::Client::new();
        loop {
            if client.get(self.url("/readyz")).send().await.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "the program does not get ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Where it listens, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The folder with its data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the process printed so far.
    pub fn printed(&self) -> String {
        self.process().map(|process| joined(&process.printed)).unwrap_or_default()
    }

    /// What it logged so far.
    pub fn logged(&self) -> String {
        match &self.running {
            Some(Running::Here(here)) => here.logged(),
            Some(Running::Process(process)) => joined(&process.logged),
            None => String::new(),
        }
    }

    /// The path at which the first admin is made.
    ///
    /// # Panics
    /// When there is an admin already.
    pub fn set_up(&self) -> String {
        let link = match &self.running {
            Some(Running::Here(here)) => here.set_up.clone(),
            _ => self.printed().split_whitespace().find(|word| word.contains("/setup/")).map(str::to_owned),
        };
        let link = link.expect("a link");
        link[link.find("/setup/").expect("a link to the first page")..].to_owned()
    }

    /// The number of the process.
    ///
    /// # Panics
    /// When it is not running.
    pub fn pid(&self) -> u32 {
        self.process().expect("a running process").child.id()
    }

    /// Ends the process as a crash does: it gets no chance to do anything more.
    ///
    /// # Panics
    /// When it is not running.
    pub fn kill(&mut self) {
        let mut process = self.take_process();
        process.child.kill().expect("a child that can be killed");
        process.child.wait().expect("the end of a child");
    }

    /// Asks the process to stop, as an operator does.
    ///
    /// # Panics
    /// When it is not running.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()), "SIGTERM could not be sent");
    }

    /// Waits for the process to end by itself, and says how it did.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn stopped(&mut self) -> std::process::ExitStatus {
        let mut process = self.take_process();
        let start = Instant::now();
        loop {
            if let Some(status) = process.child.try_wait().expect("the state of a child") {
                return status;
            }
            if start.elapsed() > PATIENCE {
                let _ = process.child.kill();
                panic!("the program does not stop");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The program with other arguments and the same settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("ANSWERABLE_") {
                command.env_remove(name);
            }
        }
        let folder = self.folder.path();
        command
            .args(arguments)
            .current_dir(folder)
            .env_remove("DATABASE_URL")
            .env("ANSWERABLE_DATA", folder.join("data"))
            .env("ANSWERABLE_ADDR", "127.0.0.1:0")
            .env("ANSWERABLE_MAIL", format!("file:{}", folder.join("mail").display()))
            .env("ANSWERABLE_RATE_LIMITS", "off")
            .envs(self.database.as_ref().map(|url| ("DATABASE_URL", url)))
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command of the program and gives back what it printed.
    ///
    /// # Panics
    /// When it fails.
    pub fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut child = self
            .command(arguments)
            .env("ANSWERABLE_LOG", "warn")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", binary().display()));
        let typed = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
        assert!(matches!(typed, Some(Ok(()))), "the command takes no input");
        let output = child.wait_with_output().expect("the output of a child");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
        text
    }

    /// Makes somebody with a verified address.
    ///
    /// # Panics
    /// When they can't be made.
    pub async fn person(&self, name: &str, role: &str) -> Account {
        self.make(name, role, true).await
    }

    /// Makes somebody whose address is not verified.
    ///
    /// # Panics
    /// When they can't be made.
    pub async fn unverified(&self, name: &str) -> Account {
        self.make(name, "member", false).await
    }

    /// As the command line does it: by itself, or beside a process.
    async fn make(&self, name: &str, role: &str, verified: bool) -> Account {
        let email = address_of(name);
        let id = if let Some(here) = self.here() {
            let new = SignUp { email: email.clone(), password: PASSWORD.to_owned(), name: name.to_owned(), language: None };
            let role = Role::parse(role).unwrap_or_else(|error| panic!("{role}: {error:?}"));
            let made = make_person(&here.forum, new, role, None, verified).await;
            made.unwrap_or_else(|error| panic!("{name}: {error}")).to_string()
        } else {
            let mut arguments = vec!["person", "create", "--email", &email, "--name", name, "--role", role, "--password-stdin"];
            arguments.extend(verified.then_some("--verified"));
            self.run(&arguments, &format!("{PASSWORD}\n")).trim().to_owned()
        };
        Account { id, name: name.to_owned(), email, role: role.to_owned() }
    }

    /// A browser in which nobody is signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor::of(&self.address)
    }

    /// A browser in which somebody is signed in.
    ///
    /// # Panics
    /// When they can't sign in.
    pub async fn signed_in(&self, account: &Account) -> Visitor {
        let visitor = self.visitor();
        visitor.post("/sign-in", &[("email", &account.email), ("password", PASSWORD)]).await.sees_other("/");
        visitor
    }

    /// A program without a token.
    pub fn api(&self) -> Api {
        Api { client: reqwest::Client::new(), address: self.address.clone(), token: None }
    }

    /// A program with a token of somebody's that allows all that they may do.
    ///
    /// # Panics
    /// When there is no token for them.
    pub async fn api_of(&self, account: &Account) -> Api {
        let scopes = match account.role.as_str() {
            "member" => json!(["read", "write"]),
            "admin" => json!(["read", "write", "staff", "admin"]),
            _ => json!(["read", "write", "staff"]),
        };
        let body = json!({ "email": account.email, "password": PASSWORD, "scopes": scopes });
        let token = self.api().post("/api/v1/tokens", &body).await.is(201).text("token");
        self.api().with_token(&token)
    }

    /// The latest mail to an address, once there is one that `wanted` accepts.
    ///
    /// # Panics
    /// When none comes.
    pub async fn mail_to(&self, email: &str, wanted: impl Fn(&Mail) -> bool) -> Mail {
        let start = Instant::now();
        loop {
            if let Some(mail) = self.mails_to(email).into_iter().rev().find(&wanted) {
                return mail;
            }
            assert!(start.elapsed() < PATIENCE, "no mail to {email}; the log: {}", self.logged());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// The link in the latest mail to an address that has one with this start, such as `/verify/`.
    ///
    /// # Panics
    /// When none comes.
    pub async fn link_to(&self, email: &str, start: &str) -> String {
        let mail = self.mail_to(email, |mail| mail.path(start).is_some()).await;
        mail.path(start).expect("a mail with the link")
    }

    /// All mails to an address, oldest first.
    ///
    /// # Panics
    /// When the folder can't be read.
    pub fn mails_to(&self, email: &str) -> Vec<Mail> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path().join("mail"))
            .expect("the folder with mail")
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        // their names begin with the time
        files.sort();
        files
            .into_iter()
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .filter(|raw| header_of(raw, "To").is_some_and(|to| to.to_lowercase().contains(&email.to_lowercase())))
            .map(|raw| Mail { subject: header_of(&raw, "Subject").unwrap_or_default(), text: decoded(&raw) })
            .collect()
    }
}

impl Drop for Answerable {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.logged();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!("the end of the log:\n{}", lines[lines.len().saturating_sub(15)..].join("\n"));
        }
        if let Some(Running::Process(process)) = &mut self.running {
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}

impl Mail {
    /// The path of the first link in it that starts so.
    pub fn path(&self, start: &str) -> Option<String> {
        let mut rest = self.text.as_str();
        while let Some((_, after)) = rest.split_once("://") {
            let link: String = after.chars().take_while(|c| !c.is_whitespace() && !"\"<>')]".contains(*c)).collect();
            if let Some(path) = link.find('/').map(|slash| &link[slash..])
                && path.starts_with(start)
                && path.len() > start.len()
            {
                return Some(path.to_owned());
            }
            rest = after;
        }
        None
    }
}

/// A browser without JavaScript, as far as HTTP goes: it keeps cookies, says where its requests come from, and does not follow
/// redirects by itself.
#[derive(Clone)]
pub struct Visitor {
    client: reqwest::Client,
    address: String,
    headers: HeaderMap,
}

impl Visitor {
    fn of(address: &str) -> Self {
        let client = reqwest::Client::builder().cookie_store(true).redirect(Policy::none()).build().expect("an HTTP client");
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        headers.insert("accept", HeaderValue::from_static("text/html,application/xhtml+xml"));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        Self { client, address: address.to_owned(), headers }
    }

    /// The same browser with another header on every request; an empty value takes the header away.
    ///
    /// # Panics
    /// When it is no header.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
        if value.is_empty() {
            other.headers.remove(name);
        } else {
            other.headers.insert(name, HeaderValue::from_str(value).expect("the value of a header"));
        }
        other
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(Method::POST, path, Some(fields)).await
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn send(&self, method: Method, path: &str, fields: Option<&[(&str, &str)]>) -> Page {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.address) };
        let mut request = self.client.request(method.clone(), &url).headers(self.headers.clone());
        if let Some(fields) = fields {
            request = request.form(fields);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.text().await.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        // with erased types, Leptos marks where one text ends and the next begins: nobody sees it, and no text of people can hold it
        let body = body.replace("<!>", "");
        Page { asked: format!("{method} {path}"), status, headers, body }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    /// What was asked for.
    pub asked: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Page {
    /// This status and no other.
    ///
    /// # Panics
    /// When it is another.
    #[expect(clippy::return_self_not_must_use, reason = "it is the check that matters")]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.excerpt());
        self
    }

    /// A redirect after a form, to an address that starts so.
    ///
    /// # Panics
    /// When it is none.
    pub fn sees_other(&self, start: &str) -> String {
        assert_eq!(self.status, 303, "{}: {}", self.asked, self.excerpt());
        let to = self.header("location");
        assert!(to.starts_with(start), "{} leads to {to}", self.asked);
        to
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// Whether a text stands on the page as text, whatever characters are in it.
    pub fn shows(&self, text: &str) -> bool {
        unescaped(&self.body).contains(text)
    }

    /// The page shows this.
    ///
    /// # Panics
    /// When it does not.
    pub fn must_show(&self, text: &str) -> &Self {
        assert!(self.shows(text), "{} does not show “{text}”: {}", self.asked, self.excerpt());
        self
    }

    /// The page does not show this.
    ///
    /// # Panics
    /// When it does.
    pub fn must_not_show(&self, text: &str) -> &Self {
        assert!(!self.shows(text), "{} shows “{text}”", self.asked);
        self
    }

    /// The language of the page.
    pub fn language(&self) -> Option<String> {
        attribute(self.tag("html", |_| true)?, "lang")
    }

    /// What stands in a field of a form: typed, or chosen.
    pub fn field(&self, name: &str) -> Option<String> {
        let named = |tag: &str| attribute(tag, "name").as_deref() == Some(name);
        if let Some(tag) = self.tag("textarea", named) {
            let inside = &self.body[self.body.find(tag)? + tag.len()..];
            let text = unescaped(&inside[..inside.find("</textarea>")?]);
            return Some(text.strip_prefix('\n').map_or(text.clone(), str::to_owned));
        }
        if let Some(tag) = self.tag("select", named) {
            let inside = &self.body[self.body.find(tag)? + tag.len()..];
            let inside = &inside[..inside.find("</select>")?];
            let options: Vec<&str> = tags(inside, "option").collect();
            let chosen = options.iter().find(|tag| is_set(tag, "selected")).or(options.first())?;
            return attribute(chosen, "value");
        }
        let inputs = |checked: bool| self.tag("input", |tag| named(tag) && (!checked || is_set(tag, "checked")));
        let input = inputs(false)?;
        if matches!(attribute(input, "type").as_deref(), Some("radio" | "checkbox")) {
            return attribute(inputs(true)?, "value");
        }
        attribute(input, "value")
    }

    /// The first tag of a name that is wanted.
    pub fn tag(&self, name: &str, wanted: impl Fn(&str) -> bool) -> Option<&str> {
        tags(&self.body, name).find(|tag| wanted(tag))
    }

    /// The data that came back.
    ///
    /// # Panics
    /// When it is no JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{}: {error}: {}", self.asked, self.excerpt()))
    }

    /// The fields that are marked as wrong, by name.
    pub fn wrong_fields(&self) -> Vec<String> {
        let mut fields: Vec<String> = ["input", "textarea", "select"]
            .into_iter()
            .flat_map(|name| tags(&self.body, name))
            .filter(|tag| attribute(tag, "aria-invalid").as_deref() == Some("true"))
            .filter_map(|tag| attribute(tag, "name"))
            .collect();
        fields.sort();
        fields.dedup();
        fields
    }

    /// The words in the body, for messages of tests.
    fn excerpt(&self) -> String {
        let main = self.body.split_once("<main").map_or(self.body.as_str(), |(_, main)| main);
        let mut text = String::new();
        let mut inside = true;
        for c in main.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    text.push(' ');
                }
                c if !inside => text.push(c),
                _ => {}
            }
        }
        if text.trim().is_empty() {
            self.body.chars().take(400).collect()
        } else {
            text.split_whitespace().take(80).collect::<Vec<_>>().join(" ")
        }
    }
}

/// A program that speaks to the REST API.
#[derive(Clone)]
pub struct Api {
    client: reqwest::Client,
    address: String,
    token: Option<String>,
}

/// What the API answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked for.
    pub asked: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null when there was none.
    pub json: Value,
}

impl Api {
    /// The same program with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// Its token.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    /// Makes something.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    /// Sets something.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body), &[]).await
    }

    /// Changes something.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body), &[]).await
    }

    /// Takes something away.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, &[]).await
    }

    /// The same program on another connection.
    #[must_use]
    pub fn reconnected(&self) -> Self {
        Self { client: reqwest::Client::new(), ..self.clone() }
    }

    /// A request, ready to be sent or changed.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends anything.
    ///
    /// # Panics
    /// When there is no answer, or it is no JSON.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>, headers: &[(&str, &str)]) -> Answer {
        let asked = format!("{method} {path}");
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{asked}: {error}"));
        Answer::of(asked, answer).await
    }

    /// Posts something with defaults for all that does not matter, and gives back its number.
    pub async fn submit(&self, kind: &str, board: &str, title: &str, body: &str) -> i64 {
        let draft = json!({ "kind": kind, "board": board, "title": title, "body": body });
        self.post("/api/v1/posts", &draft).await.is(201).number("id")
    }
}

impl Answer {
    async fn of(asked: String, answer: reqwest::Response) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.text().await.unwrap_or_else(|error| panic!("{asked}: {error}"));
        let json = if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&body).unwrap_or_else(|error| panic!("{asked}: {status} {error}: {body:.300}"))
        };
        Self { asked, status, headers, json }
    }

    /// This status and no other.
    ///
    /// # Panics
    /// When it is another.
    #[expect(clippy::return_self_not_must_use, reason = "it is the check that matters")]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.json);
        self
    }

    /// A problem document of this status, with these fields when it is about fields.
    ///
    /// # Panics
    /// When it is none.
    #[expect(clippy::return_self_not_must_use, reason = "it is the check that matters")]
    pub fn is_problem(self, status: u16, fields: &[&str]) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.json);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.asked);
        assert_eq!(self.json["status"], json!(status), "{}", self.asked);
        for name in ["type", "title", "detail"] {
            let text = self.json[name].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "{}: no {name} in {}", self.asked, self.json);
        }
        let mut found: Vec<&str> =
            self.json["errors"].as_array().into_iter().flatten().filter_map(|e| e["field"].as_str()).collect();
        found.sort_unstable();
        let mut wanted = fields.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{}: {}", self.asked, self.json);
        for error in self.json["errors"].as_array().into_iter().flatten() {
            assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{}: {error}", self.asked);
        }
        self
    }

    /// A header, empty when there is none.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// Where the new thing is.
    pub fn location(&self) -> String {
        self.header(LOCATION.as_str())
    }

    /// A field that is a text.
    ///
    /// # Panics
    /// When it is none.
    pub fn text(&self, name: &str) -> String {
        self.json[name].as_str().unwrap_or_else(|| panic!("{}: no text {name} in {}", self.asked, self.json)).to_owned()
    }

    /// A field that is a number.
    ///
    /// # Panics
    /// When it is none.
    pub fn number(&self, name: &str) -> i64 {
        self.json[name].as_i64().unwrap_or_else(|| panic!("{}: no number {name} in {}", self.asked, self.json))
    }

    /// The items of a list.
    ///
    /// # Panics
    /// When it is no list.
    pub fn items(&self) -> &[Value] {
        self.json["items"].as_array().unwrap_or_else(|| panic!("{}: no items in {}", self.asked, self.json))
    }
}

/// The program under test: `ANSWERABLE_BIN`, or what cargo built beside the tests.
fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("ANSWERABLE_BIN") {
        return path.into();
    }
    // target/debug/deps/http-… lies beside target/debug/answerable
    let test = std::env::current_exe().expect("the path of the test");
    let profile = test.parent().and_then(Path::parent).expect("a folder for the profile");
    profile.join("answerable")
}

fn address_of(name: &str) -> String {
    let local: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '.' }).collect();
    format!("{local}@example.com")
}

fn lines_of(stream: Option<impl Read + Send + 'static>) -> Lines {
    let lines = Lines::default();
    let (stream, kept) = (stream.expect("a stream of a child"), lines.clone());
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
    });
    lines
}

fn joined(lines: &Lines) -> String {
    lines.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
}

/// The word after a sign, from the first line that has it.
fn find_in(lines: &Lines, sign: &str) -> Option<String> {
    let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
    let line = lines.iter().find_map(|line| line.split_once(sign))?;
    line.1.split_whitespace().next().map(str::to_owned)
}

/// All tags of a name, from `<` to `>`; `>` is escaped inside our attributes.
fn tags<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let open = format!("<{name}");
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&open)?;
            let tag = &rest[start..];
            let end = tag.find('>')? + 1;
            rest = &tag[end..];
            if tag[open.len()..].starts_with([' ', '>', '/', '\n']) {
                return Some(&tag[..end]);
            }
        }
    })
}

/// An attribute of a tag, with its entities resolved.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..];
    Some(unescaped(&value[..value.find('"')?]))
}

fn is_set(tag: &str, name: &str) -> bool {
    let marked = format!(" {name}");
    tag.split_once(&marked).is_some_and(|(_, rest)| rest.starts_with(['=', ' ', '>', '/']))
}

/// HTML without its entities.
pub fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// A header of a mail, its folded lines joined.
fn header_of(raw: &str, name: &str) -> Option<String> {
    let raw = raw.replace("\r\n", "\n");
    let head = raw.split("\n\n").next()?.replace("\n ", " ").replace("\n\t", " ");
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())))?;
    Some(words_of(line.split_once(':')?.1.trim()))
}

/// A header with its encoded words (RFC 2047) resolved.
fn words_of(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(4, '?');
        let (Some(_charset), Some(coding), Some(text), Some(tail)) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            break;
        };
        out.push_str(before.trim_matches(' '));
        let bytes = if coding.eq_ignore_ascii_case("b") { base64(text) } else { quoted_printable(&text.replace('_', " ")) };
        out.push_str(&String::from_utf8_lossy(&bytes));
        rest = tail.strip_prefix('=').unwrap_or(tail);
    }
    out + rest
}

/// All parts of a mail, each with its transfer encoding taken off.
fn decoded(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n");
    let mut text = String::new();
    let boundary = raw
        .find("boundary=\"")
        .map(|at| &raw[at + 10..])
        .and_then(|rest| rest.split('"').next())
        .map_or_else(|| "\u{0}".to_owned(), |boundary| format!("--{boundary}"));
    for part in raw.split(&boundary) {
        let Some((head, body)) = part.split_once("\n\n") else { continue };
        let head = head.to_lowercase();
        let bytes = if head.contains("content-transfer-encoding: base64") {
            base64(body)
        } else if head.contains("content-transfer-encoding: quoted-printable") {
            quoted_printable(body)
        } else {
            body.as_bytes().to_vec()
        };
        let _ = writeln!(text, "{}", String::from_utf8_lossy(&bytes));
    }
    text
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let coded =
            (bytes[at] == b'=').then(|| text.get(at + 1..at + 3)).flatten().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = coded {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    let (mut bits, mut kept) = (0_u32, 0);
    for byte in text.bytes() {
        let Some(value) = ALPHABET.iter().position(|b| *b == byte) else { continue };
        bits = (bits << 6) | u32::try_from(value).unwrap_or(0);
        kept += 6;
        if kept >= 8 {
            kept -= 8;
            out.push(u8::try_from((bits >> kept) & 0xff).unwrap_or(0));
        }
    }
    out
}

/// The day it is. The program under test lives by the clock of the machine, and so do those who speak to it.
#[expect(clippy::disallowed_methods, reason = "the program under test can't be handed another time")]
pub fn today() -> chrono::NaiveDate {
    chrono::Utc::now().date_naive()
}
