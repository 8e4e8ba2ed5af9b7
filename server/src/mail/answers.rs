//! What programs that write mail make of an answer: whole letters in the shapes of the common ones, in English and in Dutch, and what else
//! may be sent to the same address.

use proptest::prelude::*;

use super::{arrived::Arrived, *};

const HOST: &str = "forum.noordlicht.example";
const TO: &str = "forum+ae4tqmq0123@in.noordlicht.example";

fn at() -> arrived::Mailbox {
    arrived::Mailbox::parse("forum@in.noordlicht.example").unwrap()
}

fn read(letter: &str) -> Arrived {
    arrived::read(letter.as_bytes(), &at(), HOST)
}

/// Gmail in a browser: both forms, in base64 and quoted-printable.
const GMAIL: &str = r#"Delivered-To: forum+ae4tqmq0123@in.noordlicht.example
Return-Path: <sanne@example.org>
MIME-Version: 1.0
References: <post-31@forum.noordlicht.example> <1795000000.7@forum.noordlicht.example>
In-Reply-To: <1795000000.7@forum.noordlicht.example>
From: Sanne Kuiper <Sanne@Example.org>
Date: Thu, 19 Nov 2026 11:02:13 +0100
Message-ID: <CAJ=gmail-1@mail.gmail.com>
Subject: Re: Planned: A live socket
To: Noordlicht <forum+ae4tqmq0123@in.noordlicht.example>
Content-Type: multipart/alternative; boundary="000000000000a1b2c3"

--000000000000a1b2c3
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

Two sockets =E2=80=93 one in the hall, one upstairs.

The *second* costs =E2=82=AC 25.

On Thu, 19 Nov 2026 at 10:30, Noordlicht <noreply@forum.noordlicht.example>
wrote:

> Hello Sanne,
>
> We check 2,000 addresses.

--000000000000a1b2c3
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

<div dir=3D"ltr">Two sockets</div><br><div class=3D"gmail_quote gmail_quote_container"><div dir=3D"ltr" class=3D"gmail_attr">On Thu wrote:<br></div><blockquote class=3D"gmail_quote">Hello</blockquote></div>

--000000000000a1b2c3--
"#;

/// Gmail in Dutch, plain text in base64.
const GMAIL_NL: &str = r#"From: Sanne <sanne@example.org>
Message-ID: <CAJ=gmail-2@mail.gmail.com>
To: forum+ae4tqmq0123@in.noordlicht.example
Subject: Re: Gepland
Content-Type: text/plain; charset="UTF-8"
Content-Transfer-Encoding: base64

VHdlZSBzdG9wY29udGFjdGVuLCBncmFhZywg4oKsIDI1Lg0KDQpPcCBkbyAxOSBub3YgMjAyNiBv
bSAxMDozMCBzY2hyZWVmIE5vb3JkbGljaHQgPA0Kbm9yZXBseUBmb3J1bS5ub29yZGxpY2h0LmV4
YW1wbGU+Og0KDQo+IEhhbGxvIFNhbm5lLA0K
"#;

/// Outlook in a browser: a page alone, in the character set of Windows, with the mark of a company within the text.
const OUTLOOK: &str = r#"From: Sanne Kuiper <sanne@example.org>
To: Noordlicht <forum+ae4tqmq0123@in.noordlicht.example>
Subject: RE: Planned: A live socket
Thread-Topic: Planned: A live socket
Date: Thu, 19 Nov 2026 10:02:13 +0000
Message-ID: <AM0PR01MB@AM0PR01MB.eurprd01.prod.exchangelabs.com>
Content-Language: en-GB
X-MS-Has-Attach: yes
X-MS-Exchange-Organization-RecordReviewCfmType: 0
Content-Type: multipart/related; boundary="_004_outlook_"; type="text/html"
MIME-Version: 1.0

--_004_outlook_
Content-Type: text/html; charset="Windows-1252"
Content-Transfer-Encoding: quoted-printable

<html>
<head>
<meta http-equiv=3D"Content-Type" content=3D"text/html; charset=3DWindows-1252">
<style type=3D"text/css" style=3D"display:none;"> P {margin-top:0;margin-bottom:0;} </style>
</head>
<body dir=3D"ltr">
<div class=3D"elementToProof">Two sockets =96 one in
 the hall.</div>
<div class=3D"elementToProof"><br>
</div>
<div class=3D"elementToProof">It costs =80 25.</div>
<div id=3D"appendonsend"></div>
<hr style=3D"display:inline-block;width:98%" tabindex=3D"-1">
<div id=3D"divRplyFwdMsg" dir=3D"ltr"><font face=3D"Calibri, sans-serif"><b>From:</b> Noordlicht &lt;noreply@forum.noordlicht.example&gt;<br>
<b>Sent:</b> Thursday, 19 November 2026 10:30<br><b>To:</b> Sanne<br><b>Subject:</b> Planned</font></div>
<div>Hello Sanne</div>
</body>
</html>

--_004_outlook_
Content-Type: image/png; name="logo.png"
Content-Disposition: inline; filename="logo.png"
Content-ID: <logo>
Content-Transfer-Encoding: base64

iVBORw0KGgo=

--_004_outlook_--
"#;

/// Outlook on a desk, in Dutch: plain text with the head of the letter below, and something attached.
const OUTLOOK_NL: &str = r#"From: "Kuiper, Sanne" <sanne@example.org>
To: "'Noordlicht'" <forum+ae4tqmq0123@in.noordlicht.example>
Subject: RE: Gepland: A live socket
Date: Thu, 19 Nov 2026 11:02:13 +0100
Message-ID: <000001db3a$outlook$@example.org>
MIME-Version: 1.0
X-Mailer: Microsoft Outlook 16.0
Content-Type: multipart/mixed; boundary="----=_NextPart_000"
Content-Language: nl

------=_NextPart_000
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: 8bit

Hier is een foto van de meterkast.

Met vriendelijke groet,
Sanne

Van: Noordlicht <noreply@forum.noordlicht.example>
Verzonden: donderdag 19 november 2026 10:30
Aan: sanne@example.org
Onderwerp: Gepland: A live socket

Hallo Sanne,

------=_NextPart_000
Content-Type: image/png; name="meterkast.png"
Content-Disposition: attachment; filename="meterkast.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=

------=_NextPart_000--
"#;

/// Apple Mail on a telephone.
const APPLE: &str = r"Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable
From: Sanne Kuiper <sanne@example.org>
Mime-Version: 1.0 (1.0)
Date: Thu, 19 Nov 2026 11:02:13 +0100
Subject: Re: Planned: A live socket
Message-Id: <6F3A@example.org>
References: <1795000000.7@forum.noordlicht.example>
To: Noordlicht <forum+ae4tqmq0123@in.noordlicht.example>
X-Mailer: iPhone Mail (23B82)

Yes please, since =E2=80=9CMay=E2=80=9D.

Sent from my iPhone

> On 19 Nov 2026, at 10:30, Noordlicht <noreply@forum.noordlicht.example> wro=
te:
>=20
> =EF=BB=BFHello Sanne,
";

/// Apple Mail in Dutch.
const APPLE_NL: &str = r"Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit
From: Sanne Kuiper <sanne@example.org>
Subject: Re: Gepland
Message-Id: <6F3B@example.org>
To: Noordlicht <forum+ae4tqmq0123@in.noordlicht.example>

Ja graag, één.

Verstuurd vanaf mijn iPhone

> Op 19 nov 2026 om 10:30 heeft Noordlicht <noreply@forum.noordlicht.example> het volgende geschreven:
> 
> ﻿Hallo Sanne,
";

/// Thunderbird: plain text that flows, with a signature.
const THUNDERBIRD: &str = r"Message-ID: <d2c1@example.org>
Date: Thu, 19 Nov 2026 11:02:13 +0100
MIME-Version: 1.0
User-Agent: Mozilla Thunderbird
Subject: Re: Planned: A live socket
To: Noordlicht <forum+ae4tqmq0123@in.noordlicht.example>
From: Sanne Kuiper <sanne@example.org>
Content-Type: text/plain; charset=UTF-8; format=flowed
Content-Transfer-Encoding: 7bit

On 11/19/26 10:30, Noordlicht wrote:
> We check 2,000 addresses.

Mine is one of them: the first floor of the 
house at the corner.

-- 
Sanne Kuiper
06 12345678
";

/// Thunderbird in Dutch, as a page.
const THUNDERBIRD_NL: &str = r#"Message-ID: <d2c2@example.org>
MIME-Version: 1.0
User-Agent: Mozilla Thunderbird
To: Noordlicht <forum+ae4tqmq0123@in.noordlicht.example>
From: Sanne Kuiper <sanne@example.org>
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: 8bit

<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"></head>
<body><p>Ja, op de eerste verdieping.</p><p>En in de schuur.<br></p>
<div class="moz-cite-prefix">Op 19-11-2026 om 10:30 schreef Noordlicht:<br></div>
<blockquote type="cite" cite="mid:x">Hallo Sanne</blockquote>
<div class="moz-signature">-- <br>Sanne</div></body></html>
"#;

const ALL: [&str; 8] = [GMAIL, GMAIL_NL, OUTLOOK, OUTLOOK_NL, APPLE, APPLE_NL, THUNDERBIRD, THUNDERBIRD_NL];

#[test]
fn of_an_answer_what_its_writer_wrote_is_left() {
    for (letter, own) in ALL.into_iter().zip([
        "Two sockets – one in the hall, one upstairs.\n\nThe *second* costs € 25.",
        "Twee stopcontacten, graag, € 25.",
        "Two sockets – one in the hall.\n\nIt costs € 25.",
        "Hier is een foto van de meterkast.\n\nMet vriendelijke groet,\nSanne",
        "Yes please, since “May”.",
        "Ja graag, één.",
        "Mine is one of them: the first floor of the\nhouse at the corner.",
        "Ja, op de eerste verdieping.\n\nEn in de schuur.",
    ]) {
        let Arrived::Answer(answer) = read(letter) else { panic!("{letter}") };
        assert_eq!(
            (answer.text.as_str(), answer.token.as_str(), answer.from.as_str()),
            (own, "ae4tqmq0123", "sanne@example.org"),
            "{letter}"
        );
        let Arrived::Answer(again) = read(&letter.replace('\n', "\r\n")) else { panic!("{letter}") };
        assert_eq!((again.text, again.id), (answer.text, answer.id), "however lines end");
    }
}

#[test]
fn what_is_attached_comes_along_and_what_stands_in_the_text_does_not() {
    let files = |letter| match read(letter) {
        Arrived::Answer(answer) => answer.files.into_iter().map(|file| (file.name, file.content)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(files(OUTLOOK_NL), [("meterkast.png".to_owned(), b"\x89PNG\r\n\x1a\n".to_vec())]);
    assert!(files(OUTLOOK).is_empty() && files(GMAIL).is_empty());
}

#[test]
fn a_letter_is_known_by_what_its_sender_called_it() {
    let id = |letter: &str| match read(letter) {
        Arrived::Answer(answer) => answer.id,
        other => panic!("{other:?}"),
    };
    assert_eq!(id(APPLE), id(&APPLE.replace("Yes please", "No")));
    assert_ne!(id(APPLE), id(APPLE_NL));
    let nameless = APPLE.replace("Message-Id: <6F3A@example.org>\n", "");
    assert_eq!(id(&nameless), id(&nameless));
    assert_ne!(id(&nameless), id(&nameless.replace("Yes please", "No")));
}

#[test]
fn machines_are_not_answered_and_write_no_comments() {
    for header in [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; owner-email=\"x\"",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: Out of office",
        "X-Loop: somebody@example.org",
        "List-Id: <a.list.example>",
        "List-Unsubscribe: <mailto:x@list.example>",
        "Return-Path: <>",
    ] {
        let letter = format!("{header}\n{APPLE}");
        assert!(matches!(read(&letter), Arrived::Nothing(_)), "{header}");
    }
    assert!(matches!(read(&format!("Auto-Submitted: no\n{APPLE}")), Arrived::Answer(_)));
    let own = APPLE.replace("<6F3A@example.org>", "<1795000000.7@forum.noordlicht.example>");
    assert!(matches!(read(&own), Arrived::Nothing("we wrote it")));
    for sender in ["MAILER-DAEMON@example.org", "noreply@forum.noordlicht.example", TO, "forum@in.noordlicht.example"] {
        let letter = APPLE.replace("sanne@example.org", sender);
        assert!(matches!(read(&letter), Arrived::Nothing(_)), "{sender}");
    }
    let two = APPLE.replace("<sanne@example.org>", "<sanne@example.org>, Bram <bram@example.org>");
    assert!(matches!(read(&two), Arrived::Nothing(_)), "one person says it");
}

#[test]
fn what_is_for_nobody_is_left_alone() {
    for to in [
        "forum@in.noordlicht.example",
        "forum+@in.noordlicht.example",
        "forum+abc@elsewhere.example",
        "other+abc@in.noordlicht.example",
    ] {
        assert!(matches!(read(&APPLE.replace(TO, to)), Arrived::Nothing("it is for nobody")), "{to}");
    }
    // where it was delivered counts, whatever stands above the text
    let hidden = format!("X-Original-To: {TO}\n{}", APPLE.replace(TO, "undisclosed-recipients:;"));
    assert!(matches!(read(&hidden), Arrived::Answer(answer) if answer.token == "ae4tqmq0123"));
    let shouted = APPLE.replace(TO, &TO.to_uppercase());
    assert!(matches!(read(&shouted), Arrived::Answer(answer) if answer.token == "ae4tqmq0123"));
}

/// A report as Postfix writes it.
fn report(action: &str, status: &str, recipient: &str) -> String {
    format!(
        "Return-Path: <>\nDelivered-To: forum+b-abcdefgh@in.noordlicht.example\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\n\
         Subject: Undelivered Mail Returned to Sender\nTo: forum+b-abcdefgh@in.noordlicht.example\nAuto-Submitted: auto-replied\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"A1\"\nMessage-Id: <r1@mx.example>\n\n\
         --A1\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\nI'm sorry.\n\n\
         --A1\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.example\nArrival-Date: Thu, 19 Nov 2026 10:30:00 +0100\n\n\
         Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n\
         Diagnostic-Code: smtp; 550 {status} <{recipient}>:\n    User unknown\n\n\
         --A1\nContent-Type: message/rfc822\n\nFrom: noreply@forum.noordlicht.example\nTo: {recipient}\nSubject: Planned\n\nHello\n\n--A1--\n"
    )
}

#[test]
fn a_letter_that_comes_back_for_good_tells_from_where() {
    let Arrived::Returned(returned) = read(&report("failed", "5.1.1", "Sanne@Example.org")) else { panic!("it came back") };
    assert_eq!(returned.token, "abcdefgh");
    assert_eq!(returned.not_there, [("sanne@example.org".to_owned(), "550 5.1.1 <Sanne@Example.org>: User unknown".to_owned())]);
    for (action, status) in [
        ("delayed", "4.4.1"),
        ("failed", "4.4.7"),
        ("failed", "5.7.1"),
        ("failed", "5.2.2"),
        ("delivered", "2.0.0"),
        ("failed", "x"),
    ] {
        assert!(matches!(read(&report(action, status, "sanne@example.org")), Arrived::Nothing(_)), "{action} {status}");
    }
    // somebody's own words at that address say nothing
    let said = APPLE.replace(TO, "forum+b-abcdefgh@in.noordlicht.example");
    assert!(matches!(read(&said), Arrived::Nothing(_)));
}

#[test]
fn addresses_for_answers_leave_room() {
    for wrong in ["", "forum", "forum+x@example.org", "a.long.name.of.it@example.org", "@example.org"] {
        assert!(arrived::Mailbox::parse(wrong).is_err(), "{wrong}");
    }
    let token = "a".repeat(forum::reply::LONGEST);
    let address = arrived::Mailbox::parse("Forum-Mail@In.Noordlicht.example").unwrap().of_answers(&token).unwrap();
    assert_eq!(address.domain(), "in.noordlicht.example");
    assert!(address.user().starts_with("forum-mail+") && address.user().len() <= 64, "{address}");
}

/// One of the letters, with something else in some places.
fn spoilt() -> impl Strategy<Value = Vec<u8>> {
    let spoils =
        prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, prop::collection::vec(any::<u8>(), 0..20)), 0..8);
    let letters = ALL.map(str::to_owned).into_iter().chain([report("failed", "5.1.1", "sanne@example.org")]).collect::<Vec<_>>();
    (prop::sample::select(letters), spoils).prop_map(|(letter, spoils)| {
        let mut bytes = letter.into_bytes();
        for (at, less, more) in spoils {
            let from = at.index(bytes.len() + 1);
            let to = (from + less).min(bytes.len());
            bytes.splice(from..to, more);
        }
        bytes
    })
}

proptest! {
    #[test]
    fn whatever_comes_in_is_read_or_left(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..2_000), spoilt()]) {
        if let Arrived::Answer(answer) = arrived::read(&bytes, &at(), HOST) {
            prop_assert!(!answer.text.chars().any(|c| c != '\n' && c.is_control()));
        }
    }

    #[test]
    fn own_words_are_some_of_the_words(text in "(?s)[ a-z>:\\-\n]{0,400}") {
        let own = own_words::own_words(&text);
        prop_assert!(own.lines().all(|line| text.lines().any(|there| there.trim_end() == line)));
    }
}

proptest! {
    /// What may be typed as an address is checked in one place, and that is what letters are sent to.
    #[test]
    fn whatever_is_taken_for_an_address_can_be_written_to(
        typed in prop_oneof!["\\PC{1,20}@\\PC{1,20}", "[a-zA-Z0-9.+'_-]{1,20}@[a-z0-9é.-]{1,20}\\.[a-z]{2,5}"]
    ) {
        if let Ok(email) = forum::person::parse_email(&typed) {
            let mailer = Mailer::from_setting("smtp://localhost", "https://forum.example", std::sync::Arc::default()).unwrap();
            let letter = outbox::Letter::AlreadyRegistered { name: "Sanne".to_owned() };
            let leased = Leased { id: 7, recipient: email.clone(), language: forum::site::Language::En, letter, attempts: 0 };
            let content = Content::AlreadyRegistered { name: "Sanne".to_owned() };
            prop_assert!(mailer.message(&leased, &content, None, DateTime::UNIX_EPOCH).is_ok(), "{email}");
        }
    }
}
