//! Every letter as it is read, in both languages: as snapshots, so that whoever changes a word or the markup sees each letter that
//! changes with it; and that the two forms of a letter say the same.

use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

use forum::{
    notice::Content,
    outbox::Collected,
    site::{Language, Site},
};
use scraper::{ElementRef, Html, Selector};

use super::{samples::contents, worded, words::Worded};

const ADDRESS: &str = "https://forum.noordlicht.example";

fn letter(language: Language, content: &Content) -> Worded {
    let site = Arc::new(Site { name: "Noordlicht".to_owned(), ..Site::default() });
    worded(content, language, ADDRESS, &site).unwrap()
}

/// What a letter is called here. A new one does not compile without a name.
fn name_of(content: &Content) -> String {
    match content {
        Content::Verify { .. } => "verify".to_owned(),
        Content::AlreadyRegistered { .. } => "already_registered".to_owned(),
        Content::Reset { .. } => "reset".to_owned(),
        Content::Invited { .. } => "invited".to_owned(),
        Content::Receipt { .. } => "receipt".to_owned(),
        Content::NewAddress { .. } => "new_address".to_owned(),
        Content::AddressChanged { .. } => "address_changed".to_owned(),
        Content::TokenMade { .. } => "token_made".to_owned(),
        Content::PasswordChanged { .. } => "password_changed".to_owned(),
        Content::Banned { .. } => "banned".to_owned(),
        Content::HookDisabled { .. } => "hook_disabled".to_owned(),
        Content::NotTaken { why, .. } => format!("not_taken, {}", why.as_str()),
        Content::Notice { notice, .. } => format!("{}, {}", notice.event.kind.name(), notice.reason.as_str()),
        Content::Digest { collected: Collected::Burst, .. } => "digest, burst".to_owned(),
        Content::Digest { collected: Collected::Asked, .. } => "digest, asked".to_owned(),
    }
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The letters in one form, each once: those that differ by what `told_apart` says of them.
fn all_of<K: Ord>(language: Language, form: impl Fn(&Worded) -> String, told_apart: impl Fn(&Content, &str) -> K) -> String {
    let (mut seen, mut all) = (BTreeSet::new(), String::new());
    for content in contents() {
        let worded = letter(language, &content);
        let letter = format!("Subject: {}\n\n{}", worded.subject, form(&worded).trim_end());
        if seen.insert(told_apart(&content, &letter)) {
            write!(all, "=== {}\n{letter}\n\n", name_of(&content)).unwrap();
        }
    }
    all
}

/// What differs between letters: above `<main>` stand the title, which is the subject, and the style, which is that of all.
fn main_of(letter: &Worded) -> String {
    let (_, rest) = letter.html.split_once("<main>\n").unwrap();
    rest.split_once("\n</main>").unwrap().0.to_owned()
}

#[test]
fn every_letter_reads_as_it_did() {
    for language in Language::ALL {
        let texts = all_of(language, |letter| letter.text.clone(), |_, text| text.to_owned());
        insta::assert_snapshot!(format!("{}-text", language.tag()), texts);
        // that the choices within a kind say the same in both forms is a test of its own
        insta::assert_snapshot!(format!("{}-html", language.tag()), all_of(language, main_of, |content, _| name_of(content)));
    }
    let sample = contents().remove(0);
    let html = letter(Language::En, &sample).html;
    insta::assert_snapshot!("frame", html.replace(&main_of(&letter(Language::En, &sample)), "…"));
}

/// Its words, without what is layout in either form: marks of quotes, lists and emphasis, and colons before what stands beside a name.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[test]
fn both_forms_of_a_letter_say_the_same_and_lead_to_the_same() {
    for language in Language::ALL {
        for content in contents() {
            let letter = letter(language, &content);
            let page = Html::parse_document(&letter.html);
            assert!(page.errors.is_empty(), "{:?} in {}", page.errors, letter.html);
            let said = |element: ElementRef<'_>| element.text().collect::<Vec<_>>().join(" ");
            // says in words what the button does, which in plain text is an address already
            let help = select(&page, ".help").into_iter().map(said).next().unwrap();
            let html = words(&said(select(&page, "main")[0]).replacen(&help, "", 1));
            let is_link = |word: &&str| word.starts_with("https://");
            let (links, rest): (Vec<&str>, Vec<&str>) = letter.text.split_whitespace().partition(is_link);
            assert_eq!(html, words(&rest.join(" ")), "{}\n{}", letter.text, letter.html);
            let targets: Vec<&str> = select(&page, "main a").iter().filter_map(|link| link.attr("href")).collect();
            assert_eq!(targets, links, "{}", letter.text);
            let button = select(&page, "a.button")[0].attr("href").unwrap();
            assert!(help.ends_with(button), "{help:?} leads elsewhere than {button}");
            assert_eq!(said(select(&page, "title")[0]), letter.subject);
        }
    }
}

/// The selectors of a style that set a colour.
fn coloured(style: &str) -> BTreeSet<&str> {
    let rules = style.lines().filter(|line| line.contains('#')).filter_map(|line| line.split_once(" {"));
    rules.flat_map(|(selectors, _)| selectors.split(", ")).collect()
}

#[test]
fn letters_are_dark_for_whoever_wants_them_dark() {
    let letter = letter(Language::En, &contents()[0]);
    let page = Html::parse_document(&letter.html);
    for scheme in ["color-scheme", "supported-color-schemes"] {
        assert_eq!(select(&page, &format!("meta[name={scheme}]"))[0].attr("content"), Some("light dark"));
    }
    let style: String = select(&page, "style")[0].text().collect();
    assert!(style.contains(":root { color-scheme: light dark"), "{style}");
    let (light, dark) = style.split_once("@media (prefers-color-scheme: dark) {").unwrap();
    assert_eq!(coloured(light), coloured(dark), "each colour has one for the dark");
}
