//! Numbers and dates as a language writes them, by the data of Unicode (CLDR).

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _, Weekday};
use chrono_tz::Tz;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{
    DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter,
    fieldsets::{E, MD, MDE, YM, YMD, YMDE},
    options::YearStyle,
};
use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_locale_core::Locale;

use super::Words;

type Form<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// What writes the numbers and dates of one language, made once.
pub(super) struct Forms {
    number: DecimalFormatter,
    day: Form<YMD>,
    day_of_year: Form<MD>,
    weekday_day: Form<MDE>,
    weekday_day_of_year: Form<YMDE>,
    weekday: Form<E>,
    month: Form<YM>,
}

impl Forms {
    /// How people write in that part of the world.
    pub(super) fn of(region: &str) -> Result<Self, DateTimeFormatterLoadError> {
        let region: Locale = region.parse().unwrap_or(Locale::UNKNOWN);
        Ok(Self {
            number: DecimalFormatter::try_new((&region).into(), DecimalFormatterOptions::default())?,
            day: Form::try_new((&region).into(), YMD::long().with_year_style(YearStyle::NoEra))?,
            day_of_year: Form::try_new((&region).into(), MD::long())?,
            weekday_day: Form::try_new((&region).into(), MDE::long())?,
            weekday_day_of_year: Form::try_new((&region).into(), YMDE::long().with_year_style(YearStyle::NoEra))?,
            weekday: Form::try_new((&region).into(), E::long())?,
            month: Form::try_new((&region).into(), YM::long().with_year_style(YearStyle::NoEra))?,
        })
    }
}

impl Words {
    /// A whole number with its thousands set apart.
    pub fn number(&self, n: i64) -> String {
        self.decimals(n, 0)
    }

    /// Tenths as a number with one place: `16` is `1.6`, or `1,6`.
    pub fn decimal(&self, tenths: i64) -> String {
        self.decimals(tenths, 1)
    }

    /// A number without its point: 1250 with two places is `12.50`.
    pub fn decimals(&self, n: i64, places: u8) -> String {
        let mut number = Decimal::from(n);
        number.multiply_pow10(-i16::from(places));
        self.count(&number)
    }

    /// A number with so many places.
    pub fn fixed(&self, value: f64, places: usize) -> String {
        let text = format!("{value:.places$}");
        Decimal::try_from_str(&text).map_or(text, |number| self.count(&number))
    }

    fn count(&self, number: &Decimal) -> String {
        self.forms.as_ref().map_or_else(|| number.to_string(), |forms| forms.number.format(number).to_string())
    }

    /// `November 2026`.
    pub fn month_of(&self, day: NaiveDate) -> String {
        self.day(day, |forms, date| forms.month.format(date).to_string())
    }

    /// `21 November 2026`.
    pub fn date(&self, day: NaiveDate) -> String {
        self.day(day, |forms, date| forms.day.format(date).to_string())
    }

    /// `21 November`, with the year unless it is the present one.
    pub fn short_date(&self, day: NaiveDate, today: NaiveDate) -> String {
        if day.year() != today.year() {
            return self.date(day);
        }
        self.day(day, |forms, date| forms.day_of_year.format(date).to_string())
    }

    /// `Saturday 21 November`, with the year unless it is the present one.
    pub fn weekday_date(&self, day: NaiveDate, today: NaiveDate) -> String {
        if day.year() != today.year() {
            return self.weekday_date_of_year(day);
        }
        self.day(day, |forms, date| forms.weekday_day.format(date).to_string())
    }

    /// `Saturday 21 November 2026`.
    pub fn weekday_date_of_year(&self, day: NaiveDate) -> String {
        self.day(day, |forms, date| forms.weekday_day_of_year.format(date).to_string())
    }

    /// `Saturday`.
    pub fn weekday(&self, weekday: Weekday) -> String {
        // any week has one
        let day = NaiveDate::from_isoywd_opt(2024, 1, weekday).unwrap_or_default();
        self.day(day, |forms, date| forms.weekday.format(date).to_string())
    }

    /// `21 November 2026, 14:05`.
    pub fn date_time(&self, at: DateTime<Tz>) -> String {
        format!("{}, {:02}:{:02}", self.date(at.date_naive()), at.hour(), at.minute())
    }

    /// A day in one of the forms; one that their calendar does not have, beyond the year 9999, as computers write it.
    fn day(&self, day: NaiveDate, form: impl FnOnce(&Forms, &Date<Gregorian>) -> String) -> String {
        match (&self.forms, gregorian(day)) {
            (Some(forms), Some(date)) => form(forms, &date),
            _ => day.to_string(),
        }
    }
}

fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(day.year(), day.month().try_into().ok()?, day.day().try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use forum::site::Language;

    use super::*;

    fn words() -> (&'static Words, &'static Words) {
        (Words::of(Language::En), Words::of(Language::Nl))
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn numbers_have_the_signs_of_their_language() {
        let (en, nl) = words();
        for (n, in_english, in_dutch) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1,000", "1.000"),
            (1_234_567, "1,234,567", "1.234.567"),
            (-1, "-1", "-1"),
            (-1_234, "-1,234", "-1.234"),
            (i64::MAX, "9,223,372,036,854,775,807", "9.223.372.036.854.775.807"),
            (i64::MIN, "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808"),
        ] {
            assert_eq!((en.number(n).as_str(), nl.number(n).as_str()), (in_english, in_dutch));
        }
    }

    #[test]
    fn decimals_have_the_signs_of_their_language() {
        let (en, nl) = words();
        for (tenths, in_english, in_dutch) in [
            (0, "0.0", "0,0"),
            (5, "0.5", "0,5"),
            (16, "1.6", "1,6"),
            (20, "2.0", "2,0"),
            (12_345, "1,234.5", "1.234,5"),
            (-5, "-0.5", "-0,5"),
            (-16, "-1.6", "-1,6"),
        ] {
            assert_eq!((en.decimal(tenths).as_str(), nl.decimal(tenths).as_str()), (in_english, in_dutch));
        }
        assert_eq!((en.decimals(1_421_050, 2), nl.decimals(5, 2)), ("14,210.50".to_owned(), "0,05".to_owned()));
        assert_eq!(
            (en.fixed(1672.5, 2), nl.fixed(0.5, 1), en.fixed(36.0, 0)),
            ("1,672.50".to_owned(), "0,5".to_owned(), "36".to_owned())
        );
    }

    #[test]
    fn dates_are_written_as_in_their_language() {
        let (en, nl) = words();
        for (date, in_english, in_dutch) in [
            (day(2026, 11, 21), "21 November 2026", "21 november 2026"),
            (day(2026, 3, 1), "1 March 2026", "1 maart 2026"),
            (day(2024, 2, 29), "29 February 2024", "29 februari 2024"),
            (day(1999, 12, 31), "31 December 1999", "31 december 1999"),
            (day(999, 5, 9), "9 May 999", "9 mei 999"),
            (day(9999, 8, 4), "4 August 9999", "4 augustus 9999"),
        ] {
            assert_eq!((en.date(date).as_str(), nl.date(date).as_str()), (in_english, in_dutch));
        }
        assert_eq!(en.date(day(10_000, 1, 1)), "+10000-01-01", "the calendar ends before");
    }

    #[test]
    fn parts_of_dates_are_written_as_in_their_language() {
        let (en, nl) = words();
        let (at, leap) = (day(2026, 11, 21), day(2024, 2, 29));
        assert_eq!((en.month_of(at), nl.month_of(at)), ("November 2026".to_owned(), "november 2026".to_owned()));
        assert_eq!((en.month_of(leap), nl.month_of(leap)), ("February 2024".to_owned(), "februari 2024".to_owned()));
        assert_eq!(
            (en.weekday_date(at, at), nl.weekday_date(at, at)),
            ("Saturday 21 November".to_owned(), "zaterdag 21 november".to_owned())
        );
        assert_eq!(
            (en.weekday_date(leap, at), nl.weekday_date(leap, at)),
            ("Thursday, 29 February 2024".to_owned(), "donderdag 29 februari 2024".to_owned()),
            "a day of another year has its year"
        );
        assert_eq!((en.short_date(at, at), nl.short_date(at, at)), ("21 November".to_owned(), "21 november".to_owned()));
        assert_eq!(
            (en.short_date(leap, at), nl.short_date(leap, at)),
            ("29 February 2024".to_owned(), "29 februari 2024".to_owned())
        );
        let noon = chrono_tz::Europe::Amsterdam.with_ymd_and_hms(2026, 11, 21, 9, 5, 59).unwrap();
        assert_eq!(
            (en.date_time(noon), nl.date_time(noon)),
            ("21 November 2026, 09:05".to_owned(), "21 november 2026, 09:05".to_owned())
        );
    }

    #[test]
    fn months_and_weekdays_have_their_names() {
        let (en, nl) = words();
        let months = |words: &Words| {
            (1..=12).map(|month| words.month_of(day(2026, month, 1)).replace(" 2026", "")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(months(en), "January February March April May June July August September October November December");
        assert_eq!(months(nl), "januari februari maart april mei juni juli augustus september oktober november december");
        let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        let week = |words: &Words| week.map(|weekday| words.weekday(weekday)).join(" ");
        assert_eq!(week(en), "Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
        assert_eq!(week(nl), "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag");
    }
}
