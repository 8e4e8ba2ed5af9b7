//! What became another in the settings, said of the smallest parts that have a meaning of their own.

use serde_json::Value;

use crate::event::Change;

/// What differs between two values of a setting, part by part, in the order of their names.
pub(super) fn differences(key: &str, before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    compare(key, before, after, &mut changes);
    changes
}

fn compare(key: &str, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    let (from, to) = (parts(before), parts(after));
    if from.is_none() && to.is_none() {
        if before != after {
            changes.push(Change { key: key.to_owned(), from: before.clone(), to: after.clone() });
        }
        return;
    }
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    let mut names: Vec<&String> = from.iter().chain(&to).map(|(name, _)| name).collect();
    // rules are known by numbers, which stand in their order
    names.sort_by_key(|name| (name.parse::<u32>().unwrap_or(0), name.as_str()));
    names.dedup();
    for name in names {
        let part =
            |parts: &[(String, Value)]| parts.iter().find(|(other, _)| other == name).map_or(Value::Null, |(_, part)| part.clone());
        compare(&format!("{key}.{name}"), &part(&from), &part(&to), changes);
    }
}

/// The parts of a value that has some: of an object its fields, of a list of numbered things each by its number. What a thing said before
/// is no part of it: that is what the record tells.
fn parts(value: &Value) -> Option<Vec<(String, Value)>> {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| !["number", "former"].contains(&name.as_str()));
            Some(fields.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            Some(items.iter().filter_map(|item| Some((item.get("number")?.to_string(), item.clone()))).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(key: &str, before: &Value, after: &Value) -> Vec<String> {
        let changes = differences(key, before, after).into_iter();
        changes.map(|Change { key, from, to }| format!("{key}: {from} -> {to}")).collect()
    }

    #[test]
    fn the_smallest_parts_are_told() {
        let terms = |decision: u32| json!({ "first_answer": 2, "decision": decision });
        assert_eq!(told("complaint_terms", &terms(5), &terms(7)), ["complaint_terms.decision: 5 -> 7"]);
        assert!(told("complaint_terms", &terms(5), &terms(5)).is_empty());
        assert_eq!(told("work_week", &json!(["Mon"]), &json!(["Mon", "Sat"])), [r#"work_week: ["Mon"] -> ["Mon","Sat"]"#]);
        assert_eq!(told("days_off", &json!({}), &json!({ "2026-12-28": "Office" })), [r#"days_off.2026-12-28: null -> "Office""#]);
        assert_eq!(told("days_off", &json!({ "2026-12-28": "Office" }), &json!({})), [r#"days_off.2026-12-28: "Office" -> null"#]);
        let own = json!({ "billing": { "complaint": { "decision": 3 }, "idea": null } });
        assert_eq!(told("board_terms", &json!({}), &own), ["board_terms.billing.complaint.decision: null -> 3"]);
    }

    #[test]
    fn rules_are_told_by_their_numbers() {
        let rule = |number: u32, text: &str| json!({ "number": number, "en": text });
        let before = json!([rule(2, "Be kind."), rule(10, "No spam.")]);
        let former =
            json!({ "number": 10, "en": "No advertising.", "former": [{ "until": "2026-11-01T00:00:00Z", "en": "No spam." }] });
        let after = json!([rule(2, "Be kind."), former, { "number": 11, "en": "Be brief.", "withdrawn": true }]);
        assert_eq!(
            told("rules", &before, &after),
            [
                r#"rules.10.en: "No spam." -> "No advertising.""#,
                r#"rules.11.en: null -> "Be brief.""#,
                "rules.11.withdrawn: null -> true"
            ]
        );
    }
}
