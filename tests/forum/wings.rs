//! The wings of the house: no room names one of a wing above its own.

use std::{collections::BTreeMap, fs, path::Path};

/// From the ground up.
const WINGS: [&str; 6] = ["ground", "people", "voice", "duty", "account", "news"];

/// What a file names of its own crate: the first word of each path that begins with `crate::`, in groups too.
fn named(text: &str) -> Vec<String> {
    let code: String = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.push(rest);
            continue;
        };
        let mut depth = 0;
        let mut from = Some(0);
        for (n, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => from = Some(n + 1),
                _ if from.is_some() && !c.is_whitespace() => {
                    from = None;
                    names.push(&group[n..]);
                }
                _ => {}
            }
        }
    }
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    names.into_iter().map(word).collect()
}

fn files(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, visit);
        } else {
            visit(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_arrows_between_wings_go_one_way() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/forum/src");
    let mut height = BTreeMap::new();
    for (n, wing) in WINGS.into_iter().enumerate() {
        for room in fs::read_dir(house.join(wing)).unwrap() {
            let room = room.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
            if room != "mod" {
                height.insert(room, n);
            }
        }
    }
    let mut arrows = 0;
    for (n, wing) in WINGS.into_iter().enumerate() {
        files(&house.join(wing), &mut |path, text| {
            for room in named(text) {
                // `Error`, `Tx`, … are no rooms, and the roof is known to all
                let Some(above) = height.get(&room) else { continue };
                arrows += 1;
                assert!(*above <= n, "{} names {room}, which is in {}, above {wing}", path.display(), WINGS[*above]);
            }
        });
    }
    assert!(arrows > 300, "only {arrows} arrows were found");
}

#[test]
fn names_are_found_in_groups_too() {
    let text = "use crate::{\n    Error, actor::{Actor, Role},\n    // board,\n    tag,\n};\nlet x = crate::clock::due();";
    assert_eq!(named(text), ["Error", "actor", "tag", "clock"]);
}
