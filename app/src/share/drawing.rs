//! How a picture looks: the light theme of the pages, as an SVG that is then drawn. The colours are those of the style sheet, and the
//! glyphs those of the pages.

use std::{
    collections::HashMap,
    fmt::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::LazyLock,
};

use forum::Error;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::Tree,
};

use super::{
    Card, HEIGHT, OfPost, Shows, WIDTH,
    letters::{Hand, Letters, Room, Setting, readable, set},
};

/// White space at the left and the right.
const EDGE: f64 = 80.0;
/// What is left between them.
const ROOM: f64 = WIDTH as f64 - 2.0 * EDGE;
/// From line to line, in sizes of letters.
const LEADING: f64 = 1.18;
const TITLE: [Room; 2] = [(66.0, 3), (54.0, 4)];

/// A colour of the light theme, as the style sheet spells it.
pub(super) fn token(name: &str) -> &'static str {
    static TOKENS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        // what follows is for readers who ask for more contrast, and for old browsers
        let light = include_str!("../../../style/tokens.css").split("@media").next().unwrap_or_default();
        let values = light.split(';').filter_map(|value| value.trim().lines().last()?.trim().split_once(": light-dark("));
        values.filter_map(|(name, both)| Some((name, both.split_once(',')?.0))).collect()
    });
    TOKENS.get(name).copied().unwrap_or("#000000")
}

/// The inside of a glyph.
fn glyph(name: &str) -> &'static str {
    let icons = include_str!("../parts/icons.svg");
    let found = icons.split_once(&format!("<symbol id=\"i-{name}\" viewBox=\"0 0 20 20\">"));
    found.and_then(|(_, rest)| rest.split_once("</symbol>")).map_or("", |(inside, _)| inside)
}

/// The file of a picture.
///
/// # Errors
/// [`Error::Internal`] when it can't be drawn.
pub(super) fn draw(card: &Card) -> Result<Vec<u8>, Error> {
    let letters = Letters::all();
    // those who shape letters do so for any text there is; should one of them be too much for them, it is left out
    let whole = catch_unwind(AssertUnwindSafe(|| rendered(&letters, card)));
    match whole {
        Ok(content) => content,
        Err(_) => rendered(&letters, &without_title(card)),
    }
}

fn without_title(card: &Card) -> Card {
    let mut card = card.clone();
    match &mut card.shows {
        Shows::Page { text, .. } => text.clear(),
        Shows::Post(post) => {
            post.title.clear();
            post.board.clear();
        }
    }
    card
}

fn rendered(letters: &Letters, card: &Card) -> Result<Vec<u8>, Error> {
    let tree = Tree::from_str(&svg(letters, card), &letters.options()).map_err(Error::internal)?;
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| Error::internal("no picture of that size"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    packed(&pixels)
}

/// Nothing is seen through it, so three colours are enough.
fn packed(pixels: &Pixmap) -> Result<Vec<u8>, Error> {
    let colours: Vec<u8> = pixels.data().chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
    let mut content = Vec::new();
    let mut encoder = png::Encoder::new(&mut content, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(Error::internal)?;
    writer.write_image_data(&colours).map_err(Error::internal)?;
    writer.finish().map_err(Error::internal)?;
    Ok(content)
}

/// The picture as it is drawn: an SVG in which nothing of people is markup.
pub(super) fn svg(letters: &Letters, card: &Card) -> String {
    let mut sheet = Sheet { letters, out: String::with_capacity(8192) };
    let _ = write!(
        sheet.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{}\"/><rect width=\"{WIDTH}\" height=\"16\" fill=\"{}\"/>",
        token("--paper"),
        card.accent[0],
    );
    match &card.shows {
        Shows::Page { page, title, text, tagline } => {
            // the home page has the name of the site for a title
            let name = (*page != super::Page::Site).then_some(card.site.as_str());
            sheet.brand(card, name.unwrap_or("Answerable"));
            sheet.page(title, text);
            sheet.foot();
            sheet.line(Hand::Sans, tagline, (EDGE, 568.0), 30.0, token("--ink-3"), ROOM);
        }
        Shows::Post(post) => {
            sheet.brand(card, &card.site);
            sheet.post(card, post);
        }
    }
    sheet.out.push_str("</svg>");
    sheet.out
}

struct Sheet<'a> {
    letters: &'a Letters,
    out: String,
}

impl Sheet<'_> {
    /// The mark of the forum and a name beside it.
    fn brand(&mut self, card: &Card, name: &str) {
        let _ = write!(
            self.out,
            "<g transform=\"translate({EDGE} 62) scale(2)\"><path fill=\"{}\" d=\"M14 2a11.4 11.4 0 1 1-5.2 21.55L3.3 25.7l1.5-5.6A11.4 \
             11.4 0 0 1 14 2z\"/><path fill=\"none\" stroke=\"{}\" stroke-width=\"2.3\" stroke-linecap=\"round\" stroke-linejoin=\"round\" \
             d=\"m9.4 11.2 4.2 4.3 6.3-7.3\"/></g>",
            card.accent[0],
            token("--paper"),
        );
        self.line(Hand::Serif, name, (EDGE + 72.0, 101.0), 34.0, token("--ink"), ROOM - 72.0);
    }

    fn page(&mut self, title: &str, text: &str) {
        let ink = token("--ink");
        let mut top = 168.0;
        if let Some(setting) = set(self.letters, Hand::Serif, title, ROOM, &[(92.0, 1), (72.0, 2)]) {
            top = self.lines(Hand::Serif, &setting, top, ink);
        }
        if let Some(setting) = set(self.letters, Hand::Sans, text, ROOM, &[(36.0, 3), (32.0, 4), (27.0, 5)]) {
            self.lines(Hand::Sans, &Setting { runs_left: setting.runs_left, ..setting }, top + 26.0, token("--ink-2"));
        }
    }

    fn post(&mut self, card: &Card, post: &OfPost) {
        let (ink, plain) = (token("--ink"), token("--ink-2"));
        self.icon(post.kind, (EDGE, 160.0), 34.0, &card.accent[0], token("--paper"));
        let kicker = self.line(Hand::Sans, &post.what, (EDGE + 48.0, 187.0), 28.0, &card.accent[2], 500.0);
        if let Some(wide) = kicker.filter(|_| !post.board.is_empty()) {
            let from = EDGE + 48.0 + wide + 22.0;
            let _ = write!(self.out, "<circle cx=\"{from}\" cy=\"177\" r=\"3.5\" fill=\"{}\"/>", token("--line-2"));
            self.line(Hand::Sans, &post.board, (from + 22.0, 187.0), 28.0, plain, f64::from(WIDTH) - EDGE - from - 22.0);
        }
        // what can't be drawn is named by its number, as large
        let set_in = |text: &str| set(self.letters, Hand::Serif, text, ROOM, &TITLE);
        if let Some(setting) = set_in(&post.title).or_else(|| set_in(&post.what)) {
            self.lines(Hand::Serif, &setting, 212.0, ink);
        }
        self.foot();
        let free = self.figures(post);
        self.pill(post, free);
    }

    /// What divides what is told from where it stands.
    fn foot(&mut self) {
        let _ = write!(
            self.out,
            "<path d=\"M{EDGE} 504.5H{}\" stroke=\"{}\" stroke-width=\"2\"/>",
            f64::from(WIDTH) - EDGE,
            token("--line")
        );
    }

    /// The counts, from the right; answers where they begin.
    fn figures(&mut self, post: &OfPost) -> f64 {
        let mut right = f64::from(WIDTH) - EDGE;
        for (number, word) in post.figures.iter().rev() {
            let wide = self.letters.width(Hand::Sans, word, 27.0).unwrap_or(0.0);
            self.line(Hand::Sans, word, (right - wide, 577.0), 27.0, token("--ink-2"), wide + 1.0);
            right -= wide + 12.0;
            let wide = self.letters.width(Hand::Serif, number, 42.0).unwrap_or(0.0);
            self.line(Hand::Serif, number, (right - wide, 578.0), 42.0, token("--ink"), wide + 1.0);
            right -= wide + 40.0;
        }
        right
    }

    /// Where it stands, in what the counts leave free.
    fn pill(&mut self, post: &OfPost, free: f64) {
        let [text, ground] = &post.colours;
        let (height, top) = (60.0, 535.0);
        let room = (free - EDGE - 76.0).max(0.0);
        let Some(setting) = set(self.letters, Hand::Sans, &post.status, room, &[(28.0, 1)]) else { return };
        let Some(line) = setting.lines.first() else { return };
        let wide = self.letters.width(Hand::Sans, line, 28.0).unwrap_or(room).min(room);
        let _ = write!(
            self.out,
            "<rect x=\"{EDGE}\" y=\"{top}\" width=\"{}\" height=\"{height}\" rx=\"{}\" fill=\"{ground}\"/>",
            wide + 88.0,
            height / 2.0
        );
        self.icon(post.glyph, (EDGE + 16.0, top + 14.0), 32.0, text, ground);
        self.line(Hand::Sans, line, (EDGE + 60.0, top + 40.0), 28.0, text, room + 1.0);
    }

    fn icon(&mut self, name: &str, (x, y): (f64, f64), size: f64, colour: &str, ground: &str) {
        let inside = glyph(name).replace("currentColor", colour).replace("var(--knock,var(--paper))", ground);
        let _ = write!(
            self.out,
            "<g transform=\"translate({x} {y}) scale({})\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-linecap=\"round\" \
             stroke-linejoin=\"round\">{}</g>",
            size / 20.0,
            arcs(&inside),
        );
    }

    /// One line of text from a point; answers how wide it became, if it can be drawn.
    fn line(&mut self, hand: Hand, text: &str, (x, y): (f64, f64), size: f64, colour: &str, room: f64) -> Option<f64> {
        let setting = set(self.letters, hand, text, room, &[(size, 1)])?;
        let line = setting.lines.first()?;
        let width = self.letters.width(hand, line, size)?;
        self.text(hand, line, (x, y), size, colour, &setting);
        Some(width)
    }

    /// Lines from the left, or from the right where they are read so; answers where they end.
    fn lines(&mut self, hand: Hand, setting: &Setting, top: f64, colour: &str) -> f64 {
        let x = if setting.runs_left { f64::from(WIDTH) - EDGE } else { EDGE };
        let mut y = top;
        for line in &setting.lines {
            let baseline = y + setting.size * 0.92;
            let anchor = Setting { lines: Vec::new(), ..*setting };
            let from =
                if setting.runs_left { x - self.letters.width(hand, &isolated(line), setting.size).unwrap_or(0.0) } else { x };
            self.text(hand, line, (from, baseline), setting.size, colour, &anchor);
            y += setting.size * LEADING;
        }
        y
    }

    fn text(&mut self, hand: Hand, line: &str, (x, y): (f64, f64), size: f64, colour: &str, setting: &Setting) {
        let line = if setting.runs_left { isolated(line) } else { line.to_owned() };
        let _ = write!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" font-family=\"{}\" font-size=\"{size}\" fill=\"{colour}\">{}</text>",
            hand.family(),
            readable(&line),
        );
    }
}

/// A line that runs from right to left as a whole.
fn isolated(line: &str) -> String {
    format!("\u{2067}{line}\u{2069}")
}

/// Glyphs whose parts of a circle are given in hundredths of it: what draws wants lengths.
fn arcs(inside: &str) -> String {
    /// Around the circle of 2.25 within the glyphs of stages.
    const AROUND: f64 = 2.0 * std::f64::consts::PI * 2.25;
    let Some((before, rest)) = inside.split_once(" pathLength=\"100\" stroke-dasharray=\"") else { return inside.to_owned() };
    let Some((share, after)) = rest.split_once(" 100\"") else { return inside.to_owned() };
    let part = share.parse::<f64>().unwrap_or(0.0) / 100.0 * AROUND;
    format!("{before} stroke-dasharray=\"{part:.3} {AROUND:.3}\"{after}")
}
