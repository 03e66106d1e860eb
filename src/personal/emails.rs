//! E-mail addresses.

use std::ops::Range;

use super::MOST;

/// Domains of providers where people, not bodies, have their addresses.
const PROVIDERS: [&str; 32] = [
    "aol.co.uk",
    "aol.com",
    "blueyonder.co.uk",
    "btinternet.com",
    "btopenworld.com",
    "freeserve.co.uk",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "outlook.co.uk",
    "outlook.com",
    "plus.com",
    "proton.me",
    "protonmail.com",
    "sky.com",
    "talktalk.net",
    "tiscali.co.uk",
    "virgin.net",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
];
/// Domains below which only public bodies have theirs.
const PUBLIC: [&str; 15] = [
    "gov.uk",
    "gov.scot",
    "gov.wales",
    "llyw.cymru",
    "nhs.uk",
    "nhs.net",
    "nhs.scot",
    "police.uk",
    "ac.uk",
    "sch.uk",
    "mod.uk",
    "parliament.uk",
    "parliament.scot",
    "senedd.wales",
    "judiciary.uk",
];

/// An address in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Email {
    /// Where it stands.
    pub(crate) range: Range<usize>,
    /// What stands before the `@`, in small letters.
    pub(crate) local: String,
    /// What stands behind it, in small letters.
    pub(crate) domain: String,
}

impl Email {
    /// Tells whether it is at a provider where people, not bodies, have their addresses.
    pub(crate) fn is_of_a_provider(&self) -> bool {
        PROVIDERS.contains(&self.domain.as_str())
    }

    /// Tells whether it is that of somebody in the service of a public body.
    pub(crate) fn is_of_a_public_body(&self) -> bool {
        PUBLIC.iter().any(|public| is_below(&self.domain, public))
    }

    /// Tells whether it looks like a person's, such as `jo.smith` or `j_smith`, not like that of an office.
    pub(crate) fn names_a_person(&self) -> bool {
        let parts: Vec<&str> = self.local.split(['.', '_']).collect();
        parts.len() > 1
            && parts
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-'))
    }

    /// Gives it so that it can be told without being repeated.
    pub(crate) fn masked(&self) -> String {
        format!("{}…@{}", self.local.chars().next().unwrap_or_default(), self.domain)
    }
}

/// Tells whether a domain is another one, or below it.
pub(crate) fn is_below(domain: &str, other: &str) -> bool {
    domain.strip_suffix(other).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Finds the addresses in a text.
pub(crate) fn emails(text: &str) -> Vec<Email> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices('@').take(MOST).filter_map(|(at, _)| email(&lower, at)).collect()
}

fn email(text: &str, at: usize) -> Option<Email> {
    let local = |char: char| char.is_ascii_alphanumeric() || "._%+-".contains(char);
    let before = text[..at]
        .rfind(|char| !local(char))
        .map_or(0, |end| end + text[end..].chars().next().map_or(1, char::len_utf8));
    let after = &text[at + 1..];
    let end = after.find(|char: char| !char.is_ascii_alphanumeric() && !".-".contains(char)).unwrap_or(after.len());
    let domain = after[..end].trim_end_matches(['.', '-']);
    let name = text[before..at].trim_start_matches('.');
    let found = !name.is_empty() && domain.contains('.');
    found.then(|| Email {
        range: at - name.len()..at + 1 + domain.len(),
        local: name.to_owned(),
        domain: domain.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_where_they_stand() {
        let text = "é jo.smith@Gmail.com. (clerk@council.gov.uk) @gmail.com a@b";
        let found = emails(text);
        assert_eq!(
            found.iter().map(|email| &text[email.range.clone()]).collect::<Vec<_>>(),
            ["jo.smith@Gmail.com", "clerk@council.gov.uk"]
        );
        assert_eq!(found[0].masked(), "j…@gmail.com");
        assert!(found[0].is_of_a_provider() && found[0].names_a_person() && !found[0].is_of_a_public_body());
        assert!(found[1].is_of_a_public_body() && !found[1].names_a_person());
    }

    #[test]
    fn domains_are_compared_by_their_parts() {
        assert!(is_below("a.council.gov.uk", "council.gov.uk") && is_below("council.gov.uk", "council.gov.uk"));
        assert!(!is_below("mycouncil.gov.uk", "council.gov.uk"));
    }
}
