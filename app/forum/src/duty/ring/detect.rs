//! Which accounts vote as one. It looks at who votes on the same posts from the same devices and networks, and knows nothing of texts,
//! names or what a post is about.
//!
//! People who vote alike are no ring: a club, a campaign and a class do so. Nor is a network that many share: an office, a school and a
//! telephone company are one. A group is only pointed out when its accounts vote on the same few posts *and* share devices, or share a
//! network that is nearly theirs alone together with sign-ups or votes that come in one rush.

use std::collections::{BTreeMap, BTreeSet};

/// Accounts that are linked, at least: fewer are nobody's business.
pub const LEAST: usize = 5;
/// Of these, how many vote on the same posts, at least.
const HEART: usize = 4;
/// Accounts of a network beyond which it binds nobody together.
const WIDEST: usize = 400;
/// Seconds in which sign-ups count as one rush.
const RUSH: i64 = 24 * 3600;
/// Seconds in which votes on one post count as one rush.
const AT_ONCE: i64 = 3600;
/// How much of its posts an account of a group votes on, at least.
const COVERS: f64 = 0.6;
/// From which weight on a sign is told to the staff.
pub(crate) const TOLD: f64 = 0.5;
/// The score from which on a group is pointed out.
const ENOUGH: f64 = 2.2;

/// An account, as far as this looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Voter {
    /// When it was made, in seconds.
    pub(crate) made: i64,
    /// Digests of its devices.
    pub(crate) devices: Vec<i64>,
    /// Digests of its networks.
    pub(crate) networks: Vec<i64>,
    /// What it votes on in which sense, and when.
    pub(crate) votes: BTreeMap<i64, i64>,
}

/// A group that votes as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    /// The places of its accounts in what was looked at.
    pub(crate) members: Vec<usize>,
    /// What they vote on.
    pub(crate) posts: Vec<i64>,
    /// What speaks for it.
    pub(crate) signs: Signs,
}

/// What speaks for a group, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Signs {
    /// How much the accounts vote on the same posts, and on nothing else.
    pub(crate) alike: f64,
    /// How few devices there are for so many accounts.
    pub(crate) devices: f64,
    /// How few networks there are for so many accounts, and how much those are theirs alone.
    pub(crate) networks: f64,
    /// How many are on a network with each other that more than as many others are on as well: at a school, an office, a library.
    pub(crate) in_public: f64,
    /// How many of the posts an account votes on, on average.
    pub(crate) covers: f64,
    /// How many were made within a day.
    pub(crate) made: f64,
    /// How many of the votes on a post came within an hour.
    pub(crate) at_once: f64,
}

impl Signs {
    fn score(&self) -> f64 {
        self.alike + 1.2 * self.devices + self.networks + 0.6 * self.made + 0.6 * self.at_once
    }

    /// Whether the group is to be pointed out. Voting alike alone never is, nor is a network with nothing else.
    fn suffice(&self, members: usize, posts: usize) -> bool {
        let in_a_rush = self.made >= 0.6 || self.at_once >= 0.6;
        // a few at one computer of a school are a lesson
        let is_lesson = self.in_public >= 0.5 && members < 10;
        let by_device = self.devices >= 0.6 && posts >= 2 && !is_lesson;
        let by_network = self.networks >= 0.5 && posts >= 3 && in_a_rush && self.alike >= 0.6 && self.covers >= 0.82;
        // a household shares all there is, and may have come on one evening, but does not vote within an hour
        let is_no_home = members >= 7 || self.at_once >= 0.6;
        self.alike >= 0.5 && (by_device || by_network) && is_no_home && self.score() >= ENOUGH
    }
}

/// The groups among these voters. `on_network` says how many accounts of the whole forum are on a network.
pub(crate) fn groups(voters: &[Voter], on_network: &BTreeMap<i64, usize>) -> Vec<Group> {
    let by_device = linked(voters, |voter| voter.devices.clone());
    let narrow = |network: &i64| on_network.get(network).is_none_or(|accounts| *accounts <= WIDEST);
    let by_any = linked(voters, |voter| {
        let networks = voter.networks.iter().copied().filter(narrow);
        voter.devices.iter().copied().chain(networks).collect()
    });
    let mut found: Vec<Group> =
        by_device.into_iter().chain(by_any).filter_map(|members| group(voters, &members, on_network)).collect();
    found.sort_by(|a, b| {
        (b.members.len(), b.signs.score()).partial_cmp(&(a.members.len(), a.signs.score())).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut taken = BTreeSet::new();
    found.retain(|group| {
        let known = group.members.iter().filter(|member| taken.contains(*member)).count();
        let is_new = known * 2 <= group.members.len();
        if is_new {
            taken.extend(group.members.iter().copied());
        }
        is_new
    });
    found
}

/// Accounts that are linked: by what they share, as long as they vote alike as well.
fn linked(voters: &[Voter], shared: impl Fn(&Voter) -> Vec<i64>) -> Vec<Vec<usize>> {
    let mut by_key: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (place, voter) in voters.iter().enumerate() {
        for key in shared(voter) {
            by_key.entry(key).or_default().push(place);
        }
    }
    let mut links = Links::new(voters.len());
    for places in by_key.values().filter(|places| places.len() <= WIDEST) {
        for (n, one) in places.iter().enumerate() {
            for other in &places[n + 1..] {
                if vote_alike(&voters[*one], &voters[*other]) {
                    links.join(*one, *other);
                }
            }
        }
    }
    links.groups().into_iter().filter(|group| group.len() >= LEAST).collect()
}

/// Whether two accounts vote on two posts at least that are half of what one of them votes on.
fn vote_alike(one: &Voter, other: &Voter) -> bool {
    let (few, many) = if one.votes.len() <= other.votes.len() { (one, other) } else { (other, one) };
    let both = few.votes.keys().filter(|post| many.votes.contains_key(post)).count();
    both >= 2 && both * 2 >= few.votes.len()
}

/// The heart of a group: the posts that most of it votes on, and the accounts that vote on most of those.
fn group(voters: &[Voter], linked: &[usize], on_network: &BTreeMap<i64, usize>) -> Option<Group> {
    let mut members = linked.to_vec();
    let mut posts = common(voters, &members);
    if posts.len() < 2 {
        posts = top(voters, &members, 3);
    }
    for _ in 0..8 {
        let covers = |member: &usize| covered(&voters[*member], &posts) >= COVERS * posts.len() as f64;
        let next: Vec<usize> = linked.iter().copied().filter(covers).collect();
        if next.len() < HEART {
            return None;
        }
        let (same, before) = (next == members, posts.len());
        members = next;
        posts = common(voters, &members);
        if posts.len() < 2 {
            return None;
        }
        if same && posts.len() == before {
            break;
        }
    }
    let signs = signs(voters, &members, &posts, on_network);
    signs.suffice(members.len(), posts.len()).then_some(Group { members, posts, signs })
}

fn covered(voter: &Voter, posts: &[i64]) -> f64 {
    posts.iter().filter(|post| voter.votes.contains_key(post)).count() as f64
}

fn voted_on(voters: &[Voter], members: &[usize]) -> Vec<(i64, usize)> {
    let mut posts: BTreeMap<i64, usize> = BTreeMap::new();
    for post in members.iter().flat_map(|member| voters[*member].votes.keys()) {
        *posts.entry(*post).or_default() += 1;
    }
    let mut posts: Vec<(i64, usize)> = posts.into_iter().collect();
    posts.sort_by_key(|(post, times)| (std::cmp::Reverse(*times), *post));
    posts
}

/// The posts that most of a group votes on.
fn common(voters: &[Voter], members: &[usize]) -> Vec<i64> {
    let most = COVERS * members.len() as f64;
    voted_on(voters, members).into_iter().filter(|(_, times)| *times as f64 >= most).map(|(post, _)| post).collect()
}

fn top(voters: &[Voter], members: &[usize], n: usize) -> Vec<i64> {
    voted_on(voters, members).into_iter().take(n).map(|(post, _)| post).collect()
}

fn signs(voters: &[Voter], members: &[usize], posts: &[i64], on_network: &BTreeMap<i64, usize>) -> Signs {
    let n = members.len() as f64;
    let alike = members.iter().map(|member| {
        let (both, all) = (covered(&voters[*member], posts), voters[*member].votes.len() as f64);
        (both / posts.len() as f64) * (both / all)
    });
    let made = fullest(members.iter().map(|member| voters[*member].made).collect(), RUSH) as f64 / n;
    let at_once = posts.iter().map(|post| {
        let times: Vec<i64> = members.iter().filter_map(|member| voters[*member].votes.get(post).copied()).collect();
        let all = times.len() as f64;
        fullest(times, AT_ONCE) as f64 / all
    });
    Signs {
        alike: alike.sum::<f64>() / n,
        devices: shares(voters, members, |voter| &voter.devices, |_, _| 1.0),
        // of a network that many others are on as well little follows
        networks: shares(
            voters,
            members,
            |voter| &voter.networks,
            |network, among| {
                let all = on_network.get(&network).copied().unwrap_or(among).max(among);
                among as f64 / all as f64
            },
        ),
        in_public: in_public(voters, members, on_network),
        covers: members.iter().map(|member| covered(&voters[*member], posts)).sum::<f64>() / (n * posts.len() as f64),
        made,
        at_once: at_once.sum::<f64>() / posts.len() as f64,
    }
}

fn in_public(voters: &[Voter], members: &[usize], on_network: &BTreeMap<i64, usize>) -> f64 {
    let mut among: BTreeMap<i64, usize> = BTreeMap::new();
    for network in members.iter().flat_map(|member| &voters[*member].networks) {
        *among.entry(*network).or_default() += 1;
    }
    let is_public = |network: &i64| {
        let here = among.get(network).copied().unwrap_or(0);
        here >= 2 && on_network.get(network).is_some_and(|all| *all >= 2 * here)
    };
    members.iter().filter(|member| voters[**member].networks.iter().any(is_public)).count() as f64 / members.len() as f64
}

/// How much the accounts of a group share of a kind: 1 when all share one thing that nobody else has, 0 when nobody shares any.
fn shares(voters: &[Voter], members: &[usize], of: impl Fn(&Voter) -> &Vec<i64>, weight: impl Fn(i64, usize) -> f64) -> f64 {
    let mut by_key: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for member in members {
        for key in of(&voters[*member]) {
            by_key.entry(*key).or_default().push(*member);
        }
    }
    let mut best: BTreeMap<usize, f64> = BTreeMap::new();
    for (key, sharing) in by_key.iter().filter(|(_, sharing)| sharing.len() >= 2) {
        let others = (sharing.len() - 1) as f64;
        // two or three at each of many devices are a school; a third of all at one weighs in full
        let part = (others / (members.len() as f64 / 3.0).max(2.0)).min(1.0);
        let weight = part * weight(*key, sharing.len());
        for member in sharing {
            let known = best.entry(*member).or_default();
            *known = known.max(weight);
        }
    }
    best.values().sum::<f64>() / members.len() as f64
}

/// How many of these moments at most are within a span.
fn fullest(mut times: Vec<i64>, span: i64) -> usize {
    times.sort_unstable();
    let (mut first, mut most) = (0, 0);
    for last in 0..times.len() {
        while times[last] - times[first] > span {
            first += 1;
        }
        most = most.max(last - first + 1);
    }
    most
}

/// Which are linked, over whatever chain.
struct Links(Vec<usize>);

impl Links {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut place: usize) -> usize {
        while self.0[place] != place {
            self.0[place] = self.0[self.0[place]];
            place = self.0[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in 0..self.0.len() {
            let root = self.root(place);
            groups.entry(root).or_default().push(place);
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests;
