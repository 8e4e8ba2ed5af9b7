//! People on a page: customers are round, the company is square.

use forum::{person::Person, site::OwnerShown};
use leptos::prelude::*;

use super::shell::initials;
use crate::{t, web::Visit};

/// How large a picture of a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Beside a line of small text.
    Xs,
    /// Beside a line.
    Sm,
    /// Beside a text.
    Md,
    /// On a card.
    Lg,
}

/// One or two letters in the shape that tells customer from company. The name has to stand beside it.
pub fn avatar(person: &Person, size: Size) -> impl IntoView + use<> {
    let size = match size {
        Size::Xs => " avatar--xs",
        Size::Sm => " avatar--sm",
        Size::Md => "",
        Size::Lg => " avatar--lg",
    };
    let staff = if person.role.is_staff() { " avatar--staff" } else { "" };
    view! { <span class=format!("avatar{staff}{size}") aria-hidden="true">{initials(&person.name)}</span> }
}

/// A name beside words of ours, whichever way it runs.
pub fn name(name: String) -> impl IntoView + use<> {
    view! { <bdi>{name}</bdi> }
}

/// A name that leads to the page of its person, if they have one.
pub fn person_link(visit: &Visit, person: &Person) -> AnyView {
    let shown = own_name(visit, person);
    if person.is_erased() || person.is_guest() {
        name(shown).into_any()
    } else {
        view! { <a href=person_path(person)><bdi>{shown}</bdi></a> }.into_any()
    }
}

/// What somebody calls themselves; words of ours for who was erased, and for who has no account.
fn own_name(visit: &Visit, person: &Person) -> String {
    if person.is_erased() {
        t!(visit.words, "person-erased")
    } else if person.is_guest() {
        t!(visit.words, "person-guest")
    } else {
        person.name.clone()
    }
}

/// The address of the page of a person.
pub fn person_path(person: &Person) -> String {
    format!("/u/{}", person.handle)
}

/// A member of the staff as the site shows owners: by name and title, or by title only.
pub fn owner_name(visit: &Visit, owner: &Person) -> String {
    if owner.is_erased() {
        return own_name(visit, owner);
    }
    match (visit.site.owner_shown, &owner.title) {
        (OwnerShown::Name, Some(title)) => format!("{}, {title}", owner.name),
        (OwnerShown::Name, None) => owner.name.clone(),
        (OwnerShown::Title, Some(title)) => title.clone(),
        (OwnerShown::Title, None) => t!(visit.words, "owner-unnamed", site = visit.site.name.as_str()),
    }
}

/// What somebody is called in public: customers by their name, staff as the site shows them.
pub fn public_name(visit: &Visit, person: &Person) -> String {
    if person.role.is_staff() { owner_name(visit, person) } else { own_name(visit, person) }
}

/// The public name; that of a customer leads to their page.
pub fn public_link(visit: &Visit, person: &Person) -> AnyView {
    if person.role.is_staff() { name(owner_name(visit, person)).into_any() } else { person_link(visit, person) }
}

/// The picture beside the public name.
pub fn public_avatar(visit: &Visit, person: &Person, size: Size) -> AnyView {
    if person.role.is_staff() { owner_avatar(visit, person, size).into_any() } else { avatar(person, size).into_any() }
}

/// The same as a first line and what stands below it.
pub fn owner_lines(visit: &Visit, owner: &Person) -> (String, Option<String>) {
    match visit.site.owner_shown {
        OwnerShown::Name => (owner.name.clone(), owner.title.clone()),
        OwnerShown::Title => (owner_name(visit, owner), None),
    }
}

/// Who is accountable, in a row.
pub fn owner_chip(visit: &Visit, owner: Option<&Person>) -> impl IntoView + use<> {
    match owner {
        Some(owner) => view! {
            <span class="who">
                {owner_avatar(visit, owner, Size::Xs)}
                <span><span class="sr">{t!(visit.words, "owner-label")}</span>{name(owner_name(visit, owner))}</span>
            </span>
        }
        .into_any(),
        None => view! { <span class="who who--none">{t!(visit.words, "owner-none")}</span> }.into_any(),
    }
}

/// The picture of an owner: the letters are of what the site shows.
pub fn owner_avatar(visit: &Visit, owner: &Person, size: Size) -> impl IntoView + use<> {
    let shown = Person { name: owner_lines(visit, owner).0, ..owner.clone() };
    avatar(&shown, size)
}
