//! PostgreSQL that is away for a while: everybody hears soon that it is not them, and when to come back; nobody is taken for somebody
//! else; and all goes on by itself.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::json;
use tests::{
    Backend, TestDb,
    answerable::{Answer, Answerable, PATIENCE, Page},
};
use tokio::{
    net::{UnixListener, UnixStream},
    task::{JoinHandle, JoinSet},
};

use crate::world::World;

/// The name of the socket of PostgreSQL in its folder.
const SOCKET: &str = ".s.PGSQL.5432";

/// The road between the program and a PostgreSQL that others need as well: closed, it is as if that were stopped.
struct Road {
    here: PathBuf,
    there: PathBuf,
    traffic: Option<JoinHandle<()>>,
}

impl Road {
    /// One that leads to a database, and the address of that by this road.
    fn to(database: &str, folder: &Path) -> (Self, String) {
        let (base, host) = database.split_once("?host=").expect("a database behind a socket");
        let url = format!("{base}?host={}", folder.display());
        let mut road = Self { here: folder.join(SOCKET), there: Path::new(host).join(SOCKET), traffic: None };
        road.open();
        (road, url)
    }

    fn open(&mut self) {
        let _ = std::fs::remove_file(&self.here);
        let listener = UnixListener::bind(&self.here).expect("a socket");
        let there = self.there.clone();
        self.traffic = Some(tokio::spawn(async move {
            let mut travellers = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let mut far = UnixStream::connect(&there).await.expect("PostgreSQL");
                travellers.spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
            }
        }));
    }

    fn close(&mut self) {
        // the socket stays, as a port does: nobody listens there any more
        self.traffic.take().expect("an open road").abort();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_hears_soon_that_the_database_is_away() {
    let database = TestDb::fresh(Backend::Postgres).await;
    let folder = tempfile::tempdir().expect("a folder");
    let (mut road, url) = Road::to(database.url(), folder.path());
    let world = World::open(Answerable::start(Some(&url), &[]).await).await;
    let (member, api) = world.somebody("Mo", "member").await;
    let post = api.submit("idea", "general", "A matter of databases", "It matters.").await;
    let mo = world.server.signed_in(&member).await;
    let nobody = world.server.visitor();
    let comment = json!({ "body": "While it is away." });

    road.close();
    // the first ones find out that connections that were open are not any more
    for path in ["/", "/p/1"] {
        nobody.get(path).await.is(503);
    }
    for what in ["read", "read one's own", "write", "sign in", "vote", "read by a program", "write by a program"] {
        let start = Instant::now();
        let (status, retry_after) = match what {
            "read" => page(nobody.get("/?sort=new").await),
            "read one's own" => page(mo.get("/me").await),
            "write" => page(mo.post(&format!("/p/{post}/comments"), &[("body", "While it is away.")]).await),
            "sign in" => page(nobody.post("/sign-in", &[("email", "mo@example.com"), ("password", "a guess")]).await),
            "vote" => {
                // as an island does
                let island = mo.with("accept", "application/json");
                page(island.post(&format!("/p/{post}/vote"), &[("stance", "support")]).await)
            }
            "read by a program" => problem(world.server.api().get("/api/v1/posts?limit=3").await),
            _ => problem(api.post(&format!("/api/v1/posts/{post}/comments"), &comment).await),
        };
        let took = start.elapsed();
        assert_eq!(status, 503, "{what}");
        assert!(retry_after.parse::<u64>().is_ok_and(|seconds| seconds > 0), "{what}: {retry_after:?}");
        assert!(took < Duration::from_secs(8), "{what}: after {took:?}");
    }

    road.open();
    let start = Instant::now();
    while mo.get("/me").await.status != 200 || api.post(&format!("/api/v1/posts/{post}/comments"), &comment).await.status != 201 {
        assert!(start.elapsed() < PATIENCE, "it does not come back");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    mo.get("/me").await.is(200).must_show("A matter of databases");
    drop(world);
    road.close();
    database.remove().await;
}

fn page(page: Page) -> (u16, String) {
    (page.status, page.header("retry-after"))
}

fn problem(answer: Answer) -> (u16, String) {
    let answer = answer.is_problem(503, &[]);
    (answer.status, answer.header("retry-after"))
}
