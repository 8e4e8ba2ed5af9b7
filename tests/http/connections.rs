//! Clients that are slow or silent. How long each may take is tested beside the code; here, that the program as it is served lets go
//! of them, and what those hear who can still be told.

use std::time::{Duration, Instant};

use tests::{
    Backend,
    answerable::{Answerable, serve_as_process},
    serving,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

async fn say(server: &Answerable, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address().trim_start_matches("http://")).await.expect("a connection");
    stream.write_all(text.as_bytes()).await.expect("a connection that takes something");
    stream
}

fn half_of(path: &str, kind: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: 1000\r\n\r\nemail=")
}

/// What comes until the program closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let ended = timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await;
    ended.expect("it is closed").expect("it is closed in peace");
    String::from_utf8_lossy(&bytes).into_owned()
}

serving! {
    async fn a_request_that_does_not_come_in_time_is_refused_in_words(server: Answerable) {
        let form = say(&server, &half_of("/sign-in", "application/x-www-form-urlencoded")).await;
        let data = say(&server, &half_of("/api/v1/tokens", "application/json")).await;
        let page = rest(form).await;
        assert!(page.starts_with("HTTP/1.1 408 ") && page.contains("Too slow") && page.contains("x-request-id"), "{page}");
        let problem = rest(data).await;
        assert!(problem.starts_with("HTTP/1.1 408 ") && problem.contains("application/problem+json"), "{problem}");
        server.visitor().get("/").await.is(200);
    }
}

#[test]
fn nobody_holds_the_program_by_being_slow() {
    serve_as_process(Backend::Sqlite, &[], async |mut server| {
        let start = Instant::now();
        let silent = [say(&server, "").await, say(&server, "GET / HTTP/1.1\r\nhost: x\r\nx-").await];
        for stream in silent {
            assert_eq!(rest(stream).await, "");
        }
        assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
        let mut half = Vec::new();
        for _ in 0..5 {
            half.push(say(&server, &half_of("/sign-in", "application/x-www-form-urlencoded")).await);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        let start = Instant::now();
        server.ask_to_stop();
        let status = server.stopped().await;
        assert!(status.success() && start.elapsed() < Duration::from_secs(15), "{status} after {:?}", start.elapsed());
    });
}
