//! Names of new files and folders, and ids.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::NewFailure;
use crate::archive;

/// How many letters an id or the name of a file has at most.
const LONGEST: usize = 60;

/// Gives words as an id or a file's name: small letters, digits and hyphens, so that every system keeps it.
pub(crate) fn slug(words: &str) -> String {
    let mut slug = String::new();
    for letter in words.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        let plain = match letter {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            slug.push(plain);
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(plain, '\'' | '’') {
            slug.push('-');
        }
    }
    if slug.len() > LONGEST {
        slug.truncate(LONGEST);
        if let Some((whole, _)) = slug.rsplit_once('-') {
            slug.truncate(whole.len());
        }
    }
    let slug = slug.trim_matches('-').to_owned();
    if archive::unsafe_path(&slug).is_some() { format!("the-{slug}").trim_end_matches('-').to_owned() } else { slug }
}

/// Tells whether a name is one that [`slug`] would leave alone.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.is_empty() && name == slug(name)
}

/// Refuses an id that cannot be a folder of the workspace everywhere.
pub(crate) fn id(word: &str, what: &str) -> Result<String, NewFailure> {
    if is_plain(word) {
        return Ok(word.to_owned());
    }
    let better = slug(word);
    let help = if better.is_empty() || better == "the" {
        "write small letters, digits and hyphens, such as `education-scrutiny`".to_owned()
    } else {
        format!("write `{better}`, say: small letters, digits and hyphens")
    };
    Err(NewFailure::named(format!("`{word}` cannot be the id of {what}"), help))
}

/// Reads the day of a meeting, which its folder is named by.
pub(crate) fn day(word: &str) -> Result<NaiveDate, NewFailure> {
    let day = NaiveDate::parse_from_str(word, "%Y-%m-%d").ok().filter(|day| day.to_string() == word);
    day.ok_or_else(|| {
        let help = crate::load::day_of(word).map_or_else(
            || "write year, month and day, such as 2027-02-11".to_owned(),
            |day| format!("write {day}: year, month, day"),
        );
        NewFailure::named(format!("`{word}` cannot be the name of a meeting's folder"), help)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_on_every_system() {
        for (words, expected) in [
            ("Children’s Services (2)", "childrens-services-2"),
            ("Zoë Wolak-Łukasz", "zoe-wolak-lukasz"),
            ("../../etc", "etc"),
            ("con", "the-con"),
            ("Cabinet", "cabinet"),
        ] {
            assert_eq!(slug(words), expected);
            assert!(is_plain(&slug(words)), "{words}");
        }
        assert!(slug(&"long words ".repeat(30)).len() <= LONGEST);
        for refused in ["Education Scrutiny", "a/b", "..", "", "con", "ämter", "a--b", "-a"] {
            assert!(id(refused, "a body").is_err(), "{refused}");
        }
        assert!(day("2027-02-11").is_ok());
        for refused in ["11/02/2027", "2027-2-11", "2027-02-30", "11 February 2027"] {
            assert!(day(refused).is_err(), "{refused}");
        }
    }
}
