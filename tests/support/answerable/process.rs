//! The program in a process of its own, as an operator runs it.

use std::{
    io::{BufRead as _, BufReader, Read, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::{Answerable, PATIENCE, Running};

pub(super) struct Process {
    pub(super) child: Child,
    printed: Lines,
    pub(super) logged: Lines,
}

pub(super) type Lines = Arc<Mutex<Vec<String>>>;

impl Answerable {
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

    /// What the process printed so far.
    pub fn printed(&self) -> String {
        self.process().map(|process| joined(&process.printed)).unwrap_or_default()
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

pub(super) fn joined(lines: &Lines) -> String {
    lines.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
}

/// The word after a sign, from the first line that has it.
fn find_in(lines: &Lines, sign: &str) -> Option<String> {
    let lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
    let line = lines.iter().find_map(|line| line.split_once(sign))?;
    line.1.split_whitespace().next().map(str::to_owned)
}
