use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::*;

/// The messages of a language with the variables that each mentions.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    for source in sources(language) {
        let mut key = String::new();
        for line in source.lines() {
            if line.starts_with(|c: char| c.is_ascii_lowercase())
                && let Some((name, _)) = line.split_once('=')
            {
                name.trim().clone_into(&mut key);
                assert!(messages.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
            }
            if line.starts_with('#') {
                continue;
            }
            for (at, _) in line.match_indices('$') {
                let name: String =
                    line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect();
                if let Some(variables) = messages.get_mut(&key) {
                    variables.insert(name);
                }
            }
        }
    }
    messages
}

#[test]
fn every_language_has_the_same_messages_and_variables() {
    for language in Language::ALL {
        assert_eq!(messages(language), messages(Language::En), "{language:?}");
    }
}

#[test]
fn every_message_can_be_parsed() {
    for language in Language::ALL {
        for source in sources(language) {
            if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                panic!("{errors:?} in\n{source}");
            }
        }
    }
}

/// The code of the doors, but for this file.
fn code() -> String {
    let mut code = String::new();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    read(&here.join("src"), &mut code);
    read(&here.join("../server/src"), &mut code);
    code
}

fn read(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("i18n/tests.rs") {
            into.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// The literals that a text begins with: `"a", "b") …` has two. What is built (`"{x}"`) is none.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (literal, after) = rest.trim_start_matches([',', ' ', '\n']).strip_prefix('"')?.split_once('"')?;
        rest = after;
        literal.chars().all(|c| c.is_ascii_alphanumeric() || c == '-').then_some(literal)
    })
}

/// The keys that stand in the code.
fn asked(code: &str) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for start in ["t!(", ".t(", ".ta(", "key!(", "done!(", "done="] {
        for (at, _) in code.match_indices(start) {
            // `assert!(` ends in the same letters
            if start.starts_with(char::is_alphabetic) && code[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                continue;
            }
            let rest = &code[at + start.len()..];
            match start {
                "t!(" => asked.extend(rest.split_once(',').and_then(|(_, rest)| literals(rest).next()).map(str::to_owned)),
                "key!(" => {
                    let mut parts = literals(rest.split_once(')').map_or(rest, |(within, _)| within));
                    let Some(key) = parts.next() else { continue };
                    let endings: Vec<_> = parts.collect();
                    asked.extend(endings.iter().map(|ending| format!("{key}{ending}")));
                    asked.extend(endings.is_empty().then(|| key.to_owned()));
                }
                "done!(" => asked.extend(literals(rest).next().map(|what| format!("done-{what}"))),
                "done=" => {
                    let what: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
                    asked.extend((!what.is_empty()).then(|| format!("done-{what}")));
                }
                _ => asked.extend(literals(rest).next().map(str::to_owned)),
            }
        }
    }
    asked
}

/// The keys of letters, which are put together from the name of each; that none is missing is seen where all of them are worded.
fn of_letters() -> BTreeSet<String> {
    let read = |path| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let code = ["../server/src/mail/words.rs", "src/parts/notice.rs"].map(read).concat();
    let names: BTreeSet<&str> = code.split('"').filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')).collect();
    let built = |name: &str| {
        let key = if name.starts_with("mail-") { name.to_owned() } else { format!("mail-{name}") };
        ["-subject", "-text", "-button", "-note", ""].map(|ending| format!("{key}{ending}"))
    };
    names.into_iter().flat_map(built).collect()
}

#[test]
fn every_message_that_the_code_asks_for_exists() {
    let known = messages(Language::En);
    let asked = asked(&code());
    let unknown: Vec<_> = asked.iter().filter(|key| !known.contains_key(*key)).collect();
    assert!(unknown.is_empty(), "the code asks for {unknown:?}, which no language has");
    assert!(asked.len() > 1000, "the search for messages in the code finds only {}", asked.len());
}

#[test]
fn every_value_has_a_name_in_every_language() {
    for language in Language::ALL {
        let words = Words::of(language);
        let unnamed: Vec<_> = names::keys().into_iter().filter(|key| !words.has(key)).collect();
        assert!(unnamed.is_empty(), "{language:?} has no words for {unnamed:?}");
    }
}

#[test]
fn every_message_is_asked_for() {
    let mut asked = asked(&code());
    asked.extend(names::keys());
    asked.extend(of_letters());
    let idle: Vec<_> = messages(Language::En).into_keys().filter(|key| !asked.contains(key)).collect();
    assert!(idle.is_empty(), "nobody asks for {idle:?}");
}

/// One word for each thing, and the words that would be a second one for it.
const GLOSSARY: [(Language, &str, &[&str]); 14] = [
    (Language::En, "deadline", &["clock", "clocks", "due date", "time limit"]),
    (Language::En, "answer", &["response", "official reply"]),
    (Language::En, "update", &["progress report", "interim answer"]),
    (Language::En, "withdrawn", &["retracted", "revoked"]),
    (Language::En, "owner", &["assignee"]),
    (Language::En, "board", &["category", "forum section"]),
    (Language::En, "against", &["downvote", "dislike"]),
    (Language::Nl, "termijn", &["klok", "klokken", "deadline", "deadlines"]),
    (Language::Nl, "antwoord", &["respons"]),
    (Language::Nl, "update", &["tussenbericht", "voortgangsbericht"]),
    (Language::Nl, "ingetrokken", &["teruggetrokken", "herroepen"]),
    (Language::Nl, "eigenaar", &["behandelaar", "toegewezene"]),
    (Language::Nl, "onderwerp", &["categorie", "rubriek"]),
    (Language::Nl, "bericht", &["inzending", "ticket"]),
];

/// What a message says, without names of variables and addresses.
fn said(line: &str) -> String {
    let is_start = line.starts_with(|c: char| c.is_ascii_lowercase());
    let value = line.split_once('=').filter(|_| is_start).map_or(line, |(_, value)| value).to_lowercase();
    let mut said = String::new();
    let mut depth = 0_usize;
    for (n, c) in value.char_indices() {
        match c {
            '{' => depth += 1,
            '(' if value[n..].starts_with("(/") => depth += 1,
            '}' | ')' if depth > 0 => depth -= 1,
            c if depth == 0 => said.push(c),
            _ => {}
        }
    }
    said
}

#[test]
fn each_thing_has_one_word() {
    let mut found = Vec::new();
    for (language, word, others) in GLOSSARY {
        let mut is_used = false;
        for line in sources(language).iter().flat_map(|source| source.lines()).filter(|line| !line.starts_with('#')) {
            let said = said(line);
            let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
            is_used |= said.contains(word);
            let has = |other: &str| words.windows(other.split(' ').count()).any(|window| window.join(" ") == *other);
            found.extend(others.iter().filter(|other| has(other)).map(|other| format!("“{other}” for {word}: {line}")));
        }
        assert!(is_used, "nobody says {word}");
    }
    assert!(found.is_empty(), "{found:#?}");
}
