//! The scoreboard says what the data says. Everything here is computed a second time, from what anybody can download and with
//! arithmetic of its own.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Timelike as _, Utc, Weekday};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{answerable::Api, serving};

use crate::world::{World, soon};

/// A table as it was downloaded, by the names of its columns. No cell of these tables has a comma in it.
struct Table(Vec<BTreeMap<String, String>>);

impl Table {
    async fn of(api: &Api, path: &str) -> Self {
        let answer = api.request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
        assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment; filename="));
        let text = answer.text().await.unwrap();
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let rows = lines.map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), head.len(), "{line}");
            head.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()
        });
        Self(rows.collect())
    }
}

fn time(row: &BTreeMap<String, String>, column: &str) -> Option<DateTime<Utc>> {
    Some(&row[column]).filter(|cell| !cell.is_empty()).map(|cell| cell.parse().unwrap_or_else(|_| panic!("{column}: {cell}")))
}

/// Public holidays in the Netherlands, from a table of Easter Sundays.
fn holidays() -> BTreeSet<NaiveDate> {
    let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let mut all = BTreeSet::new();
    for easter in [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2028, 4, 16),
        date(2029, 4, 1),
        date(2030, 4, 21),
        date(2031, 4, 13),
        date(2032, 3, 28),
        date(2033, 4, 17),
        date(2034, 4, 9),
        date(2035, 3, 25),
    ] {
        let year = easter.year();
        for days in [0, 1, 39, 49, 50] {
            all.insert(easter + Days::new(days));
        }
        let kings_day = date(year, 4, 27);
        all.insert(if kings_day.weekday() == Weekday::Sun { date(year, 4, 26) } else { kings_day });
        if year % 5 == 0 {
            all.insert(date(year, 5, 5));
        }
        all.extend([date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]);
    }
    all
}

/// The time of day at Amsterdam: summer time from the last Sunday of March to that of October, at one o'clock in UTC.
fn amsterdam(at: DateTime<Utc>) -> chrono::NaiveDateTime {
    let change = |month| {
        let last = NaiveDate::from_ymd_opt(at.year(), month, 31).unwrap();
        let sunday = last - Days::new(u64::from(last.weekday().num_days_from_sunday()));
        sunday.and_hms_opt(1, 0, 0).unwrap().and_utc()
    };
    let summer = (change(3)..change(10)).contains(&at);
    at.naive_utc() + TimeDelta::hours(if summer { 2 } else { 1 })
}

/// Working days between two moments, minute by minute in blocks of a day, in thousandths.
fn working_days(holidays: &BTreeSet<NaiveDate>, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let (from, to) = (amsterdam(from), amsterdam(to));
    let works = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day);
    let minute = |at: chrono::NaiveDateTime| i64::from(at.hour()) * 60 + i64::from(at.minute());
    let mut minutes = 0;
    let mut day = from.date();
    while day <= to.date() {
        if works(day) {
            let start = if day == from.date() { minute(from) } else { 0 };
            let end = if day == to.date() { minute(to) } else { 24 * 60 };
            minutes += end - start;
        }
        day = day + Days::new(1);
    }
    minutes.max(0) * 1000 / (24 * 60)
}

/// The smallest value with so many percent of all at or below it; in thousandths, as a number of days.
fn nearest_rank(values: &[i64], percent: usize) -> Value {
    let mut values = values.to_vec();
    values.sort_unstable();
    let found = (1..=values.len()).find(|rank| rank * 100 >= values.len() * percent);
    found.map_or(Value::Null, |rank| json!(values[rank - 1] as f64 / 1000.0))
}

fn percent(count: usize, of: usize) -> Value {
    if of == 0 { Value::Null } else { json!((count as f64 * 1000.0 / of as f64).round() / 10.0) }
}

fn part(count: usize, of: usize) -> Value {
    json!({ "count": count, "of": of, "percent": percent(count, of) })
}

/// Whether the first answer came in time; nothing while it is neither given nor due.
fn in_time(row: &BTreeMap<String, String>, now: DateTime<Utc>) -> Option<bool> {
    let due = time(row, "due_at")?;
    match time(row, "answered_at") {
        Some(at) => Some(at <= due),
        None if now > due => Some(false),
        None => None,
    }
}

fn groups_of(row: &BTreeMap<String, String>) -> Vec<String> {
    let votes: i64 = row["votes"].parse().unwrap();
    vec![
        "all".to_owned(),
        format!("kind:{}", row["kind"]),
        format!("board:{}", row["board"]),
        match (row["guest"].as_str(), row["newcomer"].as_str()) {
            ("true", _) => "customers:guest".to_owned(),
            (_, "true") => "customers:new".to_owned(),
            _ => "customers:long".to_owned(),
        },
        format!(
            "votes:{}",
            if votes < 10 {
                "few"
            } else if votes < 100 {
                "some"
            } else {
                "many"
            }
        ),
        format!("language:{}", row["language"]),
    ]
}

/// Computes the figures again and compares them one by one.
async fn compare(api: &Api, period: &str) {
    let figures = api.get(&format!("/api/v1/accountability?period={period}")).await.is(200).json;
    let posts = Table::of(api, &format!("/api/v1/accountability/posts?period={period}&format=csv")).await.0;
    let now: DateTime<Utc> = figures["at"].as_str().unwrap().parse().unwrap();
    let holidays = holidays();

    let mut groups: BTreeMap<String, Vec<&BTreeMap<String, String>>> = BTreeMap::new();
    for row in &posts {
        for group in groups_of(row) {
            groups.entry(group).or_default().push(row);
        }
    }
    let said = figures["groups"].as_array().unwrap();
    assert_eq!(
        said.iter().map(|group| group["group"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>(),
        groups.keys().cloned().collect::<BTreeSet<_>>()
    );
    for group in said {
        let rows = &groups[group["group"].as_str().unwrap()];
        let known: Vec<bool> = rows.iter().filter_map(|row| in_time(row, now)).collect();
        assert_eq!(group["on_time"], part(known.iter().filter(|t| **t).count(), known.len()), "{group}");
        for (figure, column) in [("first_answer", "answered_at"), ("decision", "decided_at")] {
            let days: Vec<i64> = rows
                .iter()
                .filter_map(|row| Some(working_days(&holidays, time(row, "created_at").unwrap(), time(row, column)?)))
                .collect();
            let wanted = json!({ "count": days.len(), "median": nearest_rank(&days, 50), "p90": nearest_rank(&days, 90) });
            assert_eq!(group[figure], wanted, "{figure} of {}", group["group"]);
        }
    }
    for (name, figure) in [("answered_on_time", "on_time"), ("first_answer", "first_answer"), ("decision", "decision")] {
        if let Some(all) = said.first() {
            assert_eq!(figures[name], all[figure], "{name}");
        }
    }

    let mut months: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for row in &posts {
        let month = amsterdam(time(row, "created_at").unwrap()).format("%Y-%m-01").to_string();
        if let Some(known) = in_time(row, now) {
            months.entry(month).or_default().push(known);
        }
    }
    let wanted: Vec<Value> = months
        .iter()
        .map(|(from, known)| json!({ "from": from, "on_time": part(known.iter().filter(|t| **t).count(), known.len()) }))
        .collect();
    assert_eq!(figures["by_month"], json!(wanted));

    let count = |condition: &dyn Fn(&BTreeMap<String, String>) -> bool| posts.iter().filter(|row| condition(row)).count();
    let coverage = &figures["coverage"];
    assert_eq!(coverage["received"], json!(posts.len()));
    for (name, found) in [
        ("reviewed", count(&|row| row["owned"] == "true")),
        ("answered", count(&|row| !row["answered_at"].is_empty())),
        ("decided", count(&|row| !row["decided_at"].is_empty())),
        ("delivered", count(&|row| ["delivered", "confirmed"].contains(&row["stage"].as_str()))),
        ("confirmed", count(&|row| row["stage"] == "confirmed")),
    ] {
        assert_eq!(coverage[name], part(found, posts.len()), "{name}");
    }
    let complaints =
        |condition: &dyn Fn(&BTreeMap<String, String>) -> bool| count(&|row| row["kind"] == "complaint" && condition(row));
    let solved = complaints(&|row| !row["delivered_at"].is_empty());
    let repeated = complaints(&|row| !row["delivered_at"].is_empty() && row["agains"] != "0");
    assert_eq!(figures["repeats"], part(repeated, solved));
    let decided = complaints(&|row| !row["decided_at"].is_empty());
    let first = complaints(&|row| !row["decided_at"].is_empty() && row["first_contact"] == "true");
    assert_eq!(figures["decided_at_first_contact"], part(first, decided));
}

async fn compare_promises(api: &Api) {
    let figures = api.get("/api/v1/accountability?period=all").await.is(200).json;
    let now: DateTime<Utc> = figures["at"].as_str().unwrap().parse().unwrap();
    let rows = Table::of(api, "/api/v1/accountability/promises").await.0;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut owed, mut paid, mut owed_cents, mut paid_cents) = (0, 0, 0, 0);
    for row in &rows {
        let state = row["state"].as_str();
        *counts.entry(state).or_default() += 1;
        let due = time(row, "due_at").unwrap();
        match state {
            "open" => assert!(now <= due, "{row:?}"),
            "broken" => assert!(now > due, "{row:?}"),
            _ => assert!(time(row, "ended_at").is_some_and(|at| at <= due), "{row:?}"),
        }
        if state == "broken" && row["remedy"] == "true" {
            let cents: i64 = row["remedy_cents"].parse().unwrap_or(0);
            if row["paid_at"].is_empty() {
                (owed, owed_cents) = (owed + 1, owed_cents + cents);
            } else {
                (paid, paid_cents) = (paid + 1, paid_cents + cents);
            }
        }
    }
    let of = |state: &str| counts.get(state).copied().unwrap_or(0);
    let wanted = json!({
        "kept": of("kept"), "broken": of("broken"), "open": of("open"), "withdrawn": of("withdrawn"),
        "kept_share": part(of("kept"), of("kept") + of("broken")),
        "remedies_owed": owed, "remedies_paid": paid,
        "owed_amount": owed_cents as f64 / 100.0, "paid_amount": paid_cents as f64 / 100.0,
    });
    assert_eq!(figures["promises"], wanted);
}

/// Posts of the public list that have a clock which is past due and open.
async fn compare_overdue(api: &Api) {
    let mut late = BTreeSet::new();
    for filter in ["", "&stage=archived"] {
        let mut cursor = String::new();
        loop {
            let page = api.get(&format!("/api/v1/posts?sort=new&limit=100{filter}{cursor}")).await.is(200);
            for post in page.items() {
                if post["clocks"].as_array().unwrap().iter().any(|clock| clock["state"] == "missed") {
                    late.insert(post["id"].as_i64().unwrap());
                }
            }
            match page.json["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
    }
    assert_eq!(api.get("/api/v1/accountability").await.is(200).json["overdue"], json!(late.len()));
}

serving! {
    async fn the_figures_are_what_the_data_says(server: Answerable) {
        server.run(&["demo"], "");
        let api = server.api();
        for period in ["90d", "year", "all"] {
            compare(&api, period).await;
        }
        compare_promises(&api).await;
        compare_overdue(&api).await;

        // the same numbers as a table, and on the page in the reader's language
        let figures = api.get("/api/v1/accountability?period=all").await.is(200).json;
        let rows = Table::of(&api, "/api/v1/accountability?period=all&format=csv").await.0;
        let value = |figure: &str, group: &str| {
            let row = rows.iter().find(|row| row["figure"] == figure && row["group"] == group);
            row.unwrap_or_else(|| panic!("no {figure} of {group}"))["value"].clone()
        };
        assert_eq!(value("answered_on_time_percent", "all"), figures["answered_on_time"]["percent"].to_string().trim_end_matches(".0"));
        assert_eq!(value("received", "all"), figures["coverage"]["received"].to_string());
        assert_eq!(value("promises_kept", "all"), figures["promises"]["kept"].to_string());
        let visitor = server.visitor();
        let page = visitor.get("/accountability?period=all").await.is(200);
        page.must_show("Do we do what we say?");
        let on_time = &figures["answered_on_time"];
        page.must_show(&format!("{} of {}", on_time["count"], on_time["of"]));
        let dutch = visitor.with("accept-language", "nl").get("/accountability").await.is(200);
        dutch.must_show("Doen we wat we zeggen?");
        for path in ["/accountability", "/accountability?period=year", "/accountability?period=nonsense", "/accountability/figures"] {
            visitor.get(path).await.is(200);
        }
        visitor.get("/accountability/figures").await.is(200).must_show("SELECT");
    }

    async fn private_boards_and_empty_forums_have_no_figures(server: Answerable) {
        let world = World::open(server).await;
        let api = world.server.api();
        let empty = api.get("/api/v1/accountability").await.is(200).json;
        assert_eq!(empty["coverage"]["received"], json!(0));
        assert_eq!(empty["answered_on_time"], json!({ "count": 0, "of": 0, "percent": null }));
        world.server.visitor().get("/accountability").await.is(200);

        let board = json!({ "slug": "hidden", "name": "Hidden", "private": true });
        world.admin_api.post("/api/v1/boards", &board).await.is(201);
        let hidden = world.admin_api.submit("complaint", "hidden", "Nobody may know of this", "It is private.").await;
        let promise = json!({ "what": "It works again", "due_on": soon(), "remedy": "€ 5" });
        world.admin_api.post(&format!("/api/v1/posts/{hidden}/promises"), &promise).await.is(201);
        for reader in [&api, &world.admin_api] {
            let figures = reader.get("/api/v1/accountability?period=all").await.is(200).json;
            assert_eq!(figures["coverage"]["received"], json!(0), "the same for everybody");
            assert_eq!(figures["promises"]["open"], json!(0));
            assert!(!figures.to_string().contains("hidden"));
        }
        assert!(Table::of(&api, "/api/v1/accountability/posts?period=all&format=csv").await.0.is_empty());
        assert!(Table::of(&api, "/api/v1/accountability/promises").await.0.is_empty());

        let open = world.admin_api.submit("complaint", "general", "Everybody may know of this", "It is public.").await;
        let figures = api.get("/api/v1/accountability?period=all").await.is(200).json;
        assert_eq!(figures["coverage"]["received"], json!(1), "at once");
        assert_eq!(figures["answered_on_time"]["of"], json!(0), "neither given nor due");
        let answer = json!({ "status": "delivered", "what": "It is mended.", "who": "Us" });
        for post in [open, hidden] {
            world.admin_api.post(&format!("/api/v1/posts/{post}/answers"), &answer).await.is(201);
        }
        let figures = api.get("/api/v1/accountability?period=all").await.is(200).json;
        assert_eq!(figures["answered_on_time"], json!({ "count": 1, "of": 1, "percent": 100.0 }));
        assert_eq!(figures["decided_at_first_contact"], json!({ "count": 1, "of": 1, "percent": 100.0 }));
        compare(&api, "all").await;
        compare_promises(&api).await;
    }

    async fn what_is_asked_for_is_checked(server: Answerable) {
        let api = server.api();
        api.get("/api/v1/accountability?period=decade&format=xml").await.is_problem(422, &["period", "format"]);
        let names: Vec<Value> =
            api.get("/api/v1/accountability/queries").await.is(200).json.as_array().unwrap().iter().map(|q| q["name"].clone()).collect();
        assert_eq!(names, [json!("posts"), json!("promises"), json!("overdue")]);
    }
}
