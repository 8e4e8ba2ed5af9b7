//! The letters of pictures: which fonts there are, how wide a text is in them, and how it is set in lines.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
    sync::{Arc, LazyLock},
};

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{BidiClass, DefaultIgnorableCodePoint, ExtendedPictographic, LineBreak, RegionalIndicator},
};
use resvg::usvg::{Node, Options, Tree, fontdb::Database};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::parts::text::escape;

/// Fonts of our own, so that a picture looks alike on every machine: headings as on the pages, all else in a plain hand, and the scripts
/// that these two lack. What is not in them (Han, Kana and Hangul alone would be ten times as large as all of these) is looked for on
/// the machine.
static OWN: [&[u8]; 6] = [
    include_bytes!("fonts/serif.ttf"),
    include_bytes!("fonts/sans.ttf"),
    include_bytes!("fonts/arabic.ttf"),
    include_bytes!("fonts/hebrew.ttf"),
    include_bytes!("fonts/devanagari.ttf"),
    include_bytes!("fonts/thai.ttf"),
];

/// Pixels of the letters in which a text is measured.
const MEASURE: f64 = 100.0;

/// Which letters a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// Those of headings.
    Serif,
    /// Those of everything else.
    Sans,
}

impl Hand {
    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Serif => "Answerable Serif",
            Self::Sans => "Answerable Sans",
        }
    }
}

/// The fonts that can be drawn with.
#[derive(Clone)]
pub(super) struct Letters(Arc<Database>);

impl Letters {
    /// Those of this program.
    pub(super) fn own() -> Self {
        let mut fonts = Database::new();
        for font in OWN {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_serif_family(Hand::Serif.family());
        fonts.set_sans_serif_family(Hand::Sans.family());
        Self(Arc::new(fonts))
    }

    /// Those of this program, and behind them those of the machine.
    pub(super) fn all() -> Self {
        static ALL: LazyLock<Letters> = LazyLock::new(|| {
            let mut fonts = Arc::unwrap_or_clone(Letters::own().0);
            fonts.load_system_fonts();
            Letters(Arc::new(fonts))
        });
        ALL.clone()
    }

    pub(super) fn options(&self) -> Options<'static> {
        Options { fontdb: self.0.clone(), font_family: Hand::Sans.family().to_owned(), ..Options::default() }
    }

    /// How wide each text is in letters of one pixel, or nothing where a letter of it is in no font.
    fn measure(&self, hand: Hand, texts: &[&str]) -> Vec<Option<f64>> {
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">");
        for (n, text) in texts.iter().enumerate() {
            let text = readable(text);
            // what stands at the ends of a text counts, too
            let _ = write!(
                svg,
                "<text id=\"t{n}\" xml:space=\"preserve\" font-family=\"{}\" font-size=\"{MEASURE}\">{text}</text>",
                hand.family()
            );
        }
        svg.push_str("</svg>");
        let mut found = vec![None; texts.len()];
        let Ok(tree) = Tree::from_str(&svg, &self.options()) else { return found };
        for node in tree.root().children() {
            let Node::Text(text) = node else { continue };
            let Some(place) = text.id().strip_prefix('t').and_then(|n| n.parse::<usize>().ok()).and_then(|n| found.get_mut(n))
            else {
                continue;
            };
            let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
            if glyphs.all(|glyph| glyph.id.0 != 0 || is_unseen(&glyph.text)) {
                *place = Some(f64::from(text.bounding_box().width()) / MEASURE);
            }
        }
        found
    }

    /// How wide a line is, if it can be drawn.
    pub(super) fn width(&self, hand: Hand, text: &str, size: f64) -> Option<f64> {
        Some(self.measure(hand, &[text]).first().copied()?? * size)
    }
}

/// A text inside of an element: nothing in it is markup, and nothing is no XML.
pub(super) fn readable(text: &str) -> String {
    let is_xml = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    escape(&text.chars().filter(is_xml).collect::<String>())
}

fn is_unseen(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c))
}

/// A sign that is no letter of any script: a text says the same without it.
fn is_picture(cluster: &str) -> bool {
    let pictures = CodePointSetData::new::<ExtendedPictographic>();
    let flags = CodePointSetData::new::<RegionalIndicator>();
    // digits and the number sign are pictures with a key around them only
    cluster.chars().any(|c| flags.contains(c) || (pictures.contains(c) && !c.is_ascii()) || c == '\u{20e3}')
}

/// Whether the first letter that runs in a direction runs from right to left.
fn runs_left(text: &str) -> bool {
    let class = CodePointMapData::<BidiClass>::new();
    let strong = text
        .chars()
        .map(|c| class.get(c))
        .find(|class| matches!(*class, BidiClass::LeftToRight | BidiClass::RightToLeft | BidiClass::ArabicLetter));
    strong.is_some_and(|class| class != BidiClass::LeftToRight)
}

/// A text in lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    /// The lines.
    pub(super) lines: Vec<String>,
    /// The size of their letters, in pixels.
    pub(super) size: f64,
    /// Whether they begin at the right.
    pub(super) runs_left: bool,
}

/// A size of letters, and how many lines of it there is room for.
pub(super) type Room = (f64, usize);

#[derive(Default)]
struct Line<'a> {
    /// What stands in it, with how wide each part is; white space between them counts with the part before.
    parts: Vec<(&'a str, f64)>,
}

impl Line<'_> {
    fn width(&self) -> f64 {
        self.parts.iter().map(|(_, width)| width).sum()
    }

    fn text(&self) -> String {
        let text: String = self.parts.iter().map(|(part, _)| *part).collect();
        text.trim_end().to_owned()
    }
}

/// Sets a text in lines as the rules of Unicode allow to break them, in the largest letters in which it fits; what fits in none is cut
/// after a whole character.
///
/// Signs that no font has are left out where they are pictures. Where a letter is missing there is nothing: a text with holes says what
/// nobody wrote, and boxes say nothing at all.
pub(super) fn set(letters: &Letters, hand: Hand, text: &str, width: f64, rooms: &[Room]) -> Option<Setting> {
    let mut clusters: Vec<&str> = text.graphemes(true).collect();
    clusters.sort_unstable();
    clusters.dedup();
    let widths: HashMap<&str, Option<f64>> = {
        let measured = letters.measure(hand, &clusters);
        clusters.iter().copied().zip(measured).collect()
    };
    let mut kept = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        match widths.get(cluster).copied().flatten() {
            _ if is_unseen(cluster) => kept.push_str(cluster),
            Some(_) => kept.push_str(cluster),
            None if is_picture(cluster) => kept.push(' '),
            None => return None,
        }
    }
    // what keeps two words together keeps them on one line
    let glue = CodePointMapData::<LineBreak>::new();
    let apart = kept.split(|c: char| c.is_whitespace() && glue.get(c) != LineBreak::Glue);
    let kept = apart.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if is_unseen(&kept) {
        return None;
    }
    let parts = parts(&kept);
    let measured = {
        // white space at the end of a part is as wide as between two letters
        let mut texts: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
        texts.extend(["n n", "nn", "…"]);
        letters.measure(hand, &texts)
    };
    let at = |n: usize| measured.get(n).copied().flatten().unwrap_or(0.0);
    let count = parts.len();
    let (space, dots) = (at(count) - at(count + 1), at(count + 2));
    let of_cluster = |cluster: &str| widths.get(cluster).copied().flatten().unwrap_or(0.0);
    let parts: Vec<(&str, f64, f64)> = parts
        .iter()
        .enumerate()
        .map(|(n, part)| (*part, at(n), if part.ends_with(char::is_whitespace) { at(n) + space } else { at(n) }))
        .collect();
    let mut found = None;
    for (size, most) in rooms {
        let mut lines = fill(&parts, width / size, of_cluster);
        let fits = lines.len() <= *most;
        if !fits {
            lines.truncate(*most);
            if let Some(last) = lines.last_mut() {
                cut(last, width / size - dots, of_cluster);
            }
        }
        let mut texts: Vec<String> = lines.iter().map(Line::text).collect();
        if let (false, Some(last)) = (fits, texts.last_mut()) {
            last.push('…');
        }
        found = Some(Setting { lines: texts, size: *size, runs_left: runs_left(&kept) });
        if fits {
            break;
        }
    }
    found
}

/// What stays together on a line.
fn parts(text: &str) -> Vec<&str> {
    let ends: HashSet<usize> = text.grapheme_indices(true).map(|(at, cluster)| at + cluster.len()).collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in unicode_linebreak::linebreaks(text) {
        if ends.contains(&at) && at > from {
            parts.push(&text[from..at]);
            from = at;
        }
    }
    parts
}

fn fill<'a>(parts: &[(&'a str, f64, f64)], width: f64, of_cluster: impl Fn(&str) -> f64) -> Vec<Line<'a>> {
    let mut lines = vec![Line::default()];
    let mut add = |part: &'a str, bare: f64, whole: f64| {
        let last = lines.last_mut().filter(|line| line.parts.is_empty() || line.width() + bare <= width);
        match last {
            Some(line) => line.parts.push((part, whole)),
            None => lines.push(Line { parts: vec![(part, whole)] }),
        }
    };
    for (part, bare, whole) in parts {
        if *bare <= width {
            add(part, *bare, *whole);
        } else {
            // a word that is longer than a line
            for cluster in part.graphemes(true) {
                let wide = of_cluster(cluster);
                add(cluster, wide, wide);
            }
        }
    }
    lines
}

/// Takes whole characters from the end of a line until it is no wider than that.
fn cut(line: &mut Line<'_>, width: f64, of_cluster: impl Fn(&str) -> f64) {
    while let Some((part, whole)) = line.parts.pop() {
        let rest = width - line.width();
        if whole <= rest {
            line.parts.push((part, whole));
            return;
        }
        let mut used = 0.0;
        let mut end = 0;
        for (at, cluster) in part.grapheme_indices(true) {
            used += of_cluster(cluster);
            if used > rest {
                break;
            }
            end = at + cluster.len();
        }
        if end > 0 {
            line.parts.push((&part[..end], rest));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: [Room; 2] = [(66.0, 3), (54.0, 4)];
    const ROOM: f64 = 1040.0;

    fn lines(text: &str) -> Option<Setting> {
        set(&Letters::own(), Hand::Serif, text, ROOM, &ROOMS)
    }

    #[test]
    fn every_line_fits() {
        let letters = Letters::own();
        let long = "W".repeat(120);
        let words = "Overstappen zonder wachten ".repeat(6);
        let marks = "Zu\u{308}rich e\u{301}\u{302}\u{303} ".repeat(12);
        let arabic = "لا أستطيع الدفع ببطاقتي في المتجر الجديد ".repeat(4);
        let hindi = "मेरा इंटरनेट हर शाम बंद हो जाता है ".repeat(4);
        let thai = "อินเทอร์เน็ตของฉันช้ามากทุกเย็น".repeat(4);
        for text in ["Short", &long, &words, &marks, &arabic, &hindi, &thai, "Ελληνικά και Кириллица", "<b>bold</b> & \"quoted\""]
        {
            let setting = lines(text).unwrap_or_else(|| panic!("{text} can't be set"));
            assert!((1..=4).contains(&setting.lines.len()), "{text}: {:?}", setting.lines);
            for line in &setting.lines {
                let width = letters.width(Hand::Serif, line, setting.size).unwrap();
                assert!(width <= ROOM * 1.03, "{line} is {width} wide");
            }
        }
    }

    #[test]
    fn lines_break_where_unicode_says() {
        let setting = lines("Let me keep my number when I move to another house, even abroad").unwrap();
        let words = setting.lines.join(" ");
        assert_eq!(words, "Let me keep my number when I move to another house, even abroad");
        let long = lines(&"ab\u{a0}cd-ef ".repeat(20)).unwrap();
        assert!(long.lines.iter().all(|line| !line.ends_with("ab") && !line.starts_with('-')), "{long:?}");
    }

    #[test]
    fn what_is_too_long_is_cut_after_a_whole_character() {
        let family = "e\u{301}\u{302}";
        let setting = lines(&family.repeat(200)).unwrap();
        assert_eq!(setting.lines.len(), 4);
        let last = setting.lines.last().unwrap();
        assert!(last.ends_with('…'));
        for line in &setting.lines {
            assert_eq!(line.trim_end_matches('…').replace(family, ""), "");
        }
    }

    #[test]
    fn a_title_runs_as_its_first_letter_does() {
        assert!(lines("שלום, זה מספר 12 של iPhone").unwrap().runs_left);
        assert!(lines("12 – لا أستطيع").unwrap().runs_left);
        assert!(!lines("iPhone שלום").unwrap().runs_left);
    }

    #[test]
    fn no_boxes_are_drawn() {
        assert_eq!(lines("我的网络每天晚上都断"), None, "a script of which no font is there");
        assert_eq!(lines("Faster 网络"), None, "and not a half of a title");
        assert_eq!(lines(&"👩‍👩‍👧‍👦".repeat(120)), None);
        let pictures = lines("🚀 Faster 🇳🇱 👩‍👩‍👧‍👦 internet 1️⃣").unwrap();
        assert_eq!(pictures.lines, ["Faster internet"]);
    }
}
