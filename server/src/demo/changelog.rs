//! What the demo forum tells of what was delivered: entries in public, one that was corrected, one that was withdrawn, one that is to be
//! published, and a draft.

use chrono::{SecondsFormat, TimeDelta};
use forum::{
    Error, Tx,
    actor::Actor,
    changelog::{self, Draft, Edit},
};

use super::{
    Teller,
    axis::{DAY, Place},
    story::Who,
};

/// An entry, and what becomes of it.
struct Told {
    /// When it is published: so many working days ago.
    ago: Place,
    category: &'static str,
    title: &'static str,
    body: &'static str,
    /// The titles of its posts; an entry without any is for everybody.
    posts: &'static [&'static str],
    fate: Fate,
}

enum Fate {
    Stands,
    /// After so many working days the text became another one, for a reason.
    Corrected(Place, &'static str, &'static str),
    Withdrawn(Place, &'static str),
    /// It is published so many days from now.
    Scheduled(i64),
    Draft,
}

/// Who of the staff writes them.
const WRITER: Who = Who::Staff(1);

const ENTRIES: [Told; 11] = [
    Told {
        ago: 154,
        category: "improved",
        title: "Recordings end when the programme does",
        body: "All recordings follow the end as it is broadcast, or run ten minutes longer: a match that goes into extra time is \
               **recorded to the end**. Under *Recordings*, *Margins* you set up to 30 minutes per series, before and after.",
        posts: &["Keep recording until the programme has really ended"],
        fate: Fate::Stands,
    },
    Told {
        ago: 131,
        category: "new",
        title: "Know when the engineer comes",
        body: "Every visit gets a slot of two hours the evening before, and one of one hour on the day, by text message and with the \
               first name of the engineer.",
        posts: &["Show me where the engineer is instead of “between 8 and 5”"],
        fate: Fate::Stands,
    },
    Told {
        ago: 112,
        category: "new",
        title: "Ten shops are open on Sunday",
        body: "From noon to five, in Groningen, Assen, Leeuwarden and seven other towns.",
        posts: &[],
        fate: Fate::Withdrawn(60, "It was a trial of two months. The shops are open on Sundays in December only."),
    },
    Told {
        ago: 90,
        category: "new",
        title: "See how busy a shop is",
        body: "The pages of all 47 shops show how many people wait, for how long, and whether somebody is at the repair desk.",
        posts: &["Show how busy a shop is before I cycle there"],
        fate: Fate::Stands,
    },
    Told {
        ago: 73,
        category: "new",
        title: "Volg je reparatie met foto's",
        body: "Voor elke reparatie die via een winkel binnenkomt: vier stappen, een verwachte datum, en een foto als je moet kiezen. \
               Reparaties per post horen er nog niet bij.",
        posts: &["Laat in de app zien hoe ver mijn reparatie is, met foto"],
        fate: Fate::Stands,
    },
    Told {
        ago: 70,
        category: "improved",
        title: "Your invoice says what changed",
        body: "Every invoice starts with what is different from last month, and why: on paper, in the PDF and in the app.",
        posts: &["An invoice that says what changed since last month"],
        fate: Fate::Corrected(
            64,
            "Every invoice starts with what is different from last month, and why: on paper, in the PDF and in the app. Three in a \
             hundred differences still say *Other*; we keep working on those.",
            "We wrote as if every difference had its reason, and three in a hundred have none yet.",
        ),
    },
    Told {
        ago: 61,
        category: "new",
        title: "Kies zelf wanneer je een datamelding krijgt",
        body: "In de app onder *Verbruik*, tandwiel, *Meldingen*. Tussen elf uur 's avonds en zeven uur 's ochtends houden we ze vast, \
               behalve die van 100%.",
        posts: &["Zelf kiezen bij welk percentage ik een datamelding krijg"],
        fate: Fate::Stands,
    },
    Told {
        ago: 47,
        category: "fixed",
        title: "Routers that stay up",
        body: "- All Noordbox 4 routers run 4.2.3, and none restarts at night for this reason.\n- Video calls hold for longer than 40 \
               minutes.\n\nA new version runs for 72 hours in the lab and in 400 homes before anybody else gets it.",
        posts: &["Noordbox 4 herstart elke nacht om 03.10 uur", "Video calls drop every 40 minutes since firmware 4.2"],
        fate: Fate::Stands,
    },
    Told {
        ago: 2,
        category: "new",
        title: "Stop charging at 80 percent",
        body: "Version 6.3 has the switch under *Battery*: stop at 80, at 90 or not at all. Who charges at night can have the last part \
               done just before the alarm. It is off unless you switch it on.",
        posts: &["A switch to stop charging at 80 percent"],
        fate: Fate::Stands,
    },
    Told {
        ago: 0,
        category: "new",
        title: "A loan phone while yours is repaired",
        body: "Every shop with a repair desk lends a phone when a repair takes longer than a day. Yours is wiped at the counter, with you \
               present.",
        posts: &["Een leentoestel bij elke reparatie die langer duurt dan een dag", "A loan phone during repair, however ugly"],
        fate: Fate::Scheduled(3),
    },
    Told {
        ago: 0,
        category: "new",
        title: "Refurbished phones, as good as new",
        body: "On the site and in twelve shops, in three grades, each with the date until which it gets updates. *Still to add: the \
               warranty.*",
        posts: &["Refurbished Noordlicht phones, with a new battery and a proper warranty"],
        fate: Fate::Draft,
    },
];

/// Ten in the morning.
const MORNING: Place = 10 * 3600;

/// Tells of what was delivered, each at its time.
pub(super) async fn tell(teller: &Teller<'_>, tx: &mut Tx) -> Result<(), Error> {
    let now = tx.now();
    tx.act_as(Actor::Person(teller.actors.of(WRITER)?.clone()))?;
    for Told { ago, category, title, body, posts, fate } in &ENTRIES {
        let at = |ago: Place| if ago > 0 { teller.axis.at(MORNING - ago * DAY) } else { now };
        tx.act_at(at(*ago))?;
        let numbers = posts.iter().map(|title| {
            let place = teller.posts.iter().position(|post| post.title == *title);
            let place = place.ok_or_else(|| Error::internal(format!("there is no post “{title}”")))?;
            Ok(teller.id(place)?.to_string())
        });
        let draft = Draft {
            category: (*category).to_owned(),
            title: (*title).to_owned(),
            body: (*body).to_owned(),
            posts: numbers.collect::<Result<_, Error>>()?,
            for_all: posts.is_empty(),
            typed_in: None,
        };
        let entry = changelog::write(tx, &draft).await?.id;
        match fate {
            Fate::Draft => {}
            Fate::Scheduled(days) => {
                let on = (now + TimeDelta::days(*days)).to_rfc3339_opts(SecondsFormat::Secs, true);
                changelog::publish(tx, entry, Some(&on), None).await?;
            }
            Fate::Stands => drop(changelog::publish(tx, entry, None, None).await?),
            Fate::Withdrawn(ago, reason) => {
                changelog::publish(tx, entry, None, None).await?;
                tx.act_at(at(*ago))?;
                changelog::withdraw(tx, entry, reason).await?;
            }
            Fate::Corrected(ago, body, reason) => {
                changelog::publish(tx, entry, None, None).await?;
                tx.act_at(at(*ago))?;
                let edit = Edit { body: Some((*body).to_owned()), reason: Some((*reason).to_owned()), ..Edit::default() };
                changelog::edit(tx, entry, &edit).await?;
            }
        }
    }
    tx.act_at(now)
}
