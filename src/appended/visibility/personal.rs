//! Finds what belongs to private persons on a page.

use crate::personal;
use crate::personal::numbers::{Line, masked_insurance};

/// Things kept of one page.
const MOST: usize = 1_000;

/// What a private matter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Private {
    /// Electronic address at a provider for private persons.
    Address,
    /// Number of a mobile telephone.
    Mobile,
    /// National Insurance number.
    Insurance,
    /// Date of birth.
    Birth,
    /// Sort code with the number of an account.
    Account,
    /// Address of a house where somebody lives.
    Home,
}

/// Finds private matters in a text, each masked so that it can be told without being repeated.
///
/// Of addresses only those are told at which the text says that somebody lives: every letter-head has one.
pub(crate) fn private(text: &str) -> Vec<(Private, String)> {
    let mut found: Vec<(Private, String)> = Vec::new();
    let emails = personal::emails(text).into_iter().filter(personal::emails::Email::is_of_a_provider);
    found.extend(emails.map(|email| (Private::Address, email.masked())));
    let mobiles = personal::phones(text).into_iter().filter(|phone| phone.line == Line::Mobile);
    found.extend(mobiles.map(|phone| (Private::Mobile, phone.masked())));
    found.extend(
        personal::insurances(text).into_iter().map(|range| (Private::Insurance, masked_insurance(&text[range]))),
    );
    found.extend(personal::births(text).into_iter().map(|_| (Private::Birth, String::new())));
    found.extend(personal::accounts(text).into_iter().map(|_| (Private::Account, String::new())));
    let homes = personal::homes(text).into_iter().filter(|home| home.lived_in);
    found.extend(homes.map(|_| (Private::Home, String::new())));
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::{Private, private};

    #[test]
    fn finds_private_matters_and_masks_them() {
        let text = "jo.smith@Gmail.com, 07700 900 123 or 020 7946 0123; NI AB123456C; DOB: 12/03/1980. \
            Sort code 20-00-00, account 12345678. She lives at 14 Mill Lane. Our office: 2 Mill Lane, AD1 2GH";
        let found = private(text);
        let kinds: Vec<Private> = found.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(
            kinds,
            [Private::Address, Private::Mobile, Private::Insurance, Private::Birth, Private::Account, Private::Home]
        );
        assert_eq!((found[0].1.as_str(), found[1].1.as_str(), found[2].1.as_str()), ("j…@gmail.com", "07… …23", "A…C"));
    }
}
