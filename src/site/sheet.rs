//! The front sheet of an issue, as far as pages need more of it than its words: its items, and where papers begin.

use serde_json::{Value as Json, json};

use super::address;
use super::public::Issue;

/// Gives the items of a front sheet's model, those of private business last.
pub(super) fn items(sheet: &Json) -> impl Iterator<Item = &Json> {
    let entries =
        ["public", "private"].into_iter().flat_map(|part| sheet["paper"][part].as_array().into_iter().flatten());
    entries.filter(|entry| entry["type"] == "item")
}

/// Gives a part of a front sheet with the printed numbers of its page ranges, and with the addresses of its items.
pub(super) fn with_ranges(mut value: Json, issue: &Issue) -> Json {
    visit(&mut value, issue);
    value
}

fn visit(value: &mut Json, issue: &Issue) {
    match value {
        Json::Array(values) => values.iter_mut().for_each(|value| visit(value, issue)),
        Json::Object(fields) => {
            if fields.get("type").is_some_and(|of| of == "item")
                && let Some(address) = fields.get("number").and_then(Json::as_str).map(address::item)
            {
                fields.insert("address".to_owned(), json!(address));
            }
            if let Some(range) = fields.get_mut("range").filter(|range| range.is_object()) {
                let page = |name: &str| range[name].as_u64().and_then(|page| u32::try_from(page).ok());
                *range = match (page("first"), page("last")) {
                    (Some(first), Some(last)) => json!({"first": issue.label(first), "last": issue.label(last)}),
                    _ => Json::Null,
                };
            }
            fields.values_mut().for_each(|value| visit(value, issue));
        }
        _ => {}
    }
}
