//! Pictures and documents: what is taken and what is not, who may see them, and that they go when they have to.

use chrono::TimeDelta;
use forum::{
    Error, Result,
    actor::{Actor, Role},
    answer::{self, Outcome},
    attachment::{self, Attachment, BYTES_MAX, Chosen, Media, Upload},
    comment,
    error::{Denied, Problem},
    id::{AttachmentId, CommentId, PostId},
    moderation,
    personal::{self, Texts},
    post::{self, Draft, Edit, Kind},
    request,
};
use image::{GenericImageView as _, ImageFormat};
use tests::{
    BOARD, TestForum, on_both,
    pictures::{PDF, SECRET, bomb, clear, picture, with_secrets},
    problems,
};

const REASON: &str = "It shows somebody who did not ask for it.";

async fn send_as(f: &TestForum, actor: &Actor, name: &str, content: &[u8]) -> Result<Attachment> {
    let upload = Upload { name: name.to_owned(), content: content.to_vec(), alt: "A lamp".to_owned() };
    attachment::take(f, actor, upload).await
}

async fn send(f: &TestForum, actor: &Actor) -> Attachment {
    // no two alike
    let side = 20 + u32::try_from(f.count("attachments").await).unwrap();
    send_as(f, actor, "lamp.png", &picture(side, 20, ImageFormat::Png)).await.unwrap()
}

fn chosen(files: &[&Attachment]) -> Vec<Chosen> {
    files.iter().map(|file| file.id.into()).collect()
}

fn idea(title: &str, board: &str) -> Draft {
    Draft {
        kind: "idea".to_owned(),
        title: title.to_owned(),
        body: format!("More about {title}."),
        board: board.to_owned(),
        ..Draft::default()
    }
}

async fn post_with(f: &TestForum, actor: &Actor, board: &str, files: &[&Attachment]) -> Result<PostId> {
    let (draft, files) = (idea("A lamp at the gate", board), chosen(files));
    f.write(actor, async |tx| post::submit_with(tx, &draft, &files).await).await
}

async fn comment_with(f: &TestForum, actor: &Actor, post: PostId, files: &[&Attachment]) -> Result<CommentId> {
    let files = chosen(files);
    f.write(actor, async |tx| comment::submit_with(tx, post, None, "Look at this.", None, &files).await).await
}

async fn sees(f: &TestForum, actor: &Actor, file: &Attachment) -> bool {
    match attachment::visible(&f.view(actor).await, file.id).await {
        Ok(found) => found.digest == file.digest,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

async fn act(f: &TestForum, actor: &Actor, act: &str, target_type: &str, target: i64) {
    let draft = moderation::Draft { act: act.to_owned(), rule: Some(1), reason: REASON.to_owned(), ..moderation::Draft::default() };
    let target = match target_type {
        "post" => moderation::Target::Post(PostId(target)),
        _ => moderation::Target::Comment(CommentId(target)),
    };
    f.write(actor, async |tx| moderation::act(tx, target, &draft).await).await.unwrap();
}

on_both! {
    async fn pictures_come_out_as_pixels_and_nothing_else(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let file = send_as(&f, &sanne, "DSC 0042.JPG", &with_secrets(900, 300)).await.unwrap();
        assert_eq!((file.media, file.name.as_str()), (Media::Jpeg, "dsc-0042.jpg"));
        assert_eq!((file.width, file.height), (Some(300), Some(900)), "it stands as it was held");
        let whole = attachment::content(f.read(), &file.digest).await.unwrap();
        let small = attachment::content(f.read(), file.small_digest.as_ref().unwrap()).await.unwrap();
        for content in [&whole, &small] {
            for hidden in [SECRET, b"<script", b"Exif"] {
                assert!(!content.windows(hidden.len()).any(|part| part == hidden), "{}", String::from_utf8_lossy(hidden));
            }
        }
        assert_eq!(file.bytes, i64::try_from(whole.len()).unwrap());
        assert_eq!(image::load_from_memory(&small).unwrap().dimensions(), (213, 640));

        let webp = send_as(&f, &sanne, "x", &picture(40, 30, ImageFormat::WebP)).await.unwrap();
        assert_eq!((webp.media, webp.name.as_str(), webp.width), (Media::Jpeg, "x.jpg", Some(40)));
        let through = send_as(&f, &sanne, "logo.webp", &clear(50, 50)).await.unwrap();
        assert_eq!(through.media, Media::Png);
        let drawn = image::load_from_memory(&attachment::content(f.read(), &through.digest).await.unwrap()).unwrap();
        assert_eq!(drawn.to_rgba8().get_pixel(3, 4).0, [200, 30, 60, 7], "what is seen through stays so");
        let large = send_as(&f, &sanne, "wall.png", &picture(4000, 1000, ImageFormat::Png)).await.unwrap();
        assert_eq!((large.width, large.height), (Some(3000), Some(750)));
        let bill = send_as(&f, &sanne, "bill.pdf", PDF).await.unwrap();
        assert_eq!((bill.media, bill.width, bill.small_digest.clone()), (Media::Pdf, None, None));
        assert_eq!(attachment::content(f.read(), &bill.digest).await.unwrap(), PDF);
    }

    async fn what_is_no_picture_and_no_document_is_not_taken(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let png = picture(30, 30, ImageFormat::Png);
        let (half, mut broken) = (&png[..png.len() / 2], png.clone());
        for byte in &mut broken[50..80] {
            *byte ^= 0x5a;
        }
        let mut huge = PDF.to_vec();
        huge.resize(BYTES_MAX + 1, b' ');
        let large = Problem::TooManyPixels { max: 25 };
        let cases: &[(&str, &[u8], Problem)] = &[
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", Problem::NotAFile),
            ("a.png", b"<?xml version='1.0'?><svg/>", Problem::NotAFile),
            ("a.png", b"<html><script>alert(1)</script>", Problem::NotAFile),
            ("a.gif", b"GIF89a\x01\0\x01\0", Problem::NotAFile),
            ("a.pdf", b"MZ\x90\0", Problem::NotAFile),
            ("a.pdf", b" %PDF-1.4\n%%EOF", Problem::NotAFile),
            ("a.pdf", b"%PDF-1.4\n1 0 obj", Problem::NotReadable),
            ("a.png", b"", Problem::Required),
            ("a.png", b"\x89PNG\r\n\x1a\n", Problem::NotReadable),
            ("a.jpg", b"\xff\xd8\xff\xe0", Problem::NotReadable),
            ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", Problem::NotReadable),
            ("a.png", half, Problem::NotReadable),
            ("a.png", &broken, Problem::NotReadable),
            ("a.png", &bomb(20_000, 20_000), large.clone()),
            ("a.png", &bomb(2_000_000, 1), large.clone()),
            ("a.png", &bomb(6_000, 6_000), large),
            ("a.pdf", &huge, Problem::TooLarge { max: 5 }),
        ];
        for (name, content, problem) in cases {
            assert_eq!(problems(send_as(&f, &sanne, name, content).await), [("file", problem.clone())], "{name}: {} bytes", content.len());
        }
        let long = Upload { name: "a.png".to_owned(), content: png, alt: "x".repeat(501) };
        assert_eq!(problems(attachment::take(&f, &sanne, long).await), [("alt", Problem::TooLong { max: 500 })]);
        assert_eq!((f.count("attachments").await, f.count("files").await), (0, 0));
        let outcome = send_as(&f, &Actor::Visitor, "a.pdf", PDF).await;
        assert!(matches!(outcome, Err(Error::Unauthenticated)), "{outcome:?}");
        let outcome = send_as(&f, &f.unverified("Una").await, "a.pdf", PDF).await;
        assert!(matches!(outcome, Err(Error::Forbidden(Denied::Unverified))), "{outcome:?}");
    }

    async fn whoever_may_read_the_text_may_see_the_file_and_nobody_else(f: TestForum) {
        let (sanne, mo, agent) = (f.member("Sanne").await, f.member("Mo").await, f.staff("Femke", Role::Agent).await);
        f.private_board("pilot", &[&sanne]).await;
        let files = [send(&f, &sanne).await, send(&f, &sanne).await, send(&f, &sanne).await];
        let all = [&sanne, &mo, &agent, &Actor::Visitor];
        let who = async |file: &Attachment| {
            let mut who = Vec::new();
            for actor in all {
                who.push(sees(&f, actor, file).await);
            }
            who
        };
        for file in &files {
            assert_eq!(who(file).await, [true, false, false, false], "while it belongs to nothing it is its owner's");
        }
        let open = post_with(&f, &sanne, BOARD, &[&files[0]]).await.unwrap();
        let hidden = post_with(&f, &sanne, "pilot", &[&files[1]]).await.unwrap();
        let below = comment_with(&f, &sanne, open, &[&files[2]]).await.unwrap();
        assert_eq!(who(&files[0]).await, [true; 4]);
        assert_eq!(who(&files[1]).await, [true, false, true, false]);
        assert_eq!(who(&files[2]).await, [true; 4]);
        let shown = async |actor: &Actor| f.look(actor, open).await.unwrap().files.len();
        assert_eq!((shown(&mo).await, shown(&Actor::Visitor).await), (1, 1));

        act(&f, &agent, "hide", "comment", below.0).await;
        assert_eq!(who(&files[2]).await, [true, false, true, false]);
        assert_eq!(who(&files[0]).await, [true; 4], "the post stands");
        act(&f, &agent, "hide", "post", open.0).await;
        assert_eq!(who(&files[0]).await, [true, false, true, false]);
        assert_eq!((shown(&sanne).await, shown(&mo).await, shown(&agent).await), (1, 0, 1));
        act(&f, &agent, "show", "post", open.0).await;
        assert_eq!(who(&files[0]).await, [true; 4]);

        f.expel("pilot", &sanne).await;
        assert_eq!(who(&files[1]).await, [false, false, true, false], "who lost sight of the board lost sight of it");
        assert!(f.look(&mo, hidden).await.is_err());
        assert!(attachment::visible(&f.view(&agent).await, AttachmentId(4711)).await.is_err());
    }

    async fn a_file_becomes_part_of_one_text_of_its_owner(f: TestForum) {
        let (sanne, mo) = (f.member("Sanne").await, f.member("Mo").await);
        let (own, other) = (send(&f, &sanne).await, send(&f, &mo).await);
        let refused = [("attachments", Problem::UnknownChoice)];
        assert_eq!(problems(post_with(&f, &sanne, BOARD, &[&other]).await), refused);
        assert_eq!(problems(post_with(&f, &sanne, BOARD, &[&own, &own]).await), refused);
        let six = [&own, &own, &own, &own, &own, &own];
        assert_eq!(problems(post_with(&f, &sanne, BOARD, &six).await), [("attachments", Problem::TooMany { max: 5 })]);
        let wrong = f.write(&sanne, async |tx| post::submit_with(tx, &Draft { title: "x".to_owned(), ..idea("", BOARD) }, &chosen(&[&other])).await);
        assert_eq!(problems(wrong.await), [("title", Problem::TooShort { min: 3 }), refused[0].clone()]);
        let post = post_with(&f, &sanne, BOARD, &[&own]).await.unwrap();
        assert_eq!(problems(post_with(&f, &sanne, BOARD, &[&own]).await), refused);
        assert_eq!(problems(comment_with(&f, &sanne, post, &[&own]).await), refused);
        assert_eq!(f.see(post).await.files.iter().map(|file| file.id).collect::<Vec<_>>(), [own.id]);

        let remove = async |actor: &Actor, file: &Attachment| f.write(actor, async |tx| attachment::remove(tx, file.id).await).await;
        assert!(matches!(remove(&mo, &own).await, Err(Error::Forbidden(Denied::NotAuthor))));
        assert!(matches!(remove(&sanne, &other).await, Err(Error::NotFound)), "it waits, and is not there for anybody else");
        remove(&sanne, &own).await.unwrap();
        assert!(f.see(post).await.files.is_empty());
        assert_eq!(f.count("files").await, 1, "the other's");
    }

    async fn bytes_are_kept_once_and_go_with_the_last_who_refers_to_them(f: TestForum) {
        let (sanne, mo) = (f.member("Sanne").await, f.member("Mo").await);
        let large = picture(900, 700, ImageFormat::Png);
        let one = send_as(&f, &sanne, "a.png", &large).await.unwrap();
        let other = send_as(&f, &mo, "b.png", &large).await.unwrap();
        assert_eq!(one.digest, other.digest);
        assert_eq!(f.count("files").await, 2, "the picture, and the small one");
        let post = post_with(&f, &sanne, BOARD, &[&one]).await.unwrap();
        let said = comment_with(&f, &mo, post, &[&other]).await.unwrap();
        f.write(&mo, async |tx| comment::remove(tx, said).await).await.unwrap();
        assert_eq!((f.count("attachments").await, f.count("files").await), (1, 2));
        assert!(!sees(&f, &mo, &other).await);
        f.write(&sanne, async |tx| attachment::remove(tx, one.id).await).await.unwrap();
        assert_eq!((f.count("attachments").await, f.count("files").await), (0, 0));
    }

    async fn what_belongs_to_nothing_goes_after_a_day(f: TestForum) {
        let sanne = f.member("Sanne").await;
        let (kept, loose) = (send(&f, &sanne).await, send(&f, &sanne).await);
        let post = post_with(&f, &sanne, BOARD, &[&kept]).await.unwrap();
        let sweep = async || f.write(&Actor::System, async |tx| attachment::sweep(tx).await).await.unwrap();
        f.time.advance(TimeDelta::hours(23));
        sweep().await;
        assert_eq!(f.count("attachments").await, 2);
        f.time.advance(TimeDelta::hours(2));
        assert_eq!(problems(comment_with(&f, &sanne, post, &[&loose]).await), [("attachments", Problem::UnknownChoice)]);
        sweep().await;
        assert_eq!((f.count("attachments").await, f.count("files").await), (1, 1));
        assert!(sees(&f, &sanne, &kept).await && !sees(&f, &sanne, &loose).await);
    }

    async fn answers_have_files_also_those_that_wait_to_be_allowed(f: TestForum) {
        let (sanne, agent, director) = (f.member("Sanne").await, f.staff("Femke", Role::Agent).await, f.staff("Dora", Role::Director).await);
        let post = f.post(&sanne, Kind::Idea, "A lamp at the gate").await;
        let (plan, put_away) = (send(&f, &agent).await, send(&f, &agent).await);
        let draft = answer::Draft { files: chosen(&[&plan]), ..f.answer_into("planned") };
        let given = f.answer(&agent, post, &draft).await.unwrap();
        assert_eq!(given.files.iter().map(|file| file.id).collect::<Vec<_>>(), [plan.id]);
        assert!(sees(&f, &Actor::Visitor, &plan).await);
        let taken = f.write(&agent, async |tx| attachment::remove(tx, plan.id).await).await;
        assert!(matches!(taken, Err(Error::Conflict(_))), "what was said with it stays said: {taken:?}");
        assert_eq!(problems(f.answer(&agent, post, &draft).await), [("attachments", Problem::UnknownChoice)]);

        let draft = answer::Draft { status: "archived".to_owned(), what: "Put away.".to_owned(), files: chosen(&[&put_away]), ..answer::Draft::default() };
        let Outcome::Requested(asked) = f.write(&agent, async |tx| answer::give(tx, post, &draft).await).await.unwrap() else { panic!("a request") };
        f.time.advance(TimeDelta::days(3));
        f.write(&Actor::System, async |tx| attachment::sweep(tx).await).await.unwrap();
        assert!(!sees(&f, &director, &put_away).await && sees(&f, &agent, &put_away).await);
        f.write(&director, async |tx| request::approve(tx, asked.id).await).await.unwrap();
        assert!(sees(&f, &Actor::Visitor, &put_away).await);
        let answers = f.of(&sanne, post, async |view, post| answer::list(view, post).await).await.unwrap();
        assert_eq!(answers.iter().map(|answer| answer.files.len()).collect::<Vec<_>>(), [1, 1]);
    }

    async fn whoever_is_erased_takes_files_along_and_leaves_none(f: TestForum) {
        let (sanne, mo, agent) = (f.member("Sanne").await, f.member("Mo").await, f.staff("Femke", Role::Agent).await);
        let mut bill = PDF.to_vec();
        bill.extend("Of the Quackenbush family. ".repeat(3000).bytes());
        bill.extend(b"%%EOF");
        let bill = send_as(&f, &sanne, "bill.pdf", &bill).await.unwrap();
        let files = [send(&f, &sanne).await, send(&f, &sanne).await, bill];
        let theirs = send(&f, &mo).await;
        let post = post_with(&f, &sanne, BOARD, &[&files[0]]).await.unwrap();
        let said = comment_with(&f, &sanne, post, &[&files[1]]).await.unwrap();
        comment_with(&f, &mo, post, &[&theirs]).await.unwrap();
        // what is hidden is theirs all the same
        act(&f, &agent, "hide", "comment", said.0).await;
        let export = personal::of(&f, &sanne).await.unwrap();
        assert_eq!(export.part("attachments").len(), 3);
        for (file, (name, content)) in [&files[2], &files[0], &files[1]].into_iter().zip(&export.files) {
            assert_eq!(*name, format!("{}-{}", file.id, file.name));
            assert_eq!(i64::try_from(content.len()).unwrap(), file.bytes);
        }
        // also where the texts stay
        f.write(&sanne, async |tx| personal::erase(tx, Texts::Kept).await).await.unwrap();
        assert_eq!((f.count("attachments").await, f.count("files").await), (1, 1));
        for file in &files {
            assert!(!sees(&f, &agent, file).await);
        }
        assert!(sees(&f, &Actor::Visitor, &theirs).await);
        assert!(f.see(post).await.files.is_empty());
        // and nothing of them stands between the lines
        personal::scrub(&f, f.now() - TimeDelta::hours(1)).await.unwrap();
        if let Some(file) = f.url().strip_prefix("sqlite://") {
            for file in [file.to_owned(), format!("{file}-wal")] {
                let bytes = std::fs::read(&file).unwrap_or_default();
                assert!(!bytes.windows(11).any(|window| window == b"Quackenbush"), "{file}");
            }
        }
    }

    async fn files_of_those_who_are_new_are_looked_at_first(f: TestForum) {
        let limited = f.limited().await;
        let (newcomer, mo, agent) = (f.newcomer("Newcomer").await, f.member("Mo").await, f.staff("Femke", Role::Agent).await);
        let file = send(&limited, &newcomer).await;
        let post = post_with(&limited, &newcomer, BOARD, &[&file]).await.unwrap();
        assert!(limited.look(&mo, post).await.is_err());
        assert_eq!((sees(&f, &newcomer, &file).await, sees(&f, &agent, &file).await, sees(&f, &mo, &file).await), (true, true, false));
        let below = f.post(&mo, Kind::Idea, "Another one").await;
        let file = send(&limited, &newcomer).await;
        comment_with(&limited, &newcomer, below, &[&file]).await.unwrap();
        assert_eq!((sees(&f, &agent, &file).await, sees(&f, &mo, &file).await), (true, false));
    }

    async fn files_are_added_to_what_stands_there(f: TestForum) {
        let (sanne, mo, agent) = (f.member("Sanne").await, f.member("Mo").await, f.staff("Femke", Role::Agent).await);
        let first = send(&f, &sanne).await;
        let post = post_with(&f, &sanne, BOARD, &[&first]).await.unwrap();
        let add = |files: &[&Attachment]| Edit { attachments: chosen(files), ..Edit::default() };
        let (theirs, late) = (send(&f, &mo).await, send(&f, &sanne).await);
        assert_eq!(problems(f.edit(&sanne, post, &add(&[&theirs])).await.map(drop)), [("attachments", Problem::UnknownChoice)]);
        assert_eq!(problems(f.edit(&sanne, post, &add(&[&first])).await.map(drop)), [("attachments", Problem::UnknownChoice)]);
        assert!(f.edit(&mo, post, &add(&[&theirs])).await.is_err(), "a post of somebody else");
        let staffs = send(&f, &agent).await;
        let edit = Edit { rule: Some(1), reason: Some(REASON.to_owned()), ..add(&[&staffs]) };
        assert!(matches!(f.edit(&agent, post, &edit).await, Err(Error::Forbidden(Denied::NotAuthor))), "the words are theirs, and so are the pictures");
        let before = f.count(&format!("events WHERE post_id = {post} AND kind = 'post_edited'")).await;
        let after = f.edit(&sanne, post, &add(&[&late])).await.unwrap();
        assert_eq!((after.version, after.files.iter().map(|file| file.since).collect::<Vec<_>>()), (2, vec![1, 2]), "another wording");
        assert_eq!(f.count(&format!("events WHERE post_id = {post} AND kind = 'post_edited'")).await, before + 1);
        assert!(sees(&f, &mo, &late).await);
        // five in all
        let mut more = Vec::new();
        for _ in 0..4 {
            more.push(send(&f, &sanne).await);
        }
        let too_many: Vec<&Attachment> = more.iter().collect();
        assert_eq!(problems(f.edit(&sanne, post, &add(&too_many)).await.map(drop)), [("attachments", Problem::TooMany { max: 5 })]);
        f.edit(&sanne, post, &add(&too_many[..3])).await.unwrap();

        let remark = comment_with(&f, &sanne, post, &[]).await.unwrap();
        let edit = comment::Edit { attachments: chosen(&too_many[3..]), ..comment::Edit::of("Look at this.") };
        let after = f.write(&sanne, async |tx| comment::edit(tx, remark, &edit).await).await.unwrap();
        assert_eq!((after.version, after.edited_at.is_some()), (2, true));
        assert_eq!(after.files.iter().map(|file| file.since).collect::<Vec<_>>(), [2]);
        // that there was one stays known
        f.write(&sanne, async |tx| attachment::remove(tx, late.id).await).await.unwrap();
        let view = f.view(&mo).await;
        let seen = view.post(post).await.unwrap();
        let wordings = post::versions(&view, &seen).await.unwrap();
        assert_eq!(wordings.iter().map(|wording| (wording.number, wording.files_gone)).collect::<Vec<_>>(), [(4, 1), (3, 0), (2, 0), (1, 0)]);
        assert_eq!(wordings[0].body, wordings[1].body);
        f.write(&sanne, async |tx| attachment::remove(tx, more[3].id).await).await.unwrap();
        let view = f.view(&mo).await;
        assert_eq!(comment::versions(&view, remark).await.unwrap().iter().map(|wording| wording.files_gone).collect::<Vec<_>>(), [1, 0, 0]);
        assert_eq!(comment::visible(&view, remark).await.unwrap().files.len(), 0);
    }

    async fn whoever_is_new_adds_none_to_what_others_read(f: TestForum) {
        let limited = f.limited().await;
        let newcomer = f.newcomer("Newcomer").await;
        let post = post_with(&limited, &newcomer, BOARD, &[]).await.unwrap();
        let remark = comment_with(&limited, &newcomer, post, &[]).await.unwrap();
        let file = send(&limited, &newcomer).await;
        let edit = Edit { attachments: chosen(&[&file]), ..Edit::default() };
        assert_eq!(problems(limited.edit(&newcomer, post, &edit).await.map(drop)), [("attachments", Problem::NoFilesYet)]);
        let edit = comment::Edit { attachments: chosen(&[&file]), ..comment::Edit::of("Look at this.") };
        let outcome = limited.write(&newcomer, async |tx| comment::edit(tx, remark, &edit).await).await;
        assert_eq!(problems(outcome.map(drop)), [("attachments", Problem::NoFilesYet)]);
    }

    async fn nobody_sends_without_end(f: TestForum) {
        let limited = f.limited().await;
        let sanne = f.member("Sanne").await;
        let mut sent = 0;
        let refused = loop {
            match send_as(&limited, &sanne, "a.pdf", PDF).await {
                Ok(_) => sent += 1,
                Err(error) => break error,
            }
            assert!(sent < 100);
        };
        assert!(matches!(refused, Error::Limited { retry_after: 86_400..=86_401 }), "until the first of them goes: {refused:?}");
        assert_eq!((sent, f.count("files").await), (20, 1), "as many as can wait");
    }
}
