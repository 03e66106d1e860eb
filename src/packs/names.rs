//! Names of output files, as a person would choose them.

use crate::archive;
use crate::compose::{Document, Edition, Pack, Role};

/// How many characters of a title go into a name.
const LONGEST: usize = 60;

/// How many bytes a name may have without its ending and the number that sets it apart: the archive takes 200.
const LONGEST_STEM: usize = 180;

/// Gives the name of a pack's PDF, such as `2026-09-16-education-scrutiny-agenda-pack.pdf`.
pub(super) fn pack(pack: &Pack, edition: Edition) -> String {
    let agenda = pack.agenda;
    let what = match edition {
        _ if agenda.cancelled.is_some() => "notice-of-cancellation",
        _ if agenda.postponed.is_some() => "notice-of-postponement",
        Edition::Private => "agenda-pack-private",
        Edition::Public | Edition::Single => "agenda-pack",
    };
    let what = match &pack.supplement {
        Some(supplement) => {
            let private = if edition == Edition::Private { "-private" } else { "" };
            format!("supplement-{}{private}", supplement.number)
        }
        None => what.to_owned(),
    };
    let mut body = slug(&agenda.body);
    body.truncate(body.floor_char_boundary(LONGEST_STEM - what.len() - 12));
    format!("{}-{body}-{what}.pdf", agenda.when.format("%Y-%m-%d"))
}

/// Gives the name of a single paper's PDF that is not taken yet.
pub(super) fn paper(document: &Document, title: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut stem = match (&document.role, &document.item) {
        (Role::FrontSheet, _) | (_, None) => slug(title),
        (_, Some(item)) => {
            let appendix =
                document.appendix.as_ref().map_or(String::new(), |number| format!("-appendix-{}", slug(number)));
            format!("item-{}{appendix}-{}", slug(item), slug(title))
        }
    };
    if stem.is_empty() {
        stem.clone_from(&document.id);
    }
    let stem = kept(stem);
    let mut name = format!("{stem}.pdf");
    let mut count = 2;
    while taken(&name) {
        name = format!("{stem}-{count}.pdf");
        count += 1;
    }
    name
}

/// Gives a name that the archive takes: neither too long, nor that of a device.
fn kept(mut stem: String) -> String {
    stem.truncate(stem.floor_char_boundary(LONGEST_STEM));
    if archive::unsafe_path(&stem).is_some() { format!("paper-{stem}") } else { stem }
}

/// Gives words as a file name: lower case, hyphens, plain letters where there are some.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(character, '\'' | '’') {
            slug.push('-');
        }
    }
    if slug.chars().count() > LONGEST {
        let cut: String = slug.chars().take(LONGEST).collect();
        slug = cut.rsplit_once('-').map_or(cut.clone(), |(whole, _)| whole.to_owned());
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{kept, slug};
    use crate::archive;

    #[test]
    fn slugs_are_names_that_every_file_system_takes() {
        assert_eq!(slug("Children’s Services: Action Plan (2026/27)"), "childrens-services-action-plan-2026-27");
        assert_eq!(slug("../../etc"), "etc");
        assert_eq!(slug("Zoë"), "zoë");
        assert!(slug(&"long words ".repeat(30)).len() <= 60);
    }
    #[test]
    fn names_are_kept_in_the_archive() {
        let item = slug(&"ব".repeat(60));
        for stem in ["con".to_owned(), "com1".to_owned(), format!("item-{item}-appendix-{item}-{item}")] {
            let name = format!("{}-12.pdf", kept(stem));
            assert_eq!(archive::unsafe_path(&name), None, "{name}");
        }
        assert_eq!(kept("nul".to_owned()), "paper-nul");
        assert_eq!(kept("item-7-budget".to_owned()), "item-7-budget");
    }
}
