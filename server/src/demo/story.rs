//! Who does what when: the texts of the demo forum, given to people and moments.

use std::collections::HashSet;

use forum::site::Language;

use super::{
    axis::{DAY, END, Place},
    chance::Chance,
    people::{Customer, SANNE, STAFF},
    texts::{self, Doing, Post},
};

/// What Sanne posted.
const OF_SANNE: [&str; 2] =
    ["Tell me before I sign the lease whether the flat has a live socket", "Billed at both addresses for two months after moving"];

/// What Sanne supports, was solved a few days ago, and she is asked about.
const SUPPORTED_BY_SANNE: &str = "A switch to stop charging at 80 percent";

/// Working days within which people say whether it is solved: always fewer than two weeks.
const SAID_WITHIN: i64 = 5;
/// Working days after which the author has been asked once more: always more than four weeks.
const ASKED_AGAIN_AFTER: i64 = 21;

/// Minutes and hours in seconds.
const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

/// How often each hour of the day, from seven, is the one in which customers write.
const WAKING: [i64; 17] = [3, 6, 6, 5, 5, 7, 6, 5, 5, 6, 7, 6, 9, 10, 8, 4, 1];

/// Somebody, by their place in the list of customers or of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Who {
    Customer(usize),
    Staff(usize),
}

/// Something that somebody did to a post.
#[derive(Debug)]
pub(super) struct Act {
    pub(super) place: Place,
    /// Which post, by its place in the texts.
    pub(super) post: usize,
    pub(super) by: Who,
    pub(super) deed: Deed,
}

impl Act {
    /// Whether it matters who supports the post by now.
    pub(super) fn asks_supporters(&self, posts: &[Post]) -> bool {
        match &self.deed {
            Deed::Answer { answer } => {
                let answer = posts.get(self.post).and_then(|post| post.answers.get(*answer));
                answer.is_some_and(|answer| answer.stage == "delivered")
            }
            Deed::Do { doing: Doing::Again { .. } } => true,
            _ => false,
        }
    }
}

#[derive(Debug)]
pub(super) enum Deed {
    /// Posts it, or the first wording of it.
    Submit { whole: bool },
    /// Gives it its last wording.
    Edit,
    /// Makes somebody of the staff its owner; only if it has none, where nobody in particular is to answer.
    Own { owner: usize, if_free: bool },
    /// Gives the answer of that place in the texts.
    Answer { answer: usize },
    /// Comments: the number of the comment on this post, and that of the one that it replies to.
    Comment { number: usize, parent: Option<usize>, text: String },
    /// Takes a comment back.
    TakeBack { number: usize },
    /// Does what the texts say.
    Do { doing: Doing },
    /// Says whether it is solved.
    Say { solved: bool, note: Option<String> },
}

/// A vote; with a reason it is one against.
pub(super) struct Ballot {
    pub(super) place: Place,
    pub(super) post: usize,
    pub(super) customer: usize,
    pub(super) reason: Option<String>,
}

/// All that happened.
pub(super) struct Story {
    /// What was done, in its order.
    pub(super) acts: Vec<Act>,
    /// The votes, in their order.
    pub(super) ballots: Vec<Ballot>,
    /// By customer: since when they are here.
    pub(super) since: Vec<Place>,
}

/// Gives the texts to people and moments.
pub(super) fn tell(posts: &[Post], customers: &[Customer]) -> Story {
    let mut acts = Vec::new();
    let mut ballots = Vec::new();
    let mut regrets = texts::TAKEN_BACK.to_vec();
    for (number, post) in posts.iter().enumerate() {
        let mut teller = Teller { number, post, customers, chance: Chance::of(&post.title), acts: Vec::new(), ballots: Vec::new() };
        let is_talked_of = post.comments.len() >= 6 && post.age >= 8 && teller.chance.percent(25);
        let regret = regrets.iter().position(|(language, _)| is_talked_of && *language == post.language).map(|n| regrets.remove(n));
        teller.tell(regret.map(|(_, text)| text));
        acts.append(&mut teller.acts);
        ballots.append(&mut teller.ballots);
    }
    // what happened at one moment stays in the order in which it was told
    acts.sort_by_key(|act| act.place);
    ballots.sort_by_key(|ballot| ballot.place);

    let mut first: Vec<Option<Place>> = vec![None; customers.len()];
    let mut seen = |customer: usize, place: Place| first[customer] = Some(first[customer].map_or(place, |f| f.min(place)));
    for act in &acts {
        if let Who::Customer(customer) = act.by {
            seen(customer, act.place);
        }
    }
    for ballot in &ballots {
        seen(ballot.customer, ballot.place);
    }
    let mut chance = Chance::of("since");
    let since = |first: Option<Place>| match first {
        // most come because they have something to say
        Some(place) if chance.percent(60) => place - chance.between(2 * MINUTE, 90 * MINUTE),
        Some(place) => place - chance.between(1, 130) * DAY,
        None => -chance.between(1, 420) * DAY + waking(&mut chance),
    };
    let since = first.into_iter().map(since).collect();
    Story { acts, ballots, since }
}

/// A time of the day at which customers write.
fn waking(chance: &mut Chance) -> i64 {
    let mut left = chance.between(0, WAKING.iter().sum());
    for (hour, weight) in (7..).zip(WAKING) {
        if left < weight {
            return hour * HOUR + chance.between(0, if hour == 23 { 40 * MINUTE } else { HOUR });
        }
        left -= weight;
    }
    20 * HOUR
}

/// The place of somebody of the staff in their list.
fn staff_named(name: &str) -> Option<usize> {
    STAFF.iter().position(|staff| staff.name == name)
}

struct Teller<'a> {
    number: usize,
    post: &'a Post,
    customers: &'a [Customer],
    chance: Chance,
    acts: Vec<Act>,
    ballots: Vec<Ballot>,
}

impl Teller<'_> {
    fn tell(&mut self, regret: Option<&'static str>) {
        let (post, age) = (self.post, i64::from(self.post.age));
        let sanne = self.customers.iter().position(|customer| customer.name == SANNE).unwrap_or(0);
        let author = if OF_SANNE.contains(&post.title.as_str()) { sanne } else { self.somebody(&HashSet::from([sanne]), 1.2) };
        // on the last day early enough for others to have had a say
        let time = if age == 0 { 7 * HOUR + self.chance.between(0, 3 * HOUR) } else { waking(&mut self.chance) };
        let start = -age * DAY + time;

        let edits = age > 0 && texts::first_wording(&post.body).is_some() && self.chance.percent(20);
        self.act(start, Who::Customer(author), Deed::Submit { whole: !edits });
        if edits {
            let place = self.later(start, 4 * MINUTE, 2 * HOUR);
            self.act(place, Who::Customer(author), Deed::Edit);
        }
        let (owners, delivered) = self.answers(start);
        self.comments(start, author, &owners, regret);
        self.votes(start, author, sanne);
        self.duties(start, author);
        if let Some(delivered) = delivered {
            self.said(delivered, author, sanne);
        }
    }

    fn act(&mut self, place: Place, by: Who, deed: Deed) {
        self.acts.push(Act { place, post: self.number, by, deed });
    }

    /// A customer who can have said it: of those who read the language, and not one of these.
    fn somebody(&mut self, but: &HashSet<usize>, skew: f64) -> usize {
        loop {
            let customer = self.chance.place(self.customers.len(), skew);
            let reads = self.customers[customer].language == self.post.language;
            // many who read Dutch write English; few the other way round
            let writes = reads || self.chance.percent(if self.post.language == Language::En { 35 } else { 3 });
            if writes && !but.contains(&customer) {
                return customer;
            }
        }
    }

    /// Some time after a place, within waking hours, and never after the end.
    fn later(&mut self, place: Place, from: i64, to: i64) -> Place {
        let next = place + self.chance.between(from, to);
        let is_awake = (7 * HOUR..23 * HOUR + 40 * MINUTE).contains(&next.rem_euclid(DAY));
        if is_awake && next <= END {
            next
        } else if place < 0 {
            (place.div_euclid(DAY) + 1) * DAY + 7 * HOUR + self.chance.between(0, 2 * HOUR)
        } else {
            place + (END - place).max(0) / 4
        }
    }

    /// The same within the hours of the staff.
    fn later_at_work(&mut self, place: Place, from: i64, to: i64) -> Place {
        let next = place + self.chance.between(from, to);
        if (8 * HOUR + 30 * MINUTE..17 * HOUR + 30 * MINUTE).contains(&next.rem_euclid(DAY)) && next <= END {
            next
        } else if place < 0 {
            (place.div_euclid(DAY) + 1) * DAY + 8 * HOUR + 40 * MINUTE + self.chance.between(0, 2 * HOUR)
        } else {
            self.later(place, 10 * MINUTE, HOUR)
        }
    }

    /// Tells who owned and answered the post. Answers who was accountable since when, and when it was solved last.
    fn answers(&mut self, start: Place) -> (Vec<(Place, usize)>, Option<Place>) {
        let post = self.post;
        let named = |who: &str| staff_named(who.split(',').next().unwrap_or_default().trim());
        let mut delivered = None;
        let of_board = STAFF.iter().position(|staff| staff.boards.contains(&post.board.as_str())).unwrap_or(0);
        let mut owners = Vec::new();
        if post.age > 0 {
            // no post is without an owner for longer than a working day
            let owner = post.answers.first().and_then(|answer| named(&answer.who)).unwrap_or(of_board);
            let place = (start.div_euclid(DAY) + 1) * DAY + 8 * HOUR + self.chance.between(31 * MINUTE, 80 * MINUTE);
            self.act(place, Who::Staff(0), Deed::Own { owner, if_free: post.answers.is_empty() });
            owners.push((place, owner));
        }
        for (number, answer) in post.answers.iter().enumerate() {
            let by = named(&answer.who).unwrap_or(of_board);
            let time = self.chance.between(9 * HOUR + 40 * MINUTE, 16 * HOUR + 40 * MINUTE);
            let place = (start.div_euclid(DAY) + i64::from(answer.after)) * DAY + time;
            let before = owners.last().map_or(by, |(_, owner)| *owner);
            if before != by {
                self.act(place - 15 * MINUTE, Who::Staff(before), Deed::Own { owner: by, if_free: false });
            }
            self.act(place, Who::Staff(by), Deed::Answer { answer: number });
            owners.push((place, by));
            if answer.stage == "delivered" {
                delivered = Some(place);
            }
        }
        if owners.is_empty() {
            owners.push((start, of_board));
        }
        (owners, delivered)
    }

    /// Tells what the texts say that was done.
    fn duties(&mut self, start: Place, author: usize) {
        let mut taken: HashSet<usize> = self.ballots.iter().map(|ballot| ballot.customer).chain([author]).collect();
        let mut others = Vec::new();
        for duty in &self.post.on.deeds {
            let place = (start.div_euclid(DAY) + i64::from(duty.day)) * DAY + duty.time();
            let (who, nth) = duty.by.split_once(' ').unwrap_or((duty.by.as_str(), "1"));
            let nth = nth.parse::<usize>().unwrap_or(1).max(1) - 1;
            let by = match who {
                "author" => Who::Customer(author),
                "supporter" => Who::Customer(self.supporters(place).get(nth).copied().unwrap_or(author)),
                "another" => {
                    while others.len() <= nth {
                        let other = self.somebody(&taken, 1.2);
                        taken.insert(other);
                        others.push(other);
                    }
                    Who::Customer(others[nth])
                }
                name => Who::Staff(staff_named(name).unwrap_or(0)),
            };
            self.act(place, by, Deed::Do { doing: duty.act.clone() });
        }
    }

    /// Those who supported it before a place, the first first.
    fn supporters(&self, before: Place) -> Vec<usize> {
        let mut found: Vec<&Ballot> = self.ballots.iter().filter(|b| b.reason.is_none() && b.place < before).collect();
        found.sort_by_key(|ballot| ballot.place);
        found.into_iter().map(|ballot| ballot.customer).collect()
    }

    /// Tells what those said who were asked whether it is solved. Sanne has not answered yet.
    fn said(&mut self, delivered: Place, author: usize, sanne: usize) {
        let Some(said) = &self.post.on.said else { return };
        let count = said.yes + said.no;
        let asked: Vec<usize> = self.supporters(delivered).into_iter().filter(|who| *who != sanne).take(count).collect();
        let mut notes = said.notes.iter();
        let is_no = |solved: Option<bool>| solved == Some(false);
        let note_of_author = if is_no(said.author) || is_no(said.later) { notes.next().cloned() } else { None };
        let mut last = delivered;
        let (mut yes, mut no) = (said.yes, said.no);
        for (n, customer) in asked.into_iter().enumerate() {
            // those who say no are spread among those who say yes
            let solved = no == 0 || (yes > 0 && (n * said.no) / count == ((n + 1) * said.no) / count);
            let note = if solved { None } else { notes.next().cloned() };
            *(if solved { &mut yes } else { &mut no }) -= 1;
            let day = delivered.div_euclid(DAY) + self.chance.between(0, SAID_WITHIN);
            let place = match day * DAY + waking(&mut self.chance) {
                place if place > delivered + 10 * MINUTE => place,
                _ => self.later(delivered, 10 * MINUTE, 4 * HOUR),
            };
            let place = place.min(END);
            last = last.max(place);
            self.act(place, Who::Customer(customer), Deed::Say { solved, note });
        }
        if let Some(solved) = said.author {
            let place = self.later(last, 5 * MINUTE, 3 * HOUR);
            self.act(place, Who::Customer(author), Deed::Say { solved, note: note_of_author.clone().filter(|_| !solved) });
        }
        if let Some(solved) = said.later {
            let place = (delivered.div_euclid(DAY) + ASKED_AGAIN_AFTER) * DAY + 19 * HOUR;
            self.act(place, Who::Customer(author), Deed::Say { solved, note: note_of_author.filter(|_| !solved) });
        }
    }

    /// Tells who commented: spread over the time in which the post was in the news, a reply soon after what it replies to.
    fn comments(&mut self, start: Place, author: usize, owners: &[(Place, usize)], regret: Option<&'static str>) {
        let post = self.post;
        let news = post.answers.last().map_or(20, |answer| answer.after + 25).min(post.age);
        let count = i64::try_from(post.comments.len()).unwrap_or(1);
        let mut spoken = HashSet::from([author]);
        let mut before = start;
        for (number, comment) in post.comments.iter().enumerate() {
            let nth = i64::try_from(number).unwrap_or(0);
            let day = start.div_euclid(DAY) + i64::from(news) * (2 * nth + 1) / (2 * count);
            let place = match (comment.reply, comment.staff) {
                (true, true) => self.later_at_work(before, 20 * MINUTE, 6 * HOUR),
                (true, false) => self.later(before, 4 * MINUTE, 5 * HOUR),
                (false, true) => day * DAY + self.chance.between(9 * HOUR, 17 * HOUR),
                (false, false) => day * DAY + waking(&mut self.chance),
            };
            let place = match (place > before, comment.staff) {
                (true, _) => place.min(END),
                (false, true) => self.later_at_work(before, 10 * MINUTE, 3 * HOUR),
                (false, false) => self.later(before, 5 * MINUTE, 3 * HOUR),
            };
            let by = if comment.staff {
                let owner = owners.iter().rev().find(|(since, _)| *since < place).or(owners.first());
                Who::Staff(owner.map_or(0, |(_, owner)| *owner))
            } else {
                let customer = self.somebody(&spoken, 1.5);
                spoken.insert(customer);
                Who::Customer(customer)
            };
            let parent = if comment.reply { number.checked_sub(1) } else { None };
            self.act(place, by, Deed::Comment { number, parent, text: comment.text.clone() });
            if let Some(text) = regret
                && number == post.comments.len() / 2
            {
                let number = post.comments.len();
                let by = Who::Customer(self.somebody(&spoken, 1.5));
                let place = self.later(place, 5 * MINUTE, 3 * HOUR);
                self.act(place, by, Deed::Comment { number, parent: None, text: text.to_owned() });
                let place = self.later(place, 3 * MINUTE, 50 * MINUTE);
                self.act(place, by, Deed::TakeBack { number });
            }
            before = place;
        }
    }

    /// Tells who voted: most while the post was young.
    fn votes(&mut self, start: Place, author: usize, sanne: usize) {
        let post = self.post;
        let mut voted = HashSet::from([author]);
        let of_sanne = post.title == SUPPORTED_BY_SANNE;
        let reasons = post.oppose.iter().map(|reason| Some(reason.clone()));
        for reason in std::iter::repeat_n(None, post.support).chain(reasons) {
            let customer = if of_sanne && voted.len() == 1 { sanne } else { self.somebody(&voted, 1.5) };
            voted.insert(customer);
            let days = self.chance.place(usize::try_from(post.age).unwrap_or(0) + 1, 2.4);
            let day = start.div_euclid(DAY) + i64::try_from(days).unwrap_or(0);
            let place = match day * DAY + waking(&mut self.chance) {
                place if place > start + 2 * MINUTE => place,
                _ => start + self.chance.between(2 * MINUTE, (start.div_euclid(DAY) * DAY + END - start).max(3 * MINUTE)),
            };
            self.ballots.push(Ballot { place: place.min(END), post: self.number, customer, reason });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{super::people, *};

    #[test]
    fn everything_happens_after_what_it_follows_from() {
        let (posts, customers) = (texts::all().unwrap(), people::customers());
        let story = tell(&posts, &customers);
        let mut there: HashSet<usize> = HashSet::new();
        let mut said: HashMap<(usize, usize), Who> = HashMap::new();
        let mut start = HashMap::new();
        for act in &story.acts {
            assert!(act.place <= END);
            match &act.deed {
                Deed::Submit { .. } => {
                    assert!(there.insert(act.post));
                    start.insert(act.post, (act.place, act.by));
                }
                Deed::Comment { number, parent, .. } => {
                    assert!(parent.is_none_or(|parent| said.contains_key(&(act.post, parent))), "{}", posts[act.post].title);
                    said.insert((act.post, *number), act.by);
                }
                Deed::TakeBack { number } => assert_eq!(said[&(act.post, *number)], act.by),
                Deed::Edit | Deed::Own { .. } | Deed::Answer { .. } | Deed::Do { .. } | Deed::Say { .. } => {}
            }
            assert!(there.contains(&act.post), "{}", posts[act.post].title);
        }
        let mut voted = HashSet::new();
        for ballot in &story.ballots {
            assert!(voted.insert((ballot.post, ballot.customer)), "one vote a person");
            let (place, author) = start[&ballot.post];
            assert!(ballot.place > place && ballot.place <= END && author != Who::Customer(ballot.customer));
        }
        assert_eq!((there.len(), voted.len()), (300, 9_000));
    }

    #[test]
    fn sanne_has_posted_voted_and_commented() {
        let (posts, customers) = (texts::all().unwrap(), people::customers());
        let sanne = customers.iter().position(|customer| customer.name == SANNE).unwrap();
        let story = tell(&posts, &customers);
        let of_sanne =
            |wanted: fn(&Deed) -> bool| story.acts.iter().filter(|act| act.by == Who::Customer(sanne) && wanted(&act.deed)).count();
        assert_eq!(of_sanne(|deed| matches!(deed, Deed::Submit { .. })), 2);
        assert!(of_sanne(|deed| matches!(deed, Deed::Comment { .. })) >= 2);
        assert!(story.ballots.iter().filter(|ballot| ballot.customer == sanne).count() >= 8);
    }
}
