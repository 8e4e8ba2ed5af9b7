//! Somebody outside who listens to what the forum sends.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::{
    Backend,
    answerable::{Answerable, PATIENCE, serve},
};

/// What came with one request.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its first line and its headers.
    pub head: String,
    /// Its body.
    pub body: Vec<u8>,
}

impl Heard {
    /// A header.
    ///
    /// # Panics
    /// When there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self.head.lines().find_map(|line| line.split_once(':').filter(|(known, _)| known.eq_ignore_ascii_case(name)));
        found.unwrap_or_else(|| panic!("no {name} in {}", self.head)).1.trim()
    }

    /// The body.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }
}

/// Somebody who listens, and answers with a status.
pub struct Listener {
    /// Where they listen.
    pub address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    status: Arc<Mutex<u16>>,
}

impl Listener {
    /// Somebody who listens from now on.
    ///
    /// # Panics
    /// When the machine has no free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = format!("http://{}/hook?key=deep", listener.local_addr().expect("an address"));
        let (heard, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(200)));
        let (all, answer) = (heard.clone(), status.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (all, answer) = (all.clone(), answer.clone());
                tokio::spawn(async move {
                    let status = *answer.lock().expect("a status");
                    if let Some(request) = read(stream, status).await {
                        all.lock().expect("what was heard").push(request);
                    }
                });
            }
        });
        Self { address, heard, status }
    }

    /// Answers so from now on.
    ///
    /// # Panics
    /// When a thread of the listener panicked.
    pub fn answer(&self, status: u16) {
        *self.status.lock().expect("a status") = status;
    }

    /// What was heard first and nobody has asked for.
    ///
    /// # Panics
    /// When a thread of the listener panicked.
    pub fn first(&self) -> Option<Heard> {
        let mut heard = self.heard.lock().expect("what was heard");
        if heard.is_empty() { None } else { Some(heard.remove(0)) }
    }

    /// The next thing that is heard, which nobody else asks for.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn next(&self) -> Heard {
        let start = Instant::now();
        loop {
            if let Some(heard) = self.first() {
                return heard;
            }
            assert!(start.elapsed() < PATIENCE, "nothing is heard");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn read(mut stream: TcpStream, status: u16) -> Option<Heard> {
    let mut bytes = Vec::new();
    let (head, length, start) = loop {
        let mut part = [0; 4096];
        let n = stream.read(&mut part).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&part[..n]);
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok());
            break (head, length.unwrap_or(0), end + 4);
        }
    };
    while bytes.len() < start + length {
        let mut part = [0; 4096];
        let n = stream.read(&mut part).await.ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&part[..n]);
    }
    let answer = format!("HTTP/1.1 {status} Said\r\ncontent-length: 4\r\nconnection: close\r\n\r\nsaid");
    stream.write_all(answer.as_bytes()).await.ok()?;
    Some(Heard { head, body: bytes[start..start + length].to_vec() })
}

/// The setting by which a forum may send messages to this machine.
pub const HOOKS_TO: (&str, &str) = ("ANSWERABLE_HOOKS_TO", "127.0.0.1");

/// A forum that may send messages to this machine.
pub fn with_listener<F: Future<Output = ()>>(backend: Backend, test: impl FnOnce(Answerable) -> F) {
    serve(backend, &[HOOKS_TO], test);
}
