//! Where a post stands, as a pill: a glyph that fills up, and words.

use forum::status::{Hue, Stage, Status};
use leptos::prelude::*;

use super::icon;
use crate::{i18n::names, web::Visit};

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
    let untouched = status.slug == status.stage.as_str() && status.name == first_name(status.stage);
    let plain = if untouched { stage_name(visit, status.stage) } else { status.name.clone() };
    status.names.called(visit.language(), &plain).to_owned()
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
            for (text, ground) in colours(text).into_iter().zip(colours(ground)) {
                let contrast = text.contrast(ground);
                assert!(contrast >= 4.5, "{hue:?}: {} on {} is {contrast:.2}", text.hex(), ground.hex());
            }
        }
    }
}
