//! Pictures of the demo forum: drawn with a ruler, as people draw what they want to show.

use std::io::Cursor;

use forum::attachment::Upload;
use image::{ImageFormat, Rgb, RgbImage};

type Colour = [u8; 3];
const PAPER: Colour = [246, 243, 236];
const INK: Colour = [38, 44, 52];
const PALE: Colour = [205, 200, 190];
const BLUE: Colour = [11, 95, 112];
const ORANGE: Colour = [206, 106, 32];

/// A picture of a post.
struct Picture {
    /// The title of the post.
    of: &'static str,
    /// What it is called.
    name: &'static str,
    /// What there is to see.
    alt: &'static str,
    draw: fn(&mut Sheet),
}

const PICTURES: [Picture; 3] = [
    Picture {
        of: "Kabel na vier maanden gebroken en dat heet dan 'slijtage'",
        name: "kabel.png",
        alt: "Een laadkabel die vlak achter de stekker is doorgebroken; er steken drie koperdraadjes uit.",
        draw: cable,
    },
    Picture {
        of: "Een smallere Schakel, want er passen er nu geen twee naast elkaar",
        name: "stekkerdoos.png",
        alt: "Een tekening van een stekkerdoos: een Schakel bedekt zijn eigen plek en de helft van de volgende.",
        draw: plugs,
    },
    Picture {
        of: "Vlak charging pad gets hot, gives up at 60 percent, blinks all night",
        name: "charge by hour.png",
        alt: "A line of the battery through the night: it climbs to 60 percent by one o'clock and stays there until seven.",
        draw: charge,
    },
];

/// What belongs to a post.
pub(super) fn of(title: &str) -> Option<Upload> {
    let picture = PICTURES.iter().find(|picture| picture.of == title)?;
    let mut sheet = Sheet(RgbImage::from_pixel(960, 600, Rgb(PAPER)));
    (picture.draw)(&mut sheet);
    let mut content = Cursor::new(Vec::new());
    sheet.0.write_to(&mut content, ImageFormat::Png).ok()?;
    Some(Upload { name: picture.name.to_owned(), content: content.into_inner(), alt: picture.alt.to_owned() })
}

/// What is drawn on.
struct Sheet(RgbImage);

impl Sheet {
    /// A box from one corner to the other.
    fn fill(&mut self, (left, top): (u32, u32), (right, bottom): (u32, u32), colour: Colour) {
        for y in top..bottom.min(self.0.height()) {
            for x in left..right.min(self.0.width()) {
                self.0.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    /// A line through points, so many pixels wide.
    fn line(&mut self, points: &[(u32, u32)], width: u32, colour: Colour) {
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let steps = from.0.abs_diff(to.0).max(from.1.abs_diff(to.1)).max(1);
            for step in 0..=steps {
                let between = |from: u32, to: u32| (from * (steps - step) + to * step) / steps;
                let (x, y) = (between(from.0, to.0), between(from.1, to.1));
                let half = width / 2;
                self.fill((x.saturating_sub(half), y.saturating_sub(half)), (x + width - half, y + width - half), colour);
            }
        }
    }
}

fn cable(sheet: &mut Sheet) {
    sheet.fill((120, 230), (260, 350), PALE);
    sheet.fill((60, 255), (120, 325), INK);
    sheet.fill((260, 262), (330, 318), PALE);
    sheet.line(&[(330, 290), (372, 296)], 26, INK);
    sheet.line(&[(470, 330), (560, 360), (660, 350), (760, 300), (900, 290)], 26, INK);
    for (y, end) in [(284, (428, 262)), (292, (440, 296)), (300, (424, 330))] {
        sheet.line(&[(384, y), end], 4, ORANGE);
    }
    for y in [322, 330, 338] {
        sheet.line(&[(458, y), (430, y + 14)], 4, ORANGE);
    }
}

fn plugs(sheet: &mut Sheet) {
    sheet.fill((90, 200), (870, 430), PALE);
    for socket in 0..3 {
        let left = 130 + socket * 250;
        sheet.fill((left, 235), (left + 190, 395), PAPER);
        for hole in [60, 116] {
            sheet.fill((left + hole, 305), (left + hole + 16, 321), INK);
        }
    }
    sheet.fill((110, 180), (480, 450), BLUE);
    sheet.fill((130, 200), (460, 430), [24, 118, 138]);
    sheet.line(&[(110, 500), (480, 500)], 4, ORANGE);
    sheet.line(&[(110, 484), (110, 516)], 4, ORANGE);
    sheet.line(&[(480, 484), (480, 516)], 4, ORANGE);
}

fn charge(sheet: &mut Sheet) {
    for step in 0..=5 {
        let y = 500 - step * 80;
        sheet.line(&[(110, y), (900, y)], 2, PALE);
    }
    sheet.line(&[(110, 80), (110, 500), (900, 500)], 4, INK);
    for hour in 0..=8 {
        sheet.line(&[(110 + hour * 98, 500), (110 + hour * 98, 514)], 4, INK);
    }
    sheet.line(&[(110, 430), (208, 350), (306, 280), (355, 260)], 6, BLUE);
    sheet.line(&[(355, 260), (400, 264), (450, 258), (500, 264), (600, 259), (700, 264), (796, 260), (894, 262)], 6, ORANGE);
}
