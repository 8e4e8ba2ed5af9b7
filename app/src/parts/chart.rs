//! Charts, drawn on the server: stretched shapes without text, with all labels as HTML, so that they stay readable on a phone.

use leptos::prelude::*;

/// A point of a line: how it is called, and its value in tenths of a percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What stands below it.
    pub label: String,
    /// 0 to 1000.
    pub permille: i64,
}

/// How high a value stands in a picture that begins at nothing, since its surface says how much, and ends at all.
fn height(permille: i64) -> String {
    two_places((1000 - permille.clamp(0, 1000)) * 10)
}

/// Hundredths as a number with two places: `3333` is `33.33`.
fn two_places(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A line over time with a target, as a picture with `alternative` as its text. `percent` puts a share into words.
pub fn line(points: &[Point], target: i64, alternative: String, percent: &dyn Fn(i64) -> String) -> impl IntoView + use<> {
    let steps = i64::try_from(points.len().saturating_sub(1)).unwrap_or(1).max(1);
    let places: Vec<(String, String)> =
        points.iter().zip(0_i64..).map(|(point, n)| (two_places(n * 10_000 / steps), height(point.permille))).collect();
    let path: String = places.iter().enumerate().map(|(n, (x, y))| format!("{}{x} {y}", if n == 0 { 'M' } else { 'L' })).collect();
    let area = places.last().map(|(x, _)| format!("{path}L{x} 100L0 100Z"));
    let last = places.last().map(|(x, y)| view! { <path class="c-dot" d=format!("M{x} {y}h.001") /> });
    let lowest = points.iter().zip(&places).min_by_key(|(point, _)| point.permille).filter(|(point, _)| point.permille < target);
    let lowest = lowest.map(|(_, (x, y))| view! { <path class="c-dot c-dot--bad" d=format!("M{x} {y}h.001") /> });
    let lines = [0, 500, 1000];
    let grid = lines.map(|at| view! { <path class="c-grid" d=format!("M0 {}h100", height(at)) /> }).collect_view();
    let scale = lines.iter().rev().map(|at| view! { <span>{percent(*at)}</span> }).collect_view();
    // room for four labels: the first, the last, and two between
    let shown: Vec<usize> = match points.len() {
        0 => Vec::new(),
        n @ 1..=4 => (0..n).collect(),
        n => vec![0, (n - 1) / 3, (n - 1) * 2 / 3, n - 1],
    };
    let labels =
        shown.iter().filter_map(|n| points.get(*n)).map(|point| view! { <span>{point.label.clone()}</span> }).collect_view();
    view! {
        <div class="plot">
            <div class="plot__y" aria-hidden="true">{scale}</div>
            <div class="plot__area">
                <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label=alternative>
                    {grid}
                    {area.map(|d| view! { <path class="c-area" d=d /> })}
                    <path class="c-target" d=format!("M0 {}h100", height(target)) />
                    <path class="c-line" d=path />
                    {last}
                    {lowest}
                </svg>
            </div>
            <div class="plot__x" aria-hidden="true">{labels}</div>
        </div>
    }
}

/// From a middle to a far end on a scale that ends at `most`, with a mark; all in the same unit. The numbers stand beside it.
pub fn range(middle: i64, far: i64, mark: i64, most: i64) -> impl IntoView + use<> {
    let x = |value: i64| two_places((value.clamp(0, most) * 10_000).checked_div(most.max(1)).unwrap_or(0));
    let (middle, far, mark) = (x(middle), x(far), x(mark));
    view! {
        <svg viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
            <path class="c-grid" d="M0 10h100" />
            <path class="c-target" d=format!("M{mark} 0v20") />
            <path class="c-line c-line--thick" d=format!("M{middle} 10L{far} 10") />
            <path class="c-dot" d=format!("M{middle} 10h.01") />
            <path class="c-dot" d=format!("M{far} 10h.01") />
            <path class="c-dot c-dot--hollow" d=format!("M{far} 10h.01") />
        </svg>
    }
}

/// Parts of a whole in a row, each with its class; what has nothing is left out.
pub fn stack(parts: &[(&'static str, i64)], alternative: String) -> impl IntoView + use<> {
    let whole: i64 = parts.iter().map(|(_, n)| n).sum::<i64>().max(1);
    let mut from = 0;
    let bars = parts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(class, n)| {
            let (x, width) = (two_places(from * 10_000 / whole), two_places((n * 10_000 / whole - 40).max(20)));
            from += n;
            view! { <rect class=*class x=x width=width height="10" /> }
        })
        .collect_view();
    view! { <svg class="stackbar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=alternative>{bars}</svg> }
}

/// A share of a whole as a bar; the numbers stand beside it.
pub fn meter(permille: i64) -> impl IntoView + use<> {
    let width = two_places(permille.clamp(0, 1000) * 10);
    view! {
        <svg class="meter__bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="c-bar--mute" width="100" height="10" />
            <rect class="c-bar" width=width height="10" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_belong() {
        assert_eq!(height(1000), "0.00");
        assert_eq!(height(600), "40.00");
        assert_eq!(height(0), "100.00");
        assert_eq!(height(1200), "0.00", "nothing leaves the picture");
        assert_eq!(two_places(3333), "33.33");
    }
}
