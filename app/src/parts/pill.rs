//! Where a post stands, as a pill: a glyph that fills up, and words.

use forum::status::{Hue, Stage, Status};
use leptos::prelude::*;

use super::icon;
use crate::{
    i18n::{Words, names},
    web::Visit,
};

/// The status of a post.
pub fn pill(visit: &Visit, status: &Status) -> impl IntoView + use<> {
    view! {
        <span class="pill" data-stage=status.stage.as_str() data-status=status.slug.clone() data-hue=status.colour.map(Hue::as_str)>
            {icon(visit, stage_icon(status.stage))}<bdi>{status_name(visit, status)}</bdi>
        </span>
    }
}

/// The name of a status: in the reader's language as long as the site has not given it one of its own.
pub fn status_name(visit: &Visit, status: &Status) -> String {
    status_name_in(visit.words, status)
}

/// The same in a language.
pub fn status_name_in(words: &Words, status: &Status) -> String {
    let untouched = status.slug == status.stage.as_str() && status.name == first_name(status.stage);
    let plain = if untouched { words.name(names::STAGE, status.stage) } else { status.name.clone() };
    status.names.called(words.language, &plain).to_owned()
}

/// The names of the colours of a status in the style sheet, for what has no style sheet: of its text, and of the ground of that.
pub fn shades(status: &Status) -> (&'static str, &'static str) {
    match status.colour {
        Some(hue) => shades_of_hue(hue),
        None => shades_of_stage(status.stage),
    }
}

/// The colours that the status of a stage has, unless the site gave it one.
pub fn shades_of_stage(stage: Stage) -> (&'static str, &'static str) {
    shades_of_hue(match stage {
        Stage::Review | Stage::Planned | Stage::Started => Hue::Accent,
        Stage::Delivered | Stage::Confirmed => Hue::Green,
        Stage::Received | Stage::Declined | Stage::Archived => Hue::Grey,
    })
}

fn shades_of_hue(hue: Hue) -> (&'static str, &'static str) {
    match hue {
        Hue::Accent => ("--accent-strong", "--accent-soft"),
        Hue::Blue => ("--blue", "--blue-soft"),
        Hue::Violet => ("--violet", "--violet-soft"),
        Hue::Plum => ("--plum", "--plum-soft"),
        Hue::Brown => ("--brown", "--brown-soft"),
        Hue::Green => ("--ok", "--ok-soft"),
        Hue::Grey => ("--ink-2", "--sunken-2"),
    }
}

/// The name that the status of a stage has before anybody renames it.
fn first_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Received => "Received",
        Stage::Review => "Under review",
        Stage::Planned => "Planned",
        Stage::Started => "Started",
        Stage::Delivered => "Delivered",
        Stage::Confirmed => "Confirmed",
        Stage::Declined => "Declined",
        Stage::Archived => "Archived",
    }
}

/// A stage in words.
pub fn stage_name(visit: &Visit, stage: Stage) -> String {
    visit.words.name(names::STAGE, stage)
}

/// The glyph of a stage.
pub fn stage_icon(stage: Stage) -> &'static str {
    match stage {
        Stage::Received => "s-received",
        Stage::Review => "s-review",
        Stage::Planned => "s-planned",
        Stage::Started => "s-progress",
        Stage::Delivered => "s-delivered",
        Stage::Confirmed => "s-confirmed",
        Stage::Declined => "s-declined",
        Stage::Archived => "s-archived",
    }
}

#[cfg(test)]
mod tests {
    use forum::site::Colour;

    use super::*;

    /// What a name of the style sheet stands for, in the light theme and in the dark one.
    fn colours(name: &str) -> [Colour; 2] {
        let tokens = include_str!("../../../style/tokens.css");
        let found = tokens.split(&format!("{name}: light-dark(")).nth(1).and_then(|rest| rest.split(')').next());
        let pair: Vec<_> = found.unwrap_or_default().split(", ").map(|hex| Colour::parse(hex).unwrap()).collect();
        [pair[0], pair[1]]
    }

    #[test]
    fn every_colour_of_a_status_can_be_read() {
        let sheet = include_str!("../../../style/pill.css");
        for hue in Hue::ALL {
            let rule = sheet.split(&format!("[data-hue=\"{}\"]", hue.as_str())).nth(1).and_then(|rest| rest.split('}').next());
            let rule = rule.unwrap_or_else(|| panic!("{hue:?} is not in the style sheet"));
            let names: Vec<_> = rule.split("var(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
            let [text, ground] = names.as_slice() else { panic!("{rule}") };
            assert_eq!(shades_of_hue(hue), (*text, *ground), "{hue:?} is another where there is no style sheet");
            for (text, ground) in colours(text).into_iter().zip(colours(ground)) {
                let contrast = text.contrast(ground);
                assert!(contrast >= 4.5, "{hue:?}: {} on {} is {contrast:.2}", text.hex(), ground.hex());
            }
        }
    }

    #[test]
    fn stages_have_the_colours_of_the_style_sheet_where_there_is_none() {
        let sheet = include_str!("../../../style/pill.css");
        for stage in Stage::ALL {
            let named = format!("[data-stage=\"{}\"]", stage.as_str());
            let rule = sheet.lines().find(|line| line.contains(".pill:is(") && line.contains(&named));
            let rule = rule.or_else(|| sheet.lines().find(|line| line.contains("--c: var(--ink-2); --bg"))).unwrap();
            let (text, ground) = shades_of_stage(stage);
            assert!(rule.contains(&format!("--c: var({text}); --bg: var({ground})")), "{stage:?}: {rule}");
        }
    }
}
