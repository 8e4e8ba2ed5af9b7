//! The style sheet with the site's own colour: a file of its own behind the one that all sites have, under an address that changes with
//! what stands in it.

use forum::site::{Accent, Colour, Shades, Site};
use sha2::{Digest as _, Sha256};

/// One of the colours of a theme.
type Pick = fn(&Shades) -> Colour;

/// The names of the colours in the style sheet, and which of a theme each is.
const NAMES: [(&str, Pick); 5] = [
    ("--accent", |shades| shades.accent),
    ("--accent-strong", |shades| shades.strong),
    ("--accent-soft", |shades| shades.soft),
    ("--accent-line", |shades| shades.line),
    ("--on-accent", |shades| shades.on),
];

/// The style sheet of an accent.
pub fn style_sheet(accent: Accent) -> String {
    let (light, dark) = (accent.light(), accent.dark());
    let both: String = NAMES
        .iter()
        .map(|(name, of)| format!("{name}:light-dark({},{});", of(&light).hex(), of(&dark).hex()))
        .chain([format!("--focus:light-dark({},{})", light.accent.hex(), dark.strong.hex())])
        .collect();
    let plain: String = NAMES
        .iter()
        .map(|(name, of)| format!("{name}:{};", of(&light).hex()))
        .chain([format!("--focus:{}", light.accent.hex())])
        .collect();
    // as in the style sheet of all sites: browsers without light-dark() get the light theme, whole
    format!(":root{{{both}}}@supports not (color:light-dark(#000,#fff)){{:root{{{plain}}}}}")
}

/// Where the style sheet of the site is, when it has a colour of its own.
pub fn address(site: &Site) -> Option<String> {
    let digest = hex::encode(Sha256::digest(style_sheet(site.accent?)));
    Some(format!("/accent/{}.css", &digest[..16]))
}
