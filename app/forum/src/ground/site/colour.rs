//! The colour of the site: one that the site chose, and all that follows from it so that everything can be read, on light and on dark.

use serde::{Deserialize, Serialize};

use crate::error::Problem;

/// The least contrast of a text with its ground (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// A colour of a screen (sRGB).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Colour([u8; 3]);

const WHITE: Colour = Colour([255; 3]);
const BLACK: Colour = Colour([0; 3]);
/// The darkest ground on which the accent stands in the light theme, and the lightest and the darkest in the dark one: `--sunken-2` and
/// `--paper` of the style sheet.
const LIGHT_GROUND: Colour = Colour([0xe6, 0xeb, 0xec]);
const DARK_GROUND: Colour = Colour([0x24, 0x2e, 0x34]);
const DARK_PAPER: Colour = Colour([0x0f, 0x14, 0x17]);

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.hex()
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a colour")
    }
}

impl Colour {
    /// The colour of a text such as `#0b5f70`.
    ///
    /// # Errors
    /// [`Problem::NotAColour`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or(Problem::NotAColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    /// As browsers spell it: `#0b5f70`.
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast with another colour, from 1 to 21 (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// So many hundredths of the way to another colour.
    fn towards(self, other: Self, hundredths: u16) -> Self {
        let mut mixed = self.0;
        for (part, to) in mixed.iter_mut().zip(other.0) {
            let sum = u16::from(*part) * (100 - hundredths) + u16::from(to) * hundredths;
            *part = u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX);
        }
        Self(mixed)
    }

    /// Whether it can be read on a ground.
    fn reads_on(self, ground: Self) -> bool {
        self.contrast(ground) >= LEAST
    }

    /// The nearest one towards another that does what is asked.
    fn until(self, other: Self, does: impl Fn(Self) -> bool) -> Self {
        (0..=20).map(|step| self.towards(other, step * 5)).find(|colour| does(*colour)).unwrap_or(other)
    }
}

/// The accent of one theme, and what goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shades {
    /// Links, votes, buttons.
    pub accent: Colour,
    /// The same under a pointer.
    pub strong: Colour,
    /// A ground for it.
    pub soft: Colour,
    /// The edge of that ground.
    pub line: Colour,
    /// Text on it.
    pub on: Colour,
}

/// The accent of the site: a colour that can be read on light paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Accent(Colour);

impl Accent {
    /// The accent of a text such as `#0b5f70`.
    ///
    /// # Errors
    /// [`Problem::NotAColour`]; [`Problem::TooPale`], with the nearest that is not.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let colour = Colour::parse(text)?;
        let enough = colour.until(BLACK, |colour| Self(colour).reads());
        if enough == colour { Ok(Self(colour)) } else { Err(Problem::TooPale { enough: enough.hex() }) }
    }

    /// As it was chosen.
    pub fn colour(self) -> Colour {
        self.0
    }

    fn reads(self) -> bool {
        let light = self.light();
        self.0.reads_on(LIGHT_GROUND) && self.0.reads_on(light.soft) && self.0.reads_on(WHITE)
    }

    /// In the light theme.
    pub fn light(self) -> Shades {
        let accent = self.0;
        Shades {
            accent,
            strong: accent.towards(BLACK, 25),
            soft: accent.towards(WHITE, 88),
            line: accent.towards(WHITE, 62),
            on: WHITE,
        }
    }

    /// In the dark theme: as much lighter as it takes.
    pub fn dark(self) -> Shades {
        let soft = |accent: Colour| accent.towards(DARK_PAPER, 82);
        let accent = self.0.until(WHITE, |colour| colour.reads_on(DARK_GROUND) && colour.reads_on(soft(colour)));
        Shades {
            accent,
            strong: accent.towards(WHITE, 40),
            soft: soft(accent),
            line: accent.towards(DARK_PAPER, 55),
            on: DARK_PAPER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_standard() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        let grey = Colour::parse("#777777").unwrap();
        assert!((grey.contrast(WHITE) - 4.478).abs() < 0.001, "{}", grey.contrast(WHITE));
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for wrong in ["", "petrol", "#fff", "#12345g", "0b5f70", "#0b5f7000", "#０b5f7"] {
            assert_eq!(Colour::parse(wrong), Err(Problem::NotAColour), "{wrong}");
        }
        assert_eq!(Colour::parse(" #0B5f70 ").map(Colour::hex).as_deref(), Ok("#0b5f70"));
    }

    #[test]
    fn every_accent_can_be_read_in_both_themes() {
        let steps = [0_u8, 51, 102, 153, 204, 255];
        for red in steps {
            for green in steps {
                for blue in steps {
                    let chosen = Colour([red, green, blue]);
                    let accent = match Accent::parse(&chosen.hex()) {
                        Ok(accent) => accent,
                        Err(Problem::TooPale { enough }) => Accent::parse(&enough).expect("what is proposed is taken"),
                        Err(other) => panic!("{other:?}"),
                    };
                    let (light, dark) = (accent.light(), accent.dark());
                    let pairs = [
                        (light.accent, WHITE),
                        (light.accent, LIGHT_GROUND),
                        (light.accent, light.soft),
                        (light.strong, light.soft),
                        (light.on, light.accent),
                        (light.on, light.strong),
                        (dark.accent, DARK_PAPER),
                        (dark.accent, DARK_GROUND),
                        (dark.accent, dark.soft),
                        (dark.strong, dark.soft),
                        (dark.on, dark.accent),
                        (dark.on, dark.strong),
                    ];
                    for (n, (text, ground)) in pairs.into_iter().enumerate() {
                        assert!(text.contrast(ground) >= LEAST, "{}: pair {n}: {} on {}", chosen.hex(), text.hex(), ground.hex());
                    }
                }
            }
        }
    }
}
