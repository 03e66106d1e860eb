//! Decides whether the picture that a file keeps of a field can stand.

use lopdf::{Object, Stream};
use unicode_normalization::UnicodeNormalization as _;

use super::super::annotations::{self, Form};
use super::value::{Kind, Value};
use super::{Field, said};
use crate::pdf::objects::{get_array, resolve, text};

/// What is to be shown in the place of a field.
pub(super) enum Look<'a> {
    /// The picture that the file keeps.
    Own,
    /// The picture of a state, and whether the file shows another.
    State { form: Form<'a>, changed: bool },
    /// What was filled in, drawn anew.
    Drawn {
        /// What was filled in.
        value: Value,
        /// The picture whose frame stays, where it has one.
        frame: Option<&'a Stream>,
        /// Whether the file's picture shows something else.
        stale: bool,
    },
    /// Nothing is filled in.
    Nothing,
    /// Something is filled in that nobody can draw.
    Unclear,
}

/// Decides what is shown of a field.
pub(super) fn look<'a>(field: &Field<'a>, kind: &Kind, value: Option<Value>) -> Look<'a> {
    let own = annotations::appearance(field.pdf, field.widget);
    match (kind, value) {
        (Kind::Box, Some(Value::State(state))) => of_box(field, &state),
        (Kind::Box, _) | (_, Some(Value::State(_))) => Look::Own,
        // Who clears a form leaves the pictures, and readers that draw anew show none of them.
        (_, None) if field.is_drawn_anew() => of_words(field, Value::Text(String::new()), own),
        (_, None) => Look::Own,
        (_, Some(value)) => of_words(field, value, own),
    }
}

fn of_words<'a>(field: &Field<'a>, value: Value, own: Option<Form<'a>>) -> Look<'a> {
    let anew = field.is_drawn_anew();
    let filled = !value.words().trim().is_empty();
    if field.rect().is_none() {
        return if own.is_some() { Look::Own } else { Look::Nothing };
    }
    let Some(form) = own else {
        return if filled { Look::Drawn { value, frame: None, stale: false } } else { Look::Nothing };
    };
    let said = said(field.pdf, form.stream, field.all);
    let shows = said.as_deref().map(|said| !said.trim().is_empty());
    let agrees = match (&value, said.as_deref()) {
        (Value::Options(options), Some(said)) => {
            let said = squeezed(said);
            options.iter().filter(|(_, chosen)| *chosen).all(|(option, _)| said.contains(&squeezed(option)))
        }
        (_, Some(said)) => agree(&value.words(), said),
        // What cannot be read is taken to be right, unless readers draw it anew.
        (_, None) => !anew,
    };
    // A list says all that can be chosen; which of it is chosen, its picture does not tell in words.
    let list = matches!(&value, Value::Options(options) if options.iter().any(|(_, chosen)| !chosen));
    if agrees && !(list && anew) || (!filled && !anew) {
        return Look::Own;
    }
    Look::Drawn { value, frame: Some(form.stream), stale: !agrees && shows.unwrap_or(true) }
}

/// Tells whether a picture says what was filled in: the same letters, or the same figure written out.
fn agree(value: &str, said: &str) -> bool {
    let (wanted, shown) = (squeezed(value), squeezed(said));
    let of = |text: &str, kind: fn(&char) -> bool| text.chars().filter(kind).collect::<String>();
    let [wanted_letters, shown_letters] = [&wanted, &shown].map(|text| of(text, |char| !char.is_ascii_digit()));
    let [wanted_digits, shown_digits] = [&wanted, &shown].map(|text| {
        let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    });
    if wanted.is_empty() {
        return of(value, |char| !char.is_whitespace()) == of(said, |char| !char.is_whitespace());
    }
    if wanted_digits.is_empty() {
        // A picture may say more, such as a unit.
        return shown_digits.is_empty() && shown.contains(&wanted);
    }
    if let (Some(one), Some(other)) = (figure(value), figure(said)) {
        // A date, written the other way round.
        let date = wanted_digits.len() == 8 && wanted_digits == shown_digits && wanted_letters == shown_letters;
        return date || one == other && shown_letters.contains(&wanted_letters);
    }
    wanted == shown
}

/// Reads a figure with or without a currency, points and noughts.
fn figure(text: &str) -> Option<(bool, String)> {
    let plain: String = text.chars().filter(|char| char.is_ascii_digit() || *char == '.').collect();
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let part = part.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    let negative = text.contains('-') || text.contains('\u{2212}') || text.trim_start().starts_with('(');
    (words <= 2 && !plain.is_empty() && !part.contains('.')).then(|| (negative, format!("{whole}.{part}")))
}

/// Gives the letters and digits of a text, alike however they are written.
fn squeezed(text: &str) -> String {
    text.nfkc().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn of_box<'a>(field: &Field<'a>, value: &[u8]) -> Look<'a> {
    let Some(states) = field.states() else {
        // Without pictures, only a single box can be told to be ticked or not.
        let own = annotations::appearance(field.pdf, field.widget).is_some();
        let ticked = value != b"Off" && !value.is_empty() && field.state().is_none_or(|state| state == value);
        let shared = field.widget.has(b"Parent") && !field.widget.has(b"T") && field.state().is_none();
        return match (own, ticked) {
            (true, _) => Look::Own,
            (false, true) if shared => Look::Unclear,
            (false, true) => Look::Drawn { value: Value::State(value.to_vec()), frame: None, stale: false },
            (false, false) => Look::Nothing,
        };
    };
    let chosen = if states.has(value) { value.to_vec() } else { by_option(field, states, value) };
    if field.state() == Some(&chosen[..]) {
        return Look::Own;
    }
    let known = chosen != b"Off" || value == b"Off" || value.is_empty() || is_of_another(field, value);
    if !known {
        return Look::Unclear;
    }
    // Without a state of its own, readers take the box to be off.
    let was_off = field.state().is_none_or(|state| state == b"Off");
    let look = states.get(&chosen).ok().and_then(|form| annotations::form(field.pdf, form));
    match look {
        Some(form) => Look::State { form, changed: !(was_off && chosen == b"Off") },
        None if chosen == b"Off" => Look::Nothing,
        None => Look::Drawn { value: Value::State(chosen), frame: None, stale: true },
    }
}

/// Gives the state of a box whose value is named by the list of what its boxes stand for.
fn by_option(field: &Field, states: &lopdf::Dictionary, value: &[u8]) -> Vec<u8> {
    let Some(Object::Array(options)) = field.entry(b"Opt") else { return b"Off".to_vec() };
    let wanted = text(value);
    let is_it =
        |option: &Object| matches!(resolve(field.pdf, option), Some(Object::String(bytes, _)) if text(bytes) == wanted);
    let index = options.iter().position(is_it).map(|index| index.to_string().into_bytes());
    index.filter(|index| states.has(index)).unwrap_or_else(|| b"Off".to_vec())
}

/// Tells whether another box of the field has a state of this name.
fn is_of_another(field: &Field, value: &[u8]) -> bool {
    let parent = crate::pdf::objects::get_dictionary(field.pdf, field.widget, b"Parent");
    let kids = parent.and_then(|parent| get_array(field.pdf, parent, b"Kids")).unwrap_or_default();
    let options = matches!(field.entry(b"Opt"), Some(Object::Array(_)));
    options
        || kids.iter().filter_map(|kid| crate::pdf::objects::dictionary(field.pdf, kid)).any(|kid| {
            Field { pdf: field.pdf, widget: kid, all: None }.states().is_some_and(|states| states.has(value))
        })
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn knows_what_a_picture_says() {
        for (value, said) in [
            ("Harbour Trust", "Harbour  Trust"),
            ("9999", "£9,999.00"),
            ("9999.5", "9,999.50"),
            ("2027-01-20", "20/01/2027"),
            ("first line\rsecond line", "first linesecond line"),
            ("Harbour", "Harbour Ward"),
            ("—", " — "),
        ] {
            assert!(agree(value, said), "{value} and {said}");
        }
        for (value, said) in [
            ("9,999 pounds", "1,000 pounds"),
            ("10", "1,000"),
            ("120", ""),
            ("Green", "Red"),
            ("-5", "5"),
            ("Ward 7", "Zone 7"),
            ("21", "12"),
            ("Harbour", "Ward 7 Harbour"),
        ] {
            assert!(!agree(value, said), "{value} and {said}");
        }
    }
}
