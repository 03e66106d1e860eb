//! Addresses of links that lead into somebody's network or folder, or carry a key to it.

use std::net::{IpAddr, Ipv4Addr};

use super::emails::{Email, emails, is_below};

/// Ends of names that no public network knows. (RFC 6761, RFC 6762, RFC 8375; `internal` by ICANN's resolution.)
const NOT_PUBLIC: [&str; 4] = ["local", "localhost", "internal", "home.arpa"];
/// Names of parts of an address that hold a key, besides those that end in `token`.
const KEYS: [&str; 5] = ["authkey", "password", "pwd", "sig", "signature"];

/// Why an address is not for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Inside {
    /// It names a machine that only one network knows.
    Network,
    /// It leads into the folder of one person, whose sign-in name it tells.
    Folder,
    /// It carries a key or a password.
    Key,
}

impl Inside {
    /// Says where it leads, behind "a link".
    pub(crate) fn said(self) -> &'static str {
        match self {
            Self::Network => "leads to a machine of somebody's own network",
            Self::Folder => "leads into the folder of one person, whose name it tells",
            Self::Key => "carries a key that opens what it leads to",
        }
    }
}

/// Gives the host that an address of the web names and why it is not for everybody; nothing where anybody may follow it.
pub(crate) fn inside(address: &str) -> Option<(String, Inside)> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !["http", "https", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host = without_port(host).trim_end_matches('.').to_ascii_lowercase();
    let (path, query) = behind.split_once(['?', '#']).unwrap_or((behind, ""));
    let why = if is_of_a_network(&host) {
        Inside::Network
    } else if is_folder_of_one(path) && (query.contains('=') || is_of_people(&host)) {
        Inside::Folder
    } else if user.contains(':') || query.split(['&', '#', ';']).any(holds_a_key) {
        Inside::Key
    } else {
        return None;
    };
    Some((host, why))
}

/// Gives the addresses to which a link writes.
pub(crate) fn written_to(address: &str) -> Vec<Email> {
    let scheme = address.trim().get(.."mailto:".len());
    if !scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        return Vec::new();
    }
    let plain = address.replace("%40", "@").replace("%2C", ",").replace("%2c", ",").replace("%20", " ");
    emails(&plain)
}

fn without_port(host: &str) -> &str {
    if let Some(end) = host.strip_prefix('[').and_then(|host| host.find(']')) {
        return &host[1..=end];
    }
    host.split(':').next().unwrap_or(host)
}

fn is_of_a_network(host: &str) -> bool {
    match host.parse() {
        Ok(IpAddr::V4(number)) => is_private(number),
        Ok(IpAddr::V6(number)) => number.is_loopback() || number.is_unique_local() || number.is_unicast_link_local(),
        Err(_) => !host.is_empty() && (!host.contains('.') || NOT_PUBLIC.iter().any(|end| is_below(host, end))),
    }
}

fn is_private(number: Ipv4Addr) -> bool {
    number.is_private() || number.is_loopback() || number.is_link_local()
}

/// Tells whether a path leads into `personal/` with a sign-in name, such as `personal/j_ward_council_gov_uk/`.
fn is_folder_of_one(path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    parts.any(|part| part.eq_ignore_ascii_case("personal")) && parts.next().is_some_and(|name| name.contains('_'))
}

/// Tells whether a host keeps the folders of people, as those do that are called `council-my`.
fn is_of_people(host: &str) -> bool {
    host.split('.').next().is_some_and(|first| first.ends_with("-my"))
}

fn holds_a_key(part: &str) -> bool {
    part.split_once('=').is_some_and(|(name, value)| {
        let name = name.to_ascii_lowercase();
        !value.is_empty() && (name.ends_with("token") || KEYS.contains(&name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_into_a_network_or_a_folder_are_told_from_those_for_everybody() {
        for (address, why) in [
            ("http://intranet/papers", Some(Inside::Network)),
            ("https://files01:8443", Some(Inside::Network)),
            ("http://192.168.4.20/scan.pdf", Some(Inside::Network)),
            ("http://[fd00::7]/a", Some(Inside::Network)),
            ("ftp://nas.local/a", Some(Inside::Network)),
            ("HTTP://LOCALHOST:8080", Some(Inside::Network)),
            (
                "https://borough-my.cloud.example/:x:/r/personal/o_reed_borough/Documents/a.xlsx?e=4f",
                Some(Inside::Folder),
            ),
            ("https://clerk:pass@files.example.org/", Some(Inside::Key)),
            ("https://store.example.org/a.pdf?sv=1&sig=aa", Some(Inside::Key)),
            ("https://docs.example.org/a?access_token=abc", Some(Inside::Key)),
            ("https://www.example.org/personal/finance", None),
            ("https://www.example.org/personal/help_with_money", None),
            ("https://share.example.org/personal/o_reed/a.docx?e=4f", Some(Inside::Folder)),
            ("https://example.org/find?q=a@b&token=", None),
            ("http://8.8.8.8/", None),
            ("https://example.org./a", None),
            ("mailto:o.reed@example.org", None),
            ("https://", None),
        ] {
            assert_eq!(inside(address).map(|(_, why)| why), why, "{address}");
        }
        assert_eq!(inside("http://u@Intranet:80/a").map(|(host, _)| host).as_deref(), Some("intranet"));
    }

    #[test]
    fn a_link_writes_to_all_its_addresses() {
        let found = written_to("mailto:Olive.Reed%40example.org?cc=b@example.org&subject=a%20b");
        assert_eq!(found.iter().map(|email| email.local.as_str()).collect::<Vec<_>>(), ["olive.reed", "b"]);
        assert!(written_to("https://example.org/@a@b.org").is_empty());
    }
}
