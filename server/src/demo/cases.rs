//! Posts of the demo forum that are one matter, and two of which a customer thinks that they are.

use forum::{Error, Tx, actor::Actor, case, id::PostId};

use super::{
    Summary, Teller,
    axis::{DAY, Place},
    story::Who,
};

/// An hour in seconds.
const HOUR: i64 = 3600;

/// One matter: when its posts were merged, by whom of the staff, under which house rule and why, by their titles.
pub(super) struct Matter {
    pub(super) place: Place,
    by: &'static str,
    rule: i32,
    reason: &'static str,
    head: &'static str,
    members: &'static [&'static str],
}

/// The matters, in the order in which they became one.
pub(super) const MATTERS: [Matter; 5] = [
    Matter {
        place: -6 * DAY + 10 * HOUR,
        by: "Femke",
        rule: 6,
        reason: "Three of you returned what you had borrowed and went on paying for it. It is one fault in how returns are booked.",
        head: "Charged €89 for a modem that I returned in time",
        members: &[
            "Charged 85 euros for a router I returned in March",
            "Five months paying for a second box I returned in the store",
        ],
    },
    Matter {
        place: -5 * DAY + 15 * HOUR,
        by: "Noor",
        rule: 6,
        reason: "The same evening in the same shops, asked for in two languages and from two counters.",
        head: "One evening a month: repair your own phone in the store, with help",
        members: &["Eén avond per maand samen repareren in de winkel", "Repair café on Saturdays in the bigger shops"],
    },
    Matter {
        place: -4 * DAY + 11 * HOUR,
        by: "Femke",
        rule: 6,
        reason: "All of these ask that leaving be as easy as joining. We answer them together.",
        head: "Cancelling took 52 minutes and four offers I had refused",
        members: &[
            "Three clicks to subscribe, one phone call of 25 minutes to leave",
            "A button: what would it cost me to cancel today?",
            "Opzeggen met één knop, net zo makkelijk als aanmelden",
        ],
    },
    Matter {
        place: -2 * DAY + 9 * HOUR,
        by: "Femke",
        rule: 6,
        reason: "The complaints say what the idea would have prevented: nobody stopped the roaming in time.",
        head: "A hard stop for roaming outside the EU, set by me",
        members: &[
            "214 euros for one night on the ferry to Newcastle",
            "The 50-euro roaming warning came nine hours after I had passed it",
        ],
    },
    Matter {
        place: -DAY + 14 * HOUR,
        by: "Noor",
        rule: 6,
        reason: "One desk sends people to the next and back, whether by phone, by chat or in a shop.",
        head: "Chat told me to call, the phone told me to chat",
        members: &[
            "Servicedesk zegt winkel, winkel zegt servicedesk, en ik fiets ertussen",
            "Doorverbonden, doorverbonden, doorverbonden",
            "Let the chat pass me to the phone without starting over",
        ],
    },
];

/// When a customer proposes what nobody has decided.
pub(super) const PROPOSED: Place = -DAY + 16 * HOUR;
const SAME: [&str; 2] =
    ["Print the price of the four most common repairs on the box", "Tell me the repair price before I hand over the phone"];
const WORDS: &str = "Both want to know what a repair costs before it is too late to say no.";

impl Teller<'_> {
    fn titled(&self, title: &str) -> Result<PostId, Error> {
        let place = self.posts.iter().position(|post| post.title == title);
        self.id(place.ok_or_else(|| Error::internal(format!("no post is called {title}")))?)
    }

    /// Makes posts one matter.
    pub(super) async fn merge(&self, tx: &mut Tx, matter: &Matter, summary: &mut Summary) -> Result<(), Error> {
        let me = self.actors.staff.iter().find(|me| me.name == matter.by).ok_or_else(|| Error::internal("nobody of that name"))?;
        tx.act_as(Actor::Person(me.clone()))?;
        let head = self.titled(matter.head)?;
        for member in matter.members {
            case::merge(tx, self.titled(member)?, Some(head), Some(matter.rule), matter.reason).await?;
            summary.merged += 1;
        }
        summary.cases += 1;
        Ok(())
    }

    /// Proposes to make two posts one matter.
    pub(super) async fn propose(&self, tx: &mut Tx, summary: &mut Summary) -> Result<(), Error> {
        tx.act_as(Actor::Person(self.actors.of(Who::Customer(7))?.clone()))?;
        case::propose(tx, self.titled(SAME[0])?, Some(self.titled(SAME[1])?), Some(WORDS)).await?;
        summary.proposed += 1;
        Ok(())
    }
}
