//! Whether it is really solved: what customers said so far, and the question to whoever was asked.

use forum::{
    clock::local_day,
    confirm::{Ask, Outcome, Questions},
    status::Stage,
};
use leptos::prelude::*;

use super::{
    form::{Area, Sent, Sheet},
    icon,
    text::markdown,
};
use crate::{t, web::Visit};

/// Characters of a note, at most.
pub const NOTE_MAX: usize = 500;

/// The form, here and where a mail leads to.
pub const KEY: &str = "solved";

/// What customers say to the delivery of a post that stands as it does: in one line, for everybody.
pub fn check_line(visit: &Visit, stage: Stage, check: &Questions) -> Option<impl IntoView + use<>> {
    let words = visit.words;
    let solved = matches!(stage, Stage::Delivered | Stage::Confirmed);
    let number = |n| words.number(n);
    let (class, glyph, text) = match check.outcome {
        Some(Outcome::Reopened) if !solved => (
            "clock clock--late",
            "s-reopened",
            t!(words, "check-reopened", yes = number(check.yes), n = check.said, count = number(check.said)),
        ),
        _ if !solved => return None,
        Some(Outcome::Confirmed) => {
            let percent = check.percent().unwrap_or(0);
            (
                "clock clock--kept",
                "s-confirmed",
                t!(words, "check-confirmed", percent = percent, n = check.said, count = number(check.said)),
            )
        }
        Some(Outcome::Unconfirmed | Outcome::Overtaken | Outcome::Reopened) => {
            ("clock", "s-question", t!(words, "check-unconfirmed", n = check.asked, count = number(check.asked)))
        }
        // that it closed follows from the time
        None if check.said == 0 && check.closes_at < visit.now => {
            ("clock", "s-question", t!(words, "check-unconfirmed", n = check.asked, count = number(check.asked)))
        }
        None => {
            let day = words.short_date(local_day(&visit.site, check.closes_at), visit.today());
            let text = if check.said == 0 {
                t!(words, "check-open-none", n = check.asked, count = number(check.asked), day = day)
            } else {
                t!(words, "check-open", yes = number(check.yes), n = check.said, count = number(check.said), day = day)
            };
            ("clock", "s-question", text)
        }
    };
    Some(view! { <p class="check-line" id="check"><span class=class>{icon(visit, glyph)}{text}</span></p> })
}

/// The question to the reader, on the page of the post. Once they have said something, what it was and how to change it.
pub fn question(visit: &Visit, ask: &Ask, check: Option<&Questions>, sent: Option<&Sent>) -> Option<AnyView> {
    if !ask.is_open {
        return None;
    }
    let words = visit.words;
    let action = format!("/p/{}/solved", ask.post);
    let Some(said) = ask.said else {
        let text = if ask.round == 1 {
            t!(words, "ask-text", site = visit.site.name.as_str())
        } else {
            t!(words, "ask-text-again", site = visit.site.name.as_str())
        };
        return Some(
            view! {
                <section class="banner ask" id="solved" aria-labelledby="solved-title">
                    {icon(visit, "s-question")}
                    <div class="stack gap-3">
                        <div>
                            <h2 class="banner__h" id="solved-title">{t!(words, "ask-title")}</h2>
                            <p class="banner__t">{text}</p>
                        </div>
                        <blockquote class="note">{markdown(&ask.what_html, &ask.what_language)}</blockquote>
                        {buttons(visit, &action, sent)}
                    </div>
                </section>
            }
            .into_any(),
        );
    };
    let until = check.filter(|c| c.answer == ask.answer && ask.round == 1).map(|c| {
        let day = words.short_date(local_day(&visit.site, c.closes_at), visit.today());
        t!(words, "ask-change-until", day = day)
    });
    let open = Sheet::plain(visit, KEY, sent).is_back();
    Some(
        view! {
            <section class="banner banner--ok ask" id="solved" aria-labelledby="solved-title">
                {icon(visit, "tick")}
                <div class="stack gap-2">
                    <div>
                        <h2 class="banner__h" id="solved-title">{said_title(visit, said)}</h2>
                        <p class="banner__t">{t!(words, "ask-thanks")}" "{until}</p>
                    </div>
                    <details class="reply" open=open>
                        <summary class="btn btn--sm">{t!(words, "ask-change")}</summary>
                        <div class="mt-4">{buttons(visit, &action, sent)}</div>
                    </details>
                </div>
            </section>
        }
        .into_any(),
    )
}

/// What somebody said, as a title.
pub fn said_title(visit: &Visit, said: bool) -> String {
    if said { t!(visit.words, "ask-said-yes") } else { t!(visit.words, "ask-said-no") }
}

/// The form: a note for those who want to say more, and the two buttons.
pub fn buttons(visit: &Visit, action: &str, sent: Option<&Sent>) -> impl IntoView + use<> {
    let words = visit.words;
    let sheet = Sheet::plain(visit, KEY, sent);
    let field = sheet.area(Area {
        name: "note",
        label: t!(words, "ask-note"),
        hint: Some(t!(words, "ask-note-hint")),
        max: Some(NOTE_MAX),
        rows: 2,
        ..Area::default()
    });
    let error = sheet.wrong("said").map(|text| {
        view! { <p class="field__err">{icon(visit, "overdue")}{text.to_owned()}</p> }
    });
    view! {
        <form class="stack gap-3 ask__form" method="post" novalidate=true action=action.to_owned()>
            {field}
            <div class="stack gap-2" id="said" role="group" aria-label=t!(words, "ask-title")>
                {error}
                <div class="cluster">
                    <button class="btn btn--primary btn--lg" name="said" value="yes">{icon(visit, "tick")}{t!(words, "ask-yes")}</button>
                    <button class="btn btn--lg" name="said" value="no">{icon(visit, "x")}{t!(words, "ask-no")}</button>
                </div>
            </div>
            <p class="hint">{t!(words, "ask-effect")}</p>
        </form>
    }
}
