//! What the pages of a pack are called in a viewer: the numbers that are printed on them.
//!
//! (ISO 32000-1, 12.4.2: a number tree of runs, each with a prefix, a style and a first number.)

use lopdf::{Dictionary, Document, Object};

use crate::pdf::objects::text_string;

/// Calls the pages of a pack, from its first, by these labels, such as `7` and `10A`. A pack without
/// labels keeps those that it has.
pub(crate) fn write(pack: &mut Document, labels: &[String]) {
    if labels.is_empty() {
        return;
    }
    let entries = runs(labels).into_iter().flat_map(|(index, run)| {
        [Object::Integer(i64::try_from(index).unwrap_or(i64::MAX)), Object::Dictionary(run.written())]
    });
    let mut tree = Dictionary::new();
    tree.set("Nums", Object::Array(entries.collect()));
    let tree = pack.add_object(tree);
    if let Ok(catalog) = pack.catalog_mut() {
        catalog.set("PageLabels", Object::Reference(tree));
    }
}

/// Pages whose labels follow from that of the first.
#[derive(Debug, PartialEq, Eq)]
enum Run<'a> {
    /// Whole numbers, from this one on.
    Numbers(i64),
    /// A label that no other follows from.
    Word(&'a str),
}

impl Run<'_> {
    fn written(&self) -> Dictionary {
        let mut run = Dictionary::new();
        match self {
            Self::Numbers(first) => {
                run.set("S", Object::Name(b"D".to_vec()));
                run.set("St", Object::Integer(*first));
            }
            Self::Word(word) => run.set("P", text_string(word)),
        }
        run
    }
}

/// Gives the runs of labels, each with the index of its first page.
fn runs(labels: &[String]) -> Vec<(usize, Run<'_>)> {
    let mut runs = Vec::new();
    let mut expected = None;
    for (index, label) in labels.iter().enumerate() {
        let number = plain_number(label);
        if number.is_none() || number != expected {
            runs.push((index, number.map_or(Run::Word(label), Run::Numbers)));
        }
        expected = number.and_then(|number| number.checked_add(1));
    }
    runs
}

/// Gives the number that a label is, if a viewer writes it in the same way. A run cannot begin at 0.
fn plain_number(label: &str) -> Option<i64> {
    let number: i64 = label.parse().ok()?;
    // Viewers keep it in 32 bits.
    (number > 0 && number <= i64::from(i32::MAX) && number.to_string() == label).then_some(number)
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, dictionary};

    use super::{Run, runs, write};

    fn labels(words: &str) -> Vec<String> {
        words.split(' ').map(ToOwned::to_owned).collect()
    }

    #[test]
    fn numbers_that_follow_each_other_are_one_run() {
        let labels = labels("1 2 3 10 10A 10B 11 12");
        let expected = [
            (0, Run::Numbers(1)),
            (3, Run::Numbers(10)),
            (4, Run::Word("10A")),
            (5, Run::Word("10B")),
            (6, Run::Numbers(11)),
        ];
        assert_eq!(runs(&labels), expected);
    }

    #[test]
    fn what_a_viewer_would_write_otherwise_is_a_word() {
        for label in ["0", "007", "+7", "-7", "", "iv", "99999999999"] {
            assert_eq!(runs(&[label.to_owned()]), [(0, Run::Word(label))], "{label}");
        }
    }

    #[test]
    fn replaces_the_labels_of_the_catalog() {
        let mut pack = Document::with_version("1.7");
        let catalog = pack.add_object(dictionary! { "PageLabels" => Object::Null });
        pack.trailer.set("Root", catalog);
        write(&mut pack, &[]);
        assert!(pack.catalog().expect("it is there").get(b"PageLabels").expect("it is there").is_null());
        write(&mut pack, &labels("5 6 6A"));
        let tree = pack
            .catalog()
            .expect("it is there")
            .get(b"PageLabels")
            .and_then(Object::as_reference)
            .expect("it is there");
        let entries = pack
            .get_dictionary(tree)
            .expect("it is there")
            .get(b"Nums")
            .and_then(Object::as_array)
            .expect("it is there")
            .clone();
        let [Object::Integer(0), Object::Dictionary(numbers), Object::Integer(2), Object::Dictionary(word)] =
            &entries[..]
        else {
            panic!("{entries:?}")
        };
        assert_eq!(numbers.get(b"St").and_then(Object::as_i64).expect("it is there"), 5);
        assert_eq!(word.get(b"P").and_then(Object::as_str).expect("it is there"), b"6A");
        assert!(!word.has(b"S"), "a word has no number behind it");
    }
}
