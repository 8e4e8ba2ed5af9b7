//! Changes of the settings, as typed: each is checked as a whole before anything of it takes effect.

use std::str::FromStr as _;

use chrono::{Datelike as _, NaiveDate, Weekday};
use chrono_tz::Tz;

use super::{
    BoardTerms, Site, Terms,
    calendar::{Holiday, dutch_holidays},
};
use crate::{
    Error, Result,
    error::{Check, Problem},
    mandate::{Mandate, Mandates},
    text::{self, parse_amount},
    values::Stage,
};

/// Working days of a deadline, at most: about a year.
pub const DAYS_MAX: u32 = 260;
/// Characters of the name of a day off, at most.
pub const DAY_NAME_MAX: usize = 80;

/// The days of the week in their order, with the names that forms and the API use.
pub const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

fn number(text: &str, min: u32, max: u32) -> std::result::Result<u32, Problem> {
    match text.trim() {
        "" => Err(Problem::Required),
        text => text.parse().ok().filter(|n| (min..=max).contains(n)).ok_or(Problem::OutOfRange { min, max }),
    }
}

/// The day of a text such as `2026-12-01`.
///
/// # Errors
/// [`Problem::Required`], [`Problem::NotADate`].
pub fn parse_day(text: &str) -> std::result::Result<NaiveDate, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Required);
    }
    // calendars of other millennia are mistakes of typing
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| (2000..=2999).contains(&day.year())).ok_or(Problem::NotADate)
}

/// The time zone of a name of the IANA list.
///
/// # Errors
/// [`Problem::Required`], [`Problem::NotATimeZone`].
pub fn parse_time_zone(name: &str) -> std::result::Result<Tz, Problem> {
    match name.trim() {
        "" => Err(Problem::Required),
        name => Tz::from_str(name).map_err(|_| Problem::NotATimeZone),
    }
}

/// The public holidays that can be set to be worked: those of this year and the next.
pub fn holidays_ahead(today: NaiveDate) -> Vec<(NaiveDate, Holiday)> {
    (today.year()..=today.year() + 1).flat_map(dutch_holidays).collect()
}

/// When the company works.
#[derive(Debug, Clone, Default)]
pub struct CalendarDraft {
    /// IANA name of the time zone.
    pub time_zone: String,
    /// Days of the week, by their names in [`WEEK`].
    pub work_week: Vec<String>,
    /// Whether the Dutch public holidays are days off.
    pub dutch_holidays: bool,
    /// Those of [`holidays_ahead`] on which the company works all the same.
    pub days_worked: Vec<String>,
}

impl CalendarDraft {
    /// Puts it into the settings. What was said about holidays of other years stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `time_zone`, `work_week`, `days_worked`.
    pub fn apply(&self, site: &mut Site, today: NaiveDate) -> Result<()> {
        let mut check = Check::new();
        let zone = check.field("time_zone", parse_time_zone(&self.time_zone));
        let week: Vec<Weekday> =
            WEEK.into_iter().filter(|(_, name)| self.work_week.iter().any(|day| day == name)).map(|(day, _)| day).collect();
        if week.is_empty() {
            check.refuse("work_week", Problem::Required);
        }
        let ahead = holidays_ahead(today);
        let worked: std::result::Result<Vec<NaiveDate>, Problem> = self
            .days_worked
            .iter()
            .map(|day| {
                parse_day(day).and_then(|day| ahead.iter().map(|(d, _)| *d).find(|d| *d == day).ok_or(Problem::UnknownChoice))
            })
            .collect();
        let worked = check.field("days_worked", worked);
        let (zone, worked) = check.finish((zone, worked))?;
        site.time_zone = zone;
        site.work_week = week;
        site.dutch_holidays = self.dutch_holidays;
        site.days_worked.retain(|day| !(today.year()..=today.year() + 1).contains(&day.year()));
        site.days_worked.extend(worked);
        Ok(())
    }
}

/// Adds a day off of the company's own.
///
/// # Errors
/// [`Error::Invalid`] on `day`, `name`.
pub fn add_day_off(site: &mut Site, day: &str, name: &str) -> Result<()> {
    let mut check = Check::new();
    let day = check.field("day", parse_day(day));
    let name = check.field("name", text::line(name, 1, DAY_NAME_MAX));
    if day.is_some_and(|day| site.days_off.contains_key(&day)) {
        check.refuse("day", Problem::Taken);
    }
    let (day, name) = check.finish((day, name))?;
    site.days_off.insert(day, name);
    Ok(())
}

/// Takes a day off of the company's own back.
///
/// # Errors
/// [`Error::NotFound`] when it is none.
pub fn remove_day_off(site: &mut Site, day: &str) -> Result<()> {
    let day = parse_day(day).map_err(|_| Error::NotFound)?;
    site.days_off.remove(&day).map(|_| ()).ok_or(Error::NotFound)
}

/// The deadlines of a kind.
#[derive(Debug, Clone, Default)]
pub struct TermsDraft {
    /// Working days from receipt to the first answer.
    pub first_answer: String,
    /// Working days from receipt to the decision.
    pub decision: String,
    /// Working days from one answer to the next, at most.
    pub next_update: String,
}

/// The fields of the deadlines of complaints, and of those of ideas, wishes and criticism.
const COMPLAINT: [&str; 3] = ["complaint_first_answer", "complaint_decision", "complaint_next_update"];
const IDEA: [&str; 3] = ["idea_first_answer", "idea_decision", "idea_next_update"];

impl TermsDraft {
    fn check(&self, check: &mut Check, [first_answer, decision, next_update]: [&'static str; 3]) -> Option<Terms> {
        let first_answer = check.field(first_answer, number(&self.first_answer, 1, DAYS_MAX));
        let decision = check.field(decision, number(&self.decision, 1, DAYS_MAX));
        let next_update = check.field(next_update, number(&self.next_update, 1, DAYS_MAX));
        Some(Terms { first_answer: first_answer?, decision: decision?, next_update: next_update? })
    }

    fn is_empty(&self) -> bool {
        [&self.first_answer, &self.decision, &self.next_update].into_iter().all(|text| text.trim().is_empty())
    }
}

/// The deadlines of the site.
#[derive(Debug, Clone, Default)]
pub struct ClocksDraft {
    /// Of complaints.
    pub complaint: TermsDraft,
    /// Of ideas, wishes and criticism.
    pub idea: TermsDraft,
    /// Working days after which a post without an owner gets one.
    pub triage_days: String,
    /// Share of first answers that should come in time, in percent.
    pub target_on_time: String,
}

impl ClocksDraft {
    /// Puts it into the settings. Clocks that run keep their dates.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `complaint_first_answer` and so on, `triage_days`, `target_on_time`.
    pub fn apply(&self, site: &mut Site) -> Result<()> {
        let mut check = Check::new();
        let complaint = self.complaint.check(&mut check, COMPLAINT);
        let idea = self.idea.check(&mut check, IDEA);
        let triage = check.field("triage_days", number(&self.triage_days, 1, DAYS_MAX));
        let target = check.field("target_on_time", number(&self.target_on_time, 1, 100));
        let checked = check.finish((complaint, idea, triage, target))?;
        (site.complaint_terms, site.idea_terms, site.triage_days, site.target_on_time) = checked;
        Ok(())
    }
}

/// Where the deadlines of a board differ from those of the site; nothing at all means that they do not.
#[derive(Debug, Clone, Default)]
pub struct BoardTermsDraft {
    /// Of complaints.
    pub complaint: TermsDraft,
    /// Of ideas, wishes and criticism.
    pub idea: TermsDraft,
}

impl BoardTermsDraft {
    /// Puts it into the settings, for the board of that slug.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `complaint_first_answer` and so on.
    pub fn apply(&self, site: &mut Site, board: &str) -> Result<()> {
        let mut check = Check::new();
        // all three, or none of them
        let mut own =
            |terms: &TermsDraft, fields| if terms.is_empty() { Some(None) } else { terms.check(&mut check, fields).map(Some) };
        let (complaint, idea) = (own(&self.complaint, COMPLAINT), own(&self.idea, IDEA));
        let (complaint, idea) = check.finish((complaint, idea))?;
        if complaint.is_none() && idea.is_none() {
            site.board_terms.remove(board);
        } else {
            site.board_terms.insert(board.to_owned(), BoardTerms { complaint, idea });
        }
        Ok(())
    }
}

/// What a role may do without asking.
#[derive(Debug, Clone, Default)]
pub struct MandateDraft {
    /// Promises at most so many working days ahead; nothing is without limit.
    pub days: String,
    /// Remedies of at most so many euros; nothing is without limit.
    pub euros: String,
    /// Stages that it may not set.
    pub not_stages: Vec<String>,
}

impl MandateDraft {
    fn check(&self, check: &mut Check, [days, euros, stages]: [&'static str; 3]) -> Option<Mandate> {
        let optional = |text: &str| !text.trim().is_empty();
        let days = check.field(days, Some(self.days.as_str()).filter(|d| optional(d)).map(|d| number(d, 0, DAYS_MAX)).transpose());
        let cents = check.field(euros, Some(self.euros.as_str()).filter(|e| optional(e)).map(parse_amount).transpose());
        let parse = |name: &String| Stage::parse(name).ok().filter(|stage| stage.is_for_staff()).ok_or(Problem::UnknownChoice);
        let not_stages = check.field(stages, self.not_stages.iter().map(parse).collect());
        Some(Mandate { days: days?, cents: cents?, not_stages: not_stages? })
    }
}

/// What the desk and the lead may do without asking.
#[derive(Debug, Clone, Default)]
pub struct MandatesDraft {
    /// The desk.
    pub agent: MandateDraft,
    /// The lead.
    pub lead: MandateDraft,
}

impl MandatesDraft {
    /// Puts it into the settings.
    ///
    /// # Errors
    /// [`Error::Invalid`] on `agent_days`, `agent_euros`, `agent_not_stages`, `lead_days` and so on.
    pub fn apply(&self, site: &mut Site) -> Result<()> {
        let mut check = Check::new();
        let agent = self.agent.check(&mut check, ["agent_days", "agent_euros", "agent_not_stages"]);
        let lead = self.lead.check(&mut check, ["lead_days", "lead_euros", "lead_not_stages"]);
        let (agent, lead) = check.finish((agent, lead))?;
        site.mandates = Mandates { agent, lead };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(result: Result<()>) -> Vec<&'static str> {
        match result {
            Err(Error::Invalid(fields)) => fields.into_iter().map(|f| f.field).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn terms(first_answer: &str, decision: &str, next_update: &str) -> TermsDraft {
        TermsDraft { first_answer: first_answer.into(), decision: decision.into(), next_update: next_update.into() }
    }

    #[test]
    fn deadlines_are_whole_days_up_to_a_year() {
        let mut site = Site::default();
        let draft = |complaint| ClocksDraft {
            complaint,
            idea: terms("5", "30", "20"),
            triage_days: "1".into(),
            target_on_time: "95".into(),
        };
        assert_eq!(wrong(draft(terms("0", "261", "two")).apply(&mut site)), COMPLAINT);
        assert_eq!(wrong(draft(terms("", "5", "-1")).apply(&mut site)), [COMPLAINT[0], COMPLAINT[2]]);
        assert_eq!(site, Site::default(), "nothing of a draft that is wrong takes effect");
        draft(terms(" 3 ", "260", "1")).apply(&mut site).unwrap();
        assert_eq!(site.complaint_terms, Terms { first_answer: 3, decision: 260, next_update: 1 });
        assert_eq!(site.target_on_time, 95);
    }

    #[test]
    fn a_board_has_all_deadlines_of_a_kind_of_its_own_or_none() {
        let mut site = Site::default();
        let draft = BoardTermsDraft { complaint: terms("1", "", "2"), idea: TermsDraft::default() };
        assert_eq!(wrong(draft.apply(&mut site, "general")), [COMPLAINT[1]]);
        let draft = BoardTermsDraft { complaint: terms("1", "3", "2"), idea: TermsDraft::default() };
        draft.apply(&mut site, "general").unwrap();
        assert_eq!(site.terms(crate::values::Kind::Complaint, "general").decision, 3);
        assert_eq!(site.terms(crate::values::Kind::Idea, "general"), site.idea_terms);
        BoardTermsDraft::default().apply(&mut site, "general").unwrap();
        assert!(site.board_terms.is_empty());
    }

    #[test]
    fn a_calendar_needs_a_zone_and_a_day() {
        let mut site = Site::default();
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let draft =
            CalendarDraft { time_zone: "Mars/Base".into(), days_worked: vec!["2026-04-07".into()], ..CalendarDraft::default() };
        assert_eq!(wrong(draft.apply(&mut site, today)), ["time_zone", "work_week", "days_worked"]);
        let draft = CalendarDraft {
            time_zone: "America/New_York".into(),
            work_week: vec!["sat".into(), "mon".into()],
            dutch_holidays: true,
            days_worked: vec!["2026-04-06".into()],
        };
        draft.apply(&mut site, today).unwrap();
        assert_eq!(site.work_week, [Weekday::Mon, Weekday::Sat]);
        assert!(site.calendar().is_working_day(NaiveDate::from_ymd_opt(2026, 4, 6).unwrap()), "Easter Monday is worked");
    }

    #[test]
    fn a_mandate_without_a_number_has_no_limit() {
        let mut site = Site::default();
        let mandate =
            |days: &str, euros: &str| MandateDraft { days: days.into(), euros: euros.into(), not_stages: vec!["archived".into()] };
        let draft = MandatesDraft { agent: mandate("x", "1,5,0"), lead: mandate("", "") };
        assert_eq!(wrong(draft.apply(&mut site)), ["agent_days", "agent_euros"]);
        MandatesDraft { agent: mandate("0", "12,50"), lead: mandate("", "") }.apply(&mut site).unwrap();
        assert_eq!((site.mandates.agent.days, site.mandates.agent.cents), (Some(0), Some(12_50)));
        assert_eq!((site.mandates.lead.days, site.mandates.lead.cents), (None, None));
    }
}
