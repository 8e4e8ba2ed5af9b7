use std::sync::Arc;

use chrono::TimeZone as _;
use forum::{
    event::KindName,
    hook,
    site::Language,
    time::{SetTime, SystemTime, Time},
};

use super::{
    samples::{answered, commented, contents, kinds},
    *,
};

const ADDRESS: &str = "https://forum.noordlicht.example";

fn leased(language: Language) -> Leased {
    let letter = outbox::Letter::AlreadyRegistered { name: "Sanne".to_owned() };
    Leased { id: 7, recipient: "sanne@example.org".to_owned(), language, letter, attempts: 0 }
}

fn site(name: &str) -> Arc<Site> {
    Arc::new(Site { name: name.to_owned(), ..Site::default() })
}

fn words(language: Language, content: &Content) -> Worded {
    worded(content, language, ADDRESS, &site("Noordlicht")).unwrap()
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 19, 9, 30, 0).unwrap()
}

fn raw(name: &str, language: Language, content: &Content) -> String {
    let folder = std::env::temp_dir().join(format!("forum-mail-{}", std::process::id()));
    let mailer = Mailer::from_setting(&format!("file:{}", folder.display()), ADDRESS, site(name)).unwrap();
    std::fs::remove_dir(&folder).ok();
    String::from_utf8(mailer.message(&leased(language), content, None, now()).unwrap().formatted()).unwrap()
}

#[test]
fn every_letter_is_written_in_both_languages() {
    for language in Language::ALL {
        for content in contents() {
            let letter = words(language, &content);
            for part in [&letter.subject, &letter.text, &letter.html] {
                assert!(!part.is_empty() && !part.contains("mail-") && !part.contains("{ $"), "{part}");
                assert!(!["stage-", "clock-"].iter().any(|key| part.contains(key)), "{part}");
            }
            let by_name = !matches!(
                content,
                Content::Verify { .. }
                    | Content::Reset { name: None, .. }
                    | Content::Invited { .. }
                    | Content::NewAddress { .. }
                    | Content::Receipt { .. }
            );
            let hello = if language == Language::En { "Hello" } else { "Hallo" };
            let greeting = if by_name { format!("{hello} Sanne,") } else { format!("{hello},") };
            assert!(letter.text.starts_with(&greeting) && letter.html.contains(&greeting), "{}", letter.text);
            assert!(letter.html.contains(&format!("<html lang=\"{}\">", language.tag())));
            assert!(letter.text.contains("https://forum.noordlicht.example/"), "{}", letter.text);
            assert!(letter.html.contains("href=\"https://forum.noordlicht.example/"), "{}", letter.html);
            assert!(!letter.text.contains('<') && !letter.html.contains("style="), "{}", letter.text);
        }
    }
}

#[test]
fn the_record_has_words_for_every_official_act() {
    let acts: Vec<&str> = forum::record::acts().map(<&str>::from).collect();
    for kind in kinds() {
        // the staff edit what others wrote only by naming a house rule, and that stands in the record
        let by_rule = matches!(kind, event::Kind::PostEdited { .. } | event::Kind::CommentEdited { .. });
        let official = kind.about().official || by_rule;
        assert_eq!(acts.contains(&kind.name()), official, "{kind:?}");
    }
}

#[test]
fn an_answer_says_what_who_and_by_when() {
    let letter = words(Language::Nl, &answered());
    assert_eq!(letter.subject, "Gepland: A live socket");
    for line in
        ["Wat: We check **2,000** addresses.", "Wie: Femke, product owner Moving", "Volgend bericht uiterlijk: 3 december 2026"]
    {
        assert!(letter.text.contains(line), "{line:?} is not in {}", letter.text);
    }
    assert!(letter.html.contains("<p>We check <strong>2,000</strong> addresses.</p>"), "{}", letter.html);
    assert!(letter.text.contains(&format!("{ADDRESS}/p/31/a-live-socket")));
}

#[test]
fn links_work_once_and_are_whole() {
    let letter = words(Language::En, &Content::Reset { name: Some("Sanne".to_owned()), path: "/reset/0123".to_owned() });
    assert!(letter.text.contains(&format!("\n{ADDRESS}/reset/0123\n")), "{}", letter.text);
    assert!(letter.html.contains(&format!("href=\"{ADDRESS}/reset/0123\"")), "{}", letter.html);
    assert!(!letter.is_notice);
}

#[test]
fn what_people_wrote_is_text_and_nothing_else() {
    let evil = "</title></blockquote><script>alert(1)</script><a href=\"https://evil.example\">x</a>";
    let letter = words(Language::En, &commented(evil, evil, evil));
    assert!(!letter.html.contains("<script") && !letter.html.contains("href=\"https://evil"), "{}", letter.html);
    let content = Content::AlreadyRegistered { name: evil.to_owned() };
    let letter = worded(&content, Language::Nl, ADDRESS, &site(evil)).unwrap();
    assert!(!letter.html.contains("<script") && !letter.html.contains("href=\"https://evil"), "{}", letter.html);
}

#[test]
fn a_line_break_begins_no_header() {
    let evil = "Sanne\r\nBcc: victim@example.org\r\n\r\nBuy this";
    let message = raw(evil, Language::En, &commented(evil, evil, "Hello"));
    let (headers, _) = message.split_once("\r\n\r\n").unwrap();
    assert!(!headers.lines().any(|line| line.starts_with("Bcc") || line.starts_with("Buy")), "{headers}");
    assert_eq!(headers.lines().filter(|line| line.starts_with("Subject:")).count(), 1);
    let mut stranger = leased(Language::En);
    "sanne@example.org\r\nBcc: victim@example.org".clone_into(&mut stranger.recipient);
    let folder = std::env::temp_dir();
    let mailer = Mailer::from_setting(&format!("file:{}", folder.display()), ADDRESS, site("Noordlicht")).unwrap();
    assert!(mailer.message(&stranger, &commented("Bram", "A live socket", "Hello"), None, now()).is_err());
}

#[test]
fn headers_tell_who_wrote_and_that_it_was_a_machine() {
    let message = raw("Noordlicht", Language::Nl, &answered());
    let (headers, body) = message.split_once("\r\n\r\n").unwrap();
    for header in [
        "From: Noordlicht <noreply@forum.noordlicht.example>",
        "To: sanne@example.org",
        "Auto-Submitted: auto-generated",
        "List-Id: <posts.forum.noordlicht.example>",
        "Subject: Gepland: A live socket",
        "Date: Thu, 19 Nov 2026 09:30:00 +0000",
    ] {
        assert!(headers.lines().any(|line| line == header), "{header:?} is not in {headers}");
    }
    assert!(headers.contains("multipart/alternative"), "{headers}");
    assert!(body.contains("text/plain") && body.contains("text/html"), "{body}");
}

#[test]
fn the_sender_lives_where_the_site_does() {
    for (address, from) in [
        ("https://forum.noordlicht.example", "noreply@forum.noordlicht.example"),
        ("http://localhost:3000", "noreply@localhost"),
        ("http://127.0.0.1:3000/", "noreply@localhost"),
        ("http://[::1]:3000", "noreply@localhost"),
        ("nonsense with spaces", "noreply@localhost"),
    ] {
        assert_eq!(sender(address).unwrap().to_string(), from, "{address}");
        let mailer = Mailer::from_setting("smtp://localhost", address, site("Noordlicht")).unwrap();
        let content = Content::AlreadyRegistered { name: "Sanne".to_owned() };
        assert!(mailer.message(&leased(Language::En), &content, None, now()).is_ok(), "{address} can't send");
    }
}

#[test]
fn settings_name_a_transport() {
    assert!(Mailer::from_setting("smtp://user:pass%20word@mail.example:587", ADDRESS, site("x")).is_ok());
    assert!(Mailer::from_setting("smtps://mail.example", ADDRESS, site("x")).is_ok());
    assert!(matches!(Mailer::from_setting("pigeon://loft", ADDRESS, site("x")), Err(MailError::UnknownTransport)));
}

#[tokio::test]
async fn a_letter_becomes_a_file_in_one_step() {
    let folder = std::env::temp_dir().join(format!("forum-mail-file-{}", std::process::id()));
    let mailer = Mailer::from_setting(&format!("file:{}", folder.display()), ADDRESS, site("Noordlicht")).unwrap();
    let mut letter = leased(Language::En);
    "Sanne/../K@Example.org".clone_into(&mut letter.recipient);
    assert_eq!(transport::file_name(&letter, now()), "20261119T093000.000000Z-000007-sanne_.._k@example.org.eml");
    "Sanne@Example.org".clone_into(&mut letter.recipient);
    mailer.send(&letter, &answered(), None, now()).await.unwrap();
    let names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["20261119T093000.000000Z-000007-sanne@example.org.eml"]);
    let text = std::fs::read_to_string(folder.join(&names[0])).unwrap();
    assert!(text.contains("Subject: Planned: A live socket"), "{text}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A forum in a folder of its own, with somebody who signed up and waits for a letter.
async fn forum_with_letter(name: &str) -> (Forum, PathBuf) {
    forum_with_letter_at(name, Arc::new(SystemTime)).await
}

async fn forum_with_letter_at(name: &str, time: Arc<dyn Time>) -> (Forum, PathBuf) {
    let folder = std::env::temp_dir().join(format!("forum-mail-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite://{}", folder.join("answerable.db").display());
    let options = forum::forum::Options { hashing: forum::password::Cost::LEAST, time, ..forum::forum::Options::new(url, ADDRESS) };
    let forum = Forum::open(options).await.unwrap();
    let sign_up = forum::person::SignUp {
        email: "Sanne@Example.org".to_owned(),
        password: "a live socket on the wall".to_owned(),
        name: "Sanne".to_owned(),
        language: Some(Language::Nl),
    };
    let new = sign_up.prepare(&forum).await.unwrap();
    forum.write(&Actor::Visitor, async |tx| forum::person::sign_up(tx, new, &forum::link::Onward::default()).await).await.unwrap();
    (forum, folder)
}

#[tokio::test]
async fn the_worker_sends_what_is_in_the_outbox_once() {
    let (forum, folder) = forum_with_letter("worker").await;
    let letters = folder.join("letters");
    let mailer = Mailer::from_setting(&format!("file:{}", letters.display()), ADDRESS, site("Noordlicht")).unwrap();
    let stop = CancellationToken::new();
    let worker = tokio::spawn(work(forum.clone(), mailer, stop.clone()));
    for _ in 0..100 {
        if outbox::unsent(forum.read()).await.unwrap() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.cancel();
    worker.await.unwrap();
    assert_eq!(outbox::unsent(forum.read()).await.unwrap(), 0);
    let written: Vec<PathBuf> = std::fs::read_dir(&letters).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1, "{written:?}");
    let text = std::fs::read_to_string(&written[0]).unwrap();
    assert!(text.contains("Hallo,") && text.contains(&format!("{ADDRESS}/verify/")), "{text}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_letter_that_was_not_taken_waits_for_another_try() {
    let (forum, folder) = forum_with_letter("refused").await;
    // a port that nobody listens on
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut mailer = Mailer::from_setting(&format!("smtp://127.0.0.1:{port}"), ADDRESS, site("Noordlicht")).unwrap();
    let stop = CancellationToken::new();
    assert!(!deliver(&forum, &mut mailer, &stop).await.unwrap());
    assert_eq!(outbox::unsent(forum.read()).await.unwrap(), 1);
    let due = outbox::next_due(forum.read()).await.unwrap().unwrap();
    assert!(due > forum.now(), "not at once again");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A mail server that answers every recipient with these words.
async fn server_that_answers(words: &'static str) -> std::net::SocketAddr {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let (read, mut write) = socket.split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 mail.example\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                let answer = if line.starts_with("RCPT") { words } else { "250 fine" };
                if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    address
}

#[tokio::test]
async fn a_no_for_good_is_final_and_one_for_now_is_not() {
    for (name, answer, is_final) in
        [("550", "550 no such user", true), ("451", "451 come back later", false), ("535", "535 who are you", false)]
    {
        let (forum, folder) = forum_with_letter(name).await;
        let server = server_that_answers(answer).await;
        let mut mailer = Mailer::from_setting(&format!("smtp://{server}"), ADDRESS, site("Noordlicht")).unwrap();
        deliver(&forum, &mut mailer, &CancellationToken::new()).await.unwrap();
        assert_eq!(outbox::unsent(forum.read()).await.unwrap(), 1, "{answer}");
        assert_eq!(outbox::next_due(forum.read()).await.unwrap().is_none(), is_final, "{answer}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

/// Whether mail does not reach whoever signed up, as far as is known.
async fn is_unreached(forum: &Forum) -> bool {
    mailbox::is_unreached(forum.read(), "sanne@example.org").await.unwrap()
}

#[tokio::test]
async fn only_a_no_to_the_mailbox_marks_the_address() {
    for (name, answer, is_marked, is_tried_again) in [
        ("5-1-1", "550 5.1.1 no such user", true, false),
        ("bare-550", "550 no such user", true, false),
        ("5-7-1", "550 5.7.1 your network is blocked", false, false),
        ("552", "552 5.2.2 mailbox full", false, false),
        ("450", "450 4.2.0 greylisted", false, true),
        ("451-later", "451 come back later", false, true),
    ] {
        let (forum, folder) = forum_with_letter(name).await;
        let server = server_that_answers(answer).await;
        let mut mailer = Mailer::from_setting(&format!("smtp://{server}"), ADDRESS, site("Noordlicht")).unwrap();
        deliver(&forum, &mut mailer, &CancellationToken::new()).await.unwrap();
        assert_eq!(is_unreached(&forum).await, is_marked, "{answer}");
        assert_eq!(outbox::next_due(forum.read()).await.unwrap().is_some(), is_tried_again, "{answer}");
        let account = forum::person::by_email(forum.read(), "sanne@example.org").await.unwrap().unwrap();
        assert_eq!(account.unreached.map(|unreached| unreached.said), is_marked.then(|| answer.to_owned()));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

#[tokio::test]
async fn an_address_that_is_not_reached_is_written_to_when_somebody_asks_and_a_day_has_passed() {
    let time = SetTime::new(now());
    let (forum, folder) = forum_with_letter_at("unreached", Arc::new(time.clone())).await;
    let setting = |server: std::net::SocketAddr| format!("smtp://{server}");
    let mailer = |server| Mailer::from_setting(&setting(server), ADDRESS, site("Noordlicht")).unwrap();
    let mut refusing = mailer(server_that_answers("550 5.1.1 no such user").await);
    let mut taking = mailer(server_that_answers("250 fine").await);
    let stop = CancellationToken::new();
    deliver(&forum, &mut refusing, &stop).await.unwrap();
    assert!(is_unreached(&forum).await);
    let account = forum::person::by_email(forum.read(), "sanne@example.org").await.unwrap().unwrap();
    let ask = async || {
        forum
            .write(&account.actor(None), async |tx| forum::person::send_verification(tx, &forum::link::Onward::default()).await)
            .await
    };
    let given_up = outbox::unsent(forum.read()).await.unwrap();
    ask().await.unwrap();
    deliver(&forum, &mut taking, &stop).await.unwrap();
    assert_eq!(outbox::unsent(forum.read()).await.unwrap(), given_up, "it waits for nothing");
    assert!(is_unreached(&forum).await, "it was tried today");
    time.advance(mailbox::REST);
    ask().await.unwrap();
    deliver(&forum, &mut taking, &stop).await.unwrap();
    assert!(!is_unreached(&forum).await, "the server took it");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_hook_can_hear_of_what_everybody_may_know_of_and_of_votes() {
    for kind in kinds() {
        let (name, is_vote) = (KindName::from(&kind), matches!(kind, event::Kind::VoteCast { .. } | event::Kind::VoteWithdrawn));
        assert_eq!(hook::is_usual(name), kind.about().public, "{kind:?}");
        assert_eq!(hook::offered().any(|offered| offered == name), kind.about().public || is_vote, "{kind:?}");
        assert!(hook::offered().filter(|offered| hook::type_of(*offered) == hook::type_of(name)).count() <= 1, "{kind:?}");
    }
}
