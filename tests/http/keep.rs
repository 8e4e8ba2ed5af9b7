//! Back-ups and exports by the command line, beside a running server.

use std::os::unix::fs::PermissionsExt as _;

use tests::serving_as_process;

use crate::world::World;

serving_as_process! {
    async fn a_forum_is_kept_and_brought_back_beside_a_running_server(server: Answerable) {
        let world = World::open(server).await;
        let (_, sanne) = world.somebody("Sanne", "member").await;
        let post = sanne.submit("idea", "general", "Kept while it is served", "All of it.").await;
        let server = &world.server;
        let folder = server.folder();
        let path = |name: &str| folder.join(name).display().to_string();
        let other = format!("sqlite://{}", path("other.db"));

        let said = server.run(&["backup", &path("kept")], "");
        assert!(said.contains("1 posts") && said.contains("the record is whole"), "{said}");
        assert_eq!(std::fs::metadata(path("kept")).expect("a back-up").permissions().mode() & 0o777, 0o600);
        let said_of_export = server.run(&["export", &path("all")], "");
        assert!(said_of_export.contains("1 posts") && said_of_export.contains("the record is whole"), "{said_of_export}");
        let again = server.command(&["backup", &path("kept")]).output().expect("a command");
        assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("is not written over"));

        let verified = server.run(&["record", "verify"], "");
        assert_eq!(server.run(&["--database-url", &other, "import", "forum", &path("all")], ""), said_of_export);
        assert_eq!(server.run(&["--database-url", &other, "record", "verify"], ""), verified);
        assert_eq!(std::fs::metadata(path("other.db")).expect("a database").permissions().mode() & 0o777, 0o600);
        // a back-up of either database goes into a file of SQLite
        let third = format!("sqlite://{}", path("third.db"));
        assert_eq!(server.run(&["--database-url", &third, "restore", &path("kept")], ""), said);
        let refused = server.command(&["--database-url", &third, "restore", &path("kept")]).output().expect("a command");
        assert!(!refused.status.success());

        // nobody noticed
        sanne.get(&format!("/api/v1/posts/{post}")).await.is(200);
        let missing = server.command(&["--database-url", &format!("sqlite://{}", path("none.db")), "backup", &path("none")]);
        let missing = { missing }.output().expect("a command");
        assert!(!missing.status.success() && !std::path::Path::new(&path("none.db")).exists());
    }
}
