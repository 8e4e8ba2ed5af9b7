//! Texts of people in HTML. Leptos escapes text and attributes, but not what stands inside `<textarea>` and `<title>`: these go
//! through here.

use leptos::prelude::*;

use crate::web::Visit;

/// The language that a line of somebody's is written in (BCP 47): one too short to tell is taken to be in that of the site.
pub fn tag_of(visit: &Visit, text: &str) -> &'static str {
    forum::text::written_in(text, Some(visit.site.language))
}

/// Text that can stand anywhere in HTML, attributes included.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// JSON that can stand inside a `<script>` of data: no tag can begin in it.
pub fn script_json(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The inside of a `<textarea>`. The parser drops one line break at its start, so one more goes before a text that begins with one.
pub fn textarea_inside(text: &str) -> String {
    let escaped = escape(text);
    if escaped.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}

/// Markdown of people, as the safe HTML that was made when it was written, in the language that it is written in.
pub fn markdown(html: &str, language: &str) -> impl IntoView + use<> {
    view! { <div class="prose" dir="auto" lang=language.to_owned() inner_html=html.to_owned()></div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_people_ends_an_element() {
        let evil = "</textarea></title><script>alert(1)</script>\" onload='x'";
        assert!(!escape(evil).contains(['<', '>', '"', '\'']));
        let json = script_json(&serde_json::json!({ "name": "</script><script>alert(1)" }));
        assert!(!json.contains('<'));
    }

    #[test]
    fn a_first_line_break_survives_the_parser() {
        assert_eq!(textarea_inside("\na"), "\n\na");
    }
}
