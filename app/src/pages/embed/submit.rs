//! The first fields of a new post. They are handed to the form of the forum, which opens in a tab of its own: there is who sends it, with
//! all that asks of them. Nothing is kept or sent from within a frame.

use axum::extract::Query;
use forum::{
    board::Board,
    post::{BODY_MAX, Kind, TITLE_MAX, TITLE_MIN},
};
use leptos::prelude::*;

use super::{Asked, Frame, Part};
use crate::{
    parts::{
        form::{Area, Choice, Line, Need, Sheet},
        icon,
        kind::kind_name,
    },
    t,
    web::{PageResult, Visit},
};

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let frame = Frame::open(&visit, &asked).await?;
    let visit = &frame.visit;
    let words = visit.words;
    let title = Part::Submit.title(words, &visit.site.name);
    Ok(frame.respond(&title, &Part::List.page(&asked.board), || {
        let sheet = Sheet::plain(visit, "embed", None);
        let kinds = Kind::ALL.into_iter().map(|kind| (kind.as_str().to_owned(), kind_name(visit, kind))).collect();
        let boards = frame.common.boards.iter().filter(|board| Board::is_open(board));
        let boards = std::iter::once((String::new(), t!(words, "new-board-choose")))
            .chain(boards.map(|board| (board.slug.clone(), board.called(visit.language()).to_owned())))
            .collect();
        let slug = frame.slug().unwrap_or_default();
        let board = match frame.board {
            Some(_) => view! { <input type="hidden" name="board" value=slug /> }.into_any(),
            None => sheet.choice(Choice {
                name: "board",
                label: t!(words, "new-board"),
                options: boards,
                need: Need::Sometimes,
                ..Choice::default()
            }),
        };
        view! {
            <form class="form embed__form" method="post" novalidate=true action="/new" target="_blank">
                <input type="hidden" name="act" value="open" />
                <div class="grid-3">
                    {sheet.choice(Choice {
                        name: "kind",
                        label: t!(words, "embed-kind"),
                        options: kinds,
                        value: Kind::Idea.as_str(),
                        need: Need::Always,
                        ..Choice::default()
                    })}
                    {board}
                </div>
                {sheet.line(Line {
                    name: "title",
                    label: t!(words, "new-line"),
                    need: Need::Always,
                    min: Some(TITLE_MIN),
                    max: Some(TITLE_MAX),
                    autocomplete: "off",
                    ..Line::default()
                })}
                {sheet.area(Area {
                    name: "body",
                    label: t!(words, "new-body"),
                    need: Need::Sometimes,
                    max: Some(BODY_MAX),
                    rows: 4,
                    ..Area::default()
                })}
                <div class="cluster gap-3">
                    <button class="btn btn--primary">{icon(visit, "edit")}{t!(words, "embed-go-on")}</button>
                    <p class="sm ink-2">{t!(words, "embed-go-on-text", site = visit.site.name.as_str())}</p>
                </div>
            </form>
        }
    }))
}
