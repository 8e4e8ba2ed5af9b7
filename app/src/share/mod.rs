//! The pictures that stand beside a link to the forum elsewhere: of a post what it says, where it stands and what came of it; of the
//! site who it is. Each is for everybody: what a visitor may not read has none.
//!
//! A picture stands under an address that changes with all that it shows, and with what draws it. It is drawn when somebody asks, by two
//! threads at most and apart from those that answer, once however many ask at the same time, and kept in memory.

mod drawing;
mod letters;

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use forum::{
    Error,
    id::PostId,
    post::{Kind, PostRow},
    site::{Language, Shades, Site},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use crate::{
    i18n::{Words, names},
    parts::pill::{self, status_name_in},
    t,
};

/// Pixels from left to right, as those who show previews ask for it.
pub const WIDTH: u32 = 1200;
/// Pixels from top to bottom.
pub const HEIGHT: u32 = 630;
/// The type of a picture.
pub const MEDIA: &str = "image/png";

/// Pictures that are drawn at the same time: the rest of the machine is for those who wait for a page.
const HANDS: usize = 2;
/// Bytes of pictures that are kept at most.
const MOST: u64 = 16 * 1024 * 1024;

/// A page that has a picture of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Page {
    /// The home page, and every page that has no other.
    Site,
    /// The roadmap.
    Roadmap,
    /// The changelog.
    Changelog,
}

impl Page {
    /// As addresses spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Roadmap => "roadmap",
            Self::Changelog => "changelog",
        }
    }

    /// The page of that name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Site, Self::Roadmap, Self::Changelog].into_iter().find(|page| page.as_str() == text)
    }
}

/// All that a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Card {
    language: &'static str,
    site: String,
    /// The colour of the site and the ground and text that go with it.
    accent: [String; 3],
    shows: Shows,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
enum Shows {
    Page { page: Page, title: String, text: String, tagline: String },
    Post(Box<OfPost>),
}

/// What is shown of a post.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
struct OfPost {
    id: PostId,
    kind: &'static str,
    /// What it is, with its number.
    what: String,
    board: String,
    title: String,
    status: String,
    glyph: &'static str,
    /// The text and the ground of the status.
    colours: [String; 2],
    /// What is counted, with the words beside the number.
    figures: Vec<(String, String)>,
}

/// The colours of the light theme that a site can choose.
fn accent_of(site: &Site) -> [String; 3] {
    let of = |shades: Shades| [shades.accent, shades.soft, shades.strong].map(forum::site::Colour::hex);
    let own = site.accent.map(|accent| of(accent.light()));
    own.unwrap_or_else(|| ["--accent", "--accent-soft", "--accent-strong"].map(|name| drawing::token(name).to_owned()))
}

impl Card {
    /// The picture of a post; nothing of one that not everybody may read as it is.
    pub fn of_post(words: &Words, site: &Site, post: &PostRow) -> Option<Self> {
        if post.board.private || post.held || post.hidden.is_some() {
            return None;
        }
        let language = words.language;
        let accent = accent_of(site);
        let kind = words.name(names::KIND, post.kind);
        let counted = |n: i64, word: String| (words.number(n), word);
        let mut figures = vec![counted(post.case_support, support(words, post.kind, post.case_support))];
        if post.oppose_count > 0 {
            figures.push(counted(post.oppose_count, t!(words, "share-against")));
        }
        figures.push(counted(post.case_comments, t!(words, "share-comments", n = post.case_comments)));
        let colours = match pill::shades(&post.status) {
            // what takes the accent takes that of the site
            ("--accent-strong", "--accent-soft") => [accent[2].clone(), accent[1].clone()],
            (text, ground) => [text, ground].map(|name| drawing::token(name).to_owned()),
        };
        let shows = OfPost {
            id: post.id,
            kind: post.kind.as_str(),
            what: t!(words, "share-what", kind = kind, number = post.id.0),
            board: post.board.called(language).to_owned(),
            title: post.title.clone(),
            status: status_name_in(words, &post.status),
            glyph: pill::stage_icon(post.status.stage),
            colours,
            figures,
        };
        Some(Self { language: language.tag(), site: site.name.clone(), accent, shows: Shows::Post(Box::new(shows)) })
    }

    /// The picture of a page.
    pub fn of_page(words: &Words, site: &Site, page: Page) -> Self {
        let name = site.name.as_str();
        let (title, text) = match page {
            Page::Site => {
                let about = site.about(words.language).map(str::to_owned);
                (site.name.clone(), about.unwrap_or_else(|| t!(words, "hero-about", site = name)))
            }
            Page::Roadmap => (t!(words, "nav-roadmap"), t!(words, "roadmap-description", site = name)),
            Page::Changelog => (t!(words, "changelog-title"), t!(words, "changelog-lede", site = name)),
        };
        let shows = Shows::Page { page, title, text, tagline: t!(words, "hero") };
        Self { language: words.language.tag(), site: site.name.clone(), accent: accent_of(site), shows }
    }

    /// What it shows, for those who do not see it.
    pub fn alt(&self, words: &Words) -> String {
        match &self.shows {
            Shows::Page { page: Page::Site, text, .. } => {
                t!(words, "share-alt-page", title = self.site.as_str(), text = text.as_str())
            }
            Shows::Page { title, text, .. } => t!(words, "share-alt-page", title = title.as_str(), text = text.as_str()),
            Shows::Post(post) => {
                let figures: Vec<String> = post.figures.iter().map(|(n, word)| format!("{n} {word}")).collect();
                t!(
                    words,
                    "share-alt-post",
                    what = post.what.as_str(),
                    title = post.title.as_str(),
                    status = post.status.as_str(),
                    figures = figures.join(", "),
                )
            }
        }
    }

    /// A name that changes with what it shows.
    pub fn version(&self) -> String {
        /// What draws it is a part of what it looks like.
        static DRAWN_BY: LazyLock<[u8; 32]> =
            LazyLock::new(|| Sha256::digest(concat!(include_str!("drawing.rs"), include_str!("letters.rs"))).into());
        let shown = serde_json::to_vec(self).unwrap_or_default();
        let digest = Sha256::new().chain_update(*DRAWN_BY).chain_update(shown).finalize();
        hex::encode(digest)[..16].to_owned()
    }

    /// Where it is.
    pub fn address(&self) -> String {
        let (language, version) = (self.language, self.version());
        match &self.shows {
            Shows::Page { page, .. } => format!("/share/{language}/{}/{version}.png", page.as_str()),
            Shows::Post(post) => format!("/share/{language}/post/{}/{version}.png", post.id),
        }
    }
}

fn support(words: &Words, kind: Kind, n: i64) -> String {
    if kind.can_be_opposed() { t!(words, "share-support", n = n) } else { t!(words, "share-me-too", n = n) }
}

/// A picture that was drawn.
#[derive(Debug)]
pub struct Picture {
    /// The bytes of its file.
    pub content: Bytes,
    /// A name of just these bytes, which depend on the fonts of the machine as well.
    pub tag: String,
}

/// The pictures that were drawn.
#[derive(Clone)]
pub struct Pictures {
    shelf: moka::future::Cache<String, Arc<Picture>>,
    hands: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        let weight =
            |key: &String, picture: &Arc<Picture>| u32::try_from(key.len() + picture.content.len() + 256).unwrap_or(u32::MAX);
        Self {
            shelf: moka::future::Cache::builder().max_capacity(MOST).weigher(weight).build(),
            hands: Arc::new(Semaphore::new(HANDS)),
        }
    }
}

impl Pictures {
    /// The picture of a card: drawn now, if nobody had it drawn before.
    ///
    /// # Errors
    /// [`Error::Internal`] only.
    pub async fn of(&self, card: &Card) -> Result<Arc<Picture>, Arc<Error>> {
        self.made(card, drawing::draw).await
    }

    async fn made(&self, card: &Card, draw: fn(&Card) -> Result<Vec<u8>, Error>) -> Result<Arc<Picture>, Arc<Error>> {
        let make = async {
            let _hand = self.hands.acquire().await.map_err(Error::internal)?;
            let card = card.clone();
            let content = tokio::task::spawn_blocking(move || draw(&card)).await.map_err(Error::internal)??;
            let tag = hex::encode(&Sha256::digest(&content)[..16]);
            Ok(Arc::new(Picture { content: content.into(), tag }))
        };
        let picture = self.shelf.try_get_with(card.version(), make).await;
        self.shelf.run_pending_tasks().await;
        picture
    }
}

/// The languages that a picture can be had in, as its address spells them.
pub fn language(site: &Site, tag: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.tag() == tag && site.offers(*language))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use forum::status::Stage;

    use super::*;

    static DRAWN: AtomicU32 = AtomicU32::new(0);

    #[expect(clippy::unnecessary_wraps, reason = "it stands in for what may fail")]
    fn slowly(card: &Card) -> Result<Vec<u8>, Error> {
        std::thread::sleep(std::time::Duration::from_millis(50));
        DRAWN.fetch_add(1, Ordering::SeqCst);
        Ok(card.site.clone().into_bytes())
    }

    #[tokio::test]
    async fn many_who_ask_at_once_have_it_drawn_once() {
        let pictures = Pictures::default();
        let card = Card::of_page(Words::of(Language::En), &Site::default(), Page::Site);
        let asked = (0..50).map(|_| {
            let (pictures, card) = (pictures.clone(), card.clone());
            tokio::spawn(async move { pictures.made(&card, slowly).await.map(|picture| picture.tag.clone()) })
        });
        let mut tags = Vec::new();
        for asked in asked.collect::<Vec<_>>() {
            tags.push(asked.await.unwrap().unwrap());
        }
        tags.dedup();
        assert_eq!((tags.len(), DRAWN.load(Ordering::SeqCst)), (1, 1));
        let other = Card { site: "Other".to_owned(), ..card };
        pictures.made(&other, slowly).await.unwrap();
        assert_eq!(DRAWN.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_picture_has_another_name_when_it_shows_something_else() {
        let words = Words::of(Language::En);
        let mut site = Site::default();
        let one = Card::of_page(words, &site, Page::Site);
        assert_eq!(one.version(), Card::of_page(words, &site, Page::Site).version());
        assert_ne!(one.version(), Card::of_page(words, &site, Page::Roadmap).version());
        assert_ne!(one.version(), Card::of_page(Words::of(Language::Nl), &site, Page::Site).version());
        site.accent = forum::site::Accent::parse("#7a1f5c").ok();
        assert_ne!(one.version(), Card::of_page(words, &site, Page::Site).version());
    }

    #[test]
    fn every_stage_has_its_colours() {
        for stage in Stage::ALL {
            let (text, ground) = pill::shades_of_stage(stage);
            assert!(drawing::token(text).starts_with('#') && drawing::token(ground).starts_with('#'), "{stage:?}");
        }
    }
}
