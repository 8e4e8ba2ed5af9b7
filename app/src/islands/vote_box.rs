//! Votes at once: counted when pressed, put right by the server's answer, taken back when there is none. Before it wakes it is the
//! form that posts the same.

use leptos::prelude::*;

/// The state of one vote: the two counts and what the person at hand says.
#[derive(Clone, Copy)]
struct Votes {
    support: RwSignal<i64>,
    oppose: RwSignal<i64>,
    stance: RwSignal<String>,
    busy: RwSignal<bool>,
    /// What the last press asked for.
    wanted: StoredValue<&'static str>,
    action: StoredValue<String>,
    failed: StoredValue<String>,
    separator: StoredValue<String>,
}

impl Votes {
    fn new(support: i64, oppose: i64, stance: String, action: String, failed: String, separator: String) -> Self {
        #[cfg(feature = "hydrate")]
        Effect::new(|| drop(super::toast::place()));
        let votes = Self {
            support: RwSignal::new(support),
            oppose: RwSignal::new(oppose),
            stance: RwSignal::new(stance),
            busy: RwSignal::new(false),
            wanted: StoredValue::new(""),
            action: StoredValue::new(action),
            failed: StoredValue::new(failed),
            separator: StoredValue::new(separator),
        };
        #[cfg(feature = "hydrate")]
        super::live::wake::on(super::live::POST, move |detail| votes.hear(&detail));
        votes
    }

    /// Counts what others said meanwhile. What is being sent is answered with the counts of then.
    #[cfg(feature = "hydrate")]
    fn hear(self, detail: &str) {
        use super::live::wake::number;
        let Some(post) = number(detail, "post") else { return };
        if self.busy.get_untracked() || self.action.with_value(|action| *action != format!("/p/{post}/vote")) {
            return;
        }
        if let (Some(support), Some(oppose)) = (number(detail, "support"), number(detail, "oppose")) {
            self.support.set(support);
            self.oppose.set(oppose);
        }
    }

    fn supports(self) -> bool {
        self.stance.with(|stance| stance == "support")
    }

    fn opposes(self) -> bool {
        self.stance.with(|stance| stance == "oppose")
    }

    fn count(self, n: i64) -> String {
        self.separator.with_value(|separator| number(n, separator))
    }

    /// The stance that the next press sends.
    fn next(self) -> &'static str {
        if self.supports() { "withdraw" } else { "support" }
    }

    #[cfg(feature = "hydrate")]
    fn press(self, event: &leptos::ev::MouseEvent) {
        event.prevent_default();
        let before = (self.support.get_untracked(), self.oppose.get_untracked(), self.stance.get_untracked());
        let wanted = untrack(|| self.next());
        self.wanted.set_value(wanted);
        if wanted == "withdraw" {
            self.support.update(|n| *n -= 1);
            self.stance.set(String::new());
        } else {
            self.support.update(|n| *n += 1);
            if before.2 == "oppose" {
                self.oppose.update(|n| *n -= 1);
            }
            self.stance.set("support".to_owned());
        }
        // who presses again before the answer is there is heard after it
        if !self.busy.get_untracked() {
            self.busy.set(true);
            leptos::task::spawn_local(self.settle(before));
        }
    }

    /// Sends what the last press asked for until that is what the server has; `before` is what it had.
    #[cfg(feature = "hydrate")]
    async fn settle(self, mut before: (i64, i64, String)) {
        loop {
            let wanted = self.wanted.get_value();
            match self.send(wanted).await {
                Ok(now) if self.wanted.get_value() == wanted => break self.show(now),
                Ok(now) => before = now,
                Err(message) => {
                    self.show(before);
                    super::toast::show(&message.unwrap_or_else(|| self.failed.get_value()));
                    break;
                }
            }
        }
        self.busy.set(false);
    }

    #[cfg(feature = "hydrate")]
    fn show(self, (support, oppose, stance): (i64, i64, String)) {
        self.support.set(support);
        self.oppose.set(oppose);
        self.stance.set(stance);
    }

    #[cfg(not(feature = "hydrate"))]
    fn press(self, _event: &leptos::ev::MouseEvent) {
        let _ = (self.busy, self.wanted, self.action, self.failed);
    }

    /// Sends the vote. Answers the two counts and the stance that the server has now; the error is what it says.
    #[cfg(feature = "hydrate")]
    async fn send(self, stance: &str) -> Result<(i64, i64, String), Option<String>> {
        use super::fetch;
        let answer = fetch::post(&self.action.get_value(), &[("stance", stance)], "application/json").await.ok_or(None)?;
        if answer.status() == 401 {
            // the session has ended meanwhile
            if let Some(window) = web_sys::window() {
                let _ = window.location().set_href("/sign-in");
            }
        }
        let body = fetch::json(&answer).await;
        if !answer.ok() {
            return Err(fetch::field(&body, "message").as_string());
        }
        #[expect(clippy::cast_possible_truncation, reason = "counts are far below 2^53")]
        let count = |name| fetch::field(&body, name).as_f64().map(|count| count as i64);
        let (support, oppose) = (count("support_count"), count("oppose_count"));
        let stance = fetch::field(&body, "stance").as_string().unwrap_or_default();
        Ok((support.unwrap_or(self.support.get_untracked()), oppose.unwrap_or(self.oppose.get_untracked()), stance))
    }
}

/// A whole number with its thousands set apart.
fn number(n: i64, separator: &str) -> String {
    let digits = n.max(0).to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The vote box of a row.
#[island]
pub fn VoteBox(
    /// Where the form posts to.
    action: String,
    /// Where it leads back to without JavaScript.
    back: String,
    /// People for it.
    support: i64,
    /// People against it.
    oppose: i64,
    /// What the person at hand says: `support`, `oppose` or nothing.
    stance: String,
    /// Whether one can be against it.
    opposable: bool,
    /// Which post it is about, for those who do not see the row.
    label: String,
    /// The word under the number.
    word: String,
    /// The word under the number once it is counted.
    counted: String,
    /// Those against, with `#` for their number.
    against: String,
    /// What is said when the vote could not be counted.
    failed: String,
    /// The address of the icons.
    icons: String,
    /// What sets thousands apart.
    separator: String,
) -> impl IntoView {
    let votes = Votes::new(support, oppose, stance, action.clone(), failed, separator);
    let up = format!("{icons}#i-up");
    let tick = icons + "#i-tick";
    view! {
        <form class="vote" method="post" action=action>
            <input type="hidden" name="back" value=back />
            <button
                class="vote__up"
                name="stance"
                value=move || votes.next()
                aria-pressed=move || truth(votes.supports())
                aria-busy=move || votes.busy.get().then_some("true")
                on:click=move |event| votes.press(&event)
            >
                <svg class="icon icon--off" aria-hidden="true"><use href=up></use></svg>
                <svg class="icon icon--on" aria-hidden="true"><use href=tick></use></svg>
                <span class="vote__n">{move || votes.count(votes.support.get())}</span>
                " "
                <span class="vote__l">{move || if votes.supports() { counted.clone() } else { word.clone() }}</span>
                <span class="sr">" "{label}</span>
            </button>
            {opposable.then(|| view! {
                <span class="vote__against">{move || against.replace('#', &votes.count(votes.oppose.get()))}</span>
            })}
        </form>
    }
}

/// The vote bar of a post; inside it, as its children, the form that asks those against it for a reason.
#[island]
pub fn VoteBar(
    /// Where the form posts to.
    action: String,
    /// Where it leads back to without JavaScript.
    back: String,
    /// People for it.
    support: i64,
    /// People against it.
    oppose: i64,
    /// What the person at hand says: `support`, `oppose` or nothing.
    stance: String,
    /// Whether one can be against it.
    opposable: bool,
    /// Whether the form with the reason is open.
    open: bool,
    /// "Support", or "Me too".
    label: String,
    /// "Oppose".
    oppose_label: String,
    /// What is said when the vote could not be counted.
    failed: String,
    /// The address of the icons.
    icons: String,
    /// What sets thousands apart.
    separator: String,
    /// The form with the reason.
    children: Children,
) -> impl IntoView {
    let votes = Votes::new(support, oppose, stance, action.clone(), failed, separator);
    let up = format!("{icons}#i-up");
    let tick = format!("{icons}#i-tick");
    let down = icons + "#i-down";
    view! {
        <div class="votebar__in">
            <form method="post" action=action>
                <input type="hidden" name="back" value=back />
                <button
                    class="votebar__b"
                    name="stance"
                    value=move || votes.next()
                    aria-pressed=move || truth(votes.supports())
                    aria-busy=move || votes.busy.get().then_some("true")
                    on:click=move |event| votes.press(&event)
                >
                    <svg class="icon icon--off" aria-hidden="true"><use href=up></use></svg>
                    <svg class="icon icon--on" aria-hidden="true"><use href=tick></use></svg>
                    <span>{label}</span>
                    <b>{move || votes.count(votes.support.get())}</b>
                </button>
            </form>
            {opposable.then(|| view! {
                <details class="oppose" open=open>
                    <summary class="votebar__b votebar__b--against" data-on=move || truth(votes.opposes())>
                        <svg class="icon" aria-hidden="true"><use href=down></use></svg>
                        <span>{oppose_label}</span>
                        <b>{move || votes.count(votes.oppose.get())}</b>
                    </summary>
                    {children()}
                </details>
            })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_on_the_page() {
        assert_eq!(number(0, ","), "0");
        assert_eq!(number(1_234_567, "."), "1.234.567");
    }
}
