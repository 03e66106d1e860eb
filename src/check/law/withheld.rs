//! What grounds for withholding must say, and what private items must not.

use std::sync::LazyLock;

use regex::Regex;

use super::days::published;
use super::shown::{Grounds, Shown};
use crate::check::wording::titles::Wording;
use crate::finding::{Confidence, Finding, Log};
use crate::model::body::Regime;
use crate::model::withheld::{ENGLAND, WALES, kind_of, part_of};
use crate::model::{Agenda, Body, Workspace};
use crate::resolve::{Item, Meeting};

/// The paragraph of Part 4 on legal professional privilege, for which Wales asks for no weighing of interests.
const PRIVILEGE_IN_WALES: u8 = 16;

/// Calls `visit` with every item of a published agenda behind which something is withheld.
fn each_withheld(meetings: &[Meeting], mut visit: impl FnMut(&Item, &[Grounds])) {
    each_at_meeting(meetings, |_, _, item, all| visit(item, all));
}

/// The same with the agenda and its body.
pub(super) fn each_at_meeting(meetings: &[Meeting], mut visit: impl FnMut(&Agenda, &Body, &Item, &[Grounds])) {
    for (meeting, body, _) in published(meetings) {
        for item in meeting.items() {
            let grounds = item.grounds();
            if !grounds.is_empty() {
                visit(meeting.agenda, body, item, &grounds);
            }
        }
    }
}

crate::finding::rule! {
    /// Whether a report is likely to be taken in private, and so can be left out of the copies for the public, is
    /// for the proper officer to decide. `decided_by` of the grounds names the post.
    NOBODY_DECIDED = "N0012", Law, Error, issue, guarded, "a withheld paper of which nobody says who decided";
    "NP1: Local Government Act 1972, section 100B(2) and (5)"
}

/// NP1: it is said who decided that something is withheld: the proper officer's opinion counts (Local Government Act
/// 1972, section 100B(2)).
pub(in crate::check) fn nobody_decided(meetings: &[Meeting], log: &Log) {
    each_withheld(meetings, |_, all| {
        for grounds in all.iter().filter(|grounds| grounds.withheld.decided_by.is_none()) {
            let message = format!("nothing says who decided that `{}` is withheld", grounds.name);
            log.add(
                Finding::new(&NOBODY_DECIDED, grounds.withheld.place, message)
                    .help("add `decided_by:` with the id or the title of the proper officer's post"),
            );
        }
    });
}

crate::finding::rule! {
    /// Information is exempt only if, and as long as, the public interest in keeping it so outweighs the public
    /// interest in disclosing it. `public_interest` of the grounds weighs both; it is printed on the page that stands
    /// in the place of the paper. Confidential papers need none: there the law itself forbids disclosure; nor does
    /// legal privilege in Wales (paragraph 16).
    NO_PUBLIC_INTEREST = "N0014", Law, Warning, guarded, "exempt papers without a word on the public interest";
    "NP4: Local Government Act 1972, Schedule 12A, paragraph 10; in Wales paragraph 21"
}

/// NP4: exempt information is withheld only while the public interest in that outweighs that in disclosure (Schedule
/// 12A, Part 2, paragraph 10). In Wales the same goes for all paragraphs but that on legal privilege (Part 5, paragraph
/// 21).
pub(in crate::check) fn no_public_interest(meetings: &[Meeting], log: &Log) {
    each_withheld(meetings, |_, all| {
        let silent = |grounds: &&Grounds| {
            let withheld = grounds.withheld;
            let weighed = withheld.paragraphs.iter().any(|paragraph| *paragraph != PRIVILEGE_IN_WALES);
            weighed && withheld.confidential.is_none() && withheld.public_interest.is_none()
        };
        for grounds in all.iter().filter(silent) {
            let message =
                format!("nothing says why the public interest in withholding `{}` is the greater one", grounds.name);
            log.add(
                Finding::new(&NO_PUBLIC_INTEREST, grounds.withheld.place, message)
                    .help("weigh both interests in `public_interest: |`, and say why withholding wins"),
            );
        }
    });
}

crate::finding::rule! {
    /// Exempt information is described for England in paragraphs 1 to 7 of Schedule 12A (Part 1), for Wales in
    /// paragraphs 12 to 18 (Part 4), in the same order. Which of them holds, `regime` of the body says.
    OTHER_PART = "N0035", Law, Error, issue, guarded, "grounds for withholding that are the law of the other nation";
    "NP3: Local Government Act 1972, section 100I and Schedule 12A; SI 2007/969"
}

/// NP3: the paragraphs are those of the nation: of Part 1 in England, of Part 4 in Wales (section 100I, SI 2007/969).
pub(in crate::check) fn other_part(meetings: &[Meeting], log: &Log) {
    each_at_meeting(meetings, |_, body, _, all| {
        let (own, part) = if body.regime == Regime::Wales { (WALES, 4) } else { (ENGLAND, 1) };
        for Grounds { withheld, .. } in all {
            for paragraph in withheld.paragraphs.iter().filter(|paragraph| !own.contains(*paragraph)) {
                let meant = kind_of(*paragraph) - ENGLAND.start() + own.start();
                let message = format!(
                    "paragraph {paragraph} is of Part {} of Schedule 12A, which is not the law of this body",
                    part_of(*paragraph)
                );
                let help = format!(
                    "write {meant}, which describes the same in Part {part}; or correct `regime` of the body, which is \
                     `wales` only in Wales"
                );
                log.add(Finding::new(&OTHER_PART, withheld.place, message).help(help));
            }
        }
    });
}

crate::finding::rule! {
    /// Confidential is what a government department gave on terms that forbid disclosure, or what an enactment or a
    /// court forbids to disclose: the law itself excludes the public. Exempt is what a paragraph of Schedule 12A
    /// describes: there the meeting may exclude the public by a resolution, if it wants to. Grounds are one or the
    /// other; of two kinds of paper, withhold each by its own grounds.
    EXEMPT_AND_CONFIDENTIAL = "N0017", Law, Error, issue, guarded, "grounds that are exempt and confidential at once";
    "NP7: Local Government Act 1972, section 100A(2) to (4)"
}

/// NP7: confidential information is not exempt information: the law itself excludes the public from the one, a
/// resolution from the other (section 100A(2) to (4)).
pub(in crate::check) fn exempt_and_confidential(meetings: &[Meeting], log: &Log) {
    each_withheld(meetings, |_, all| {
        for Grounds { withheld, name } in all {
            if let Some(confidential) = withheld.confidential.as_ref().filter(|_| !withheld.paragraphs.is_empty()) {
                let message = format!("`{name}` is withheld as exempt and as confidential at once");
                log.add(
                    Finding::new(&EXEMPT_AND_CONFIDENTIAL, withheld.place, message)
                        .also(confidential.place, "confidential here")
                        .help(
                            "keep `confidential` for terms of a government department or a court's order, and \
                               `paragraphs` for everything else",
                        ),
                );
            }
        }
    });
}

static CONFIDENTIAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\bconfidential\b").expect("the pattern is sound"));

crate::finding::rule! {
    /// “Confidential” means in law what must not be disclosed, see N0017. What a paragraph of Schedule 12A describes
    /// is “exempt”. The word stands in what the public reads of an item whose grounds are paragraphs.
    CALLED_CONFIDENTIAL = "N0018", Law, Warning, guarded, "exempt information that is called confidential";
    "NP7: Local Government Act 1972, section 100A(2) to (4)"
}

/// NP7: what is exempt is not called confidential.
pub(in crate::check) fn called_confidential(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    each_withheld(meetings, |shown, all| {
        if all.iter().any(|grounds| grounds.withheld.confidential.is_some()) {
            return;
        }
        for passage in shown.passages() {
            let Some(found) = CONFIDENTIAL.find(&passage.words) else { continue };
            let place = passage.place(found.range(), &workspace.sources);
            log.add(
                Finding::new(&CALLED_CONFIDENTIAL, place, "what is exempt is called confidential")
                    .confidence(Confidence::Possible)
                    .also(all[0].withheld.place, "exempt by these paragraphs")
                    .help(
                        "write “exempt”, or `confidential:` in place of `paragraphs:` where the law forbids disclosure",
                    ),
            );
        }
    });
}

/// Which paragraphs of Schedule 12A protect something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Any of them.
    All,
    /// 1 and 2.
    People,
    /// 3.
    Business,
}

/// Words in the names of organisations, as in those of kinds of them, so that they name none.
const KINDS: [&str; 34] = [
    "a",
    "academy",
    "acquisition",
    "appointment",
    "arts",
    "building",
    "care",
    "charitable",
    "community",
    "council",
    "cultural",
    "development",
    "disposal",
    "draft",
    "employer",
    "future",
    "health",
    "housing",
    "leisure",
    "local",
    "new",
    "our",
    "owned",
    "pension",
    "property",
    "proposed",
    "public",
    "review",
    "sports",
    "the",
    "this",
    "trading",
    "wholly",
    "youth",
];

/// Tells whether a name says more than what kind of organisation it is: "Braddock Arts Trust", not "Leisure Trust".
fn names_an_organisation(found: &str) -> bool {
    let mut words = found.split_whitespace().rev().skip(1);
    words.any(|word| word.chars().next().is_some_and(char::is_uppercase) && !KINDS.contains(&&*word.to_lowercase()))
}

/// What can give a secret away: a pattern, what it is, which paragraphs protect it.
static SECRETS: LazyLock<[(Regex, &str, Of); 5]> = LazyLock::new(|| {
    let pattern = |pattern: &str| Regex::new(pattern).expect("the pattern is sound");
    [
        (pattern(r"[£€$]\s?[0-9][0-9,.]*(?:\s?(?:million|billion|[mk]\b))?"), "an amount of money", Of::All),
        (
            pattern(r"(?:\b[A-Z][\w&’'.-]*\s+(?:(?:and|of|&)\s+)?){1,4}(?:Ltd|Limited|PLC|plc|LLP|CIC)\b"),
            "a company",
            Of::All,
        ),
        (
            pattern(concat!(
                r"(?:\b[A-Z][\w&’'.-]*\s+(?:(?:and|of|for|&)\s+)?){1,4}",
                r"(?:Trust|Foundation|Society|Company|Partners|Associates|Holdings|Charity|Housing Association)\b"
            )),
            "an organisation",
            Of::Business,
        ),
        (
            pattern(concat!(
                r"\b(?:[0-9]+[A-Za-z]?,?\s+(?:[A-Z][\w’'-]*\s+){1,3}",
                r"(?:Road|Street|Lane|Avenue|Close|Drive|Way|Place|Gardens|Terrace|Crescent|Court|Square|Hill|Grove|Row)\b",
                r"|[A-Z]{1,2}[0-9][A-Z0-9]?\s[0-9][A-Z]{2}\b)"
            )),
            "an address",
            Of::All,
        ),
        (
            pattern(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Professor|Sir|Dame|Councillor)\.?\s+(?:[A-Z][\w’'-]*\s?){1,3}"),
            "a person",
            Of::People,
        ),
    ]
});

crate::finding::rule! {
    /// Title, lead, text and parts of a private item stand on the public front sheet. They were found to name an
    /// amount of money, a company, an address, or (where paragraph 1 or 2 protects people) a person. Leave that
    /// to the withheld report. Where the name is public already, accept the finding with that reason.
    TITLE_DISCLOSES = "N0019", Law, Warning, guarded, "a private item that gives its secret away";
    "NP8: practice"
}

/// NP8: what the public reads of a private item does not itself disclose the secret.
pub(in crate::check) fn title_discloses(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    each_withheld(meetings, |shown, all| {
        if shown.access.is_public() {
            return;
        }
        let numbers = || all.iter().flat_map(|grounds| &grounds.withheld.paragraphs);
        let protected = |of: Of| match of {
            Of::All => true,
            Of::People => numbers().any(|number| kind_of(*number) < 3),
            Of::Business => numbers().any(|number| kind_of(*number) == 3),
        };
        for passage in shown.passages() {
            for (pattern, what, of) in SECRETS.iter().filter(|(.., of)| protected(*of)) {
                let is_name = |found: &regex::Match| *of != Of::Business || names_an_organisation(found.as_str());
                let Some(found) = pattern.find_iter(&passage.words).find(is_name) else { continue };
                let place = passage.place(found.range(), &workspace.sources);
                let message = format!("the public reads {what} in a private item: `{}`", found.as_str().trim());
                log.add(
                    Finding::new(&TITLE_DISCLOSES, place, message)
                        .confidence(match *what {
                            "an address" | "an organisation" => Confidence::Possible,
                            _ => Confidence::Likely,
                        })
                        .help("say it in the withheld report alone; title, lead and text of the item are public"),
                );
            }
        }
    });
}

crate::finding::rule! {
    /// What can be said in public is said in public: beside a private item stands a public one on the same
    /// matter, with a similar title or a reference from one to the other. Where there can be none,
    /// `no_public_report` says why, and it is printed below the item.
    NO_COUNTERPART = "N0020", Law, Info, "a private item without a public one";
    "NP9: practice"
}

/// NP9: a private item has a public counterpart, or a reason why there is none. (Of what is confidential nothing can
/// be said.)
pub(in crate::check) fn no_counterpart(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    for (meeting, body, _) in published(meetings) {
        let wording = Wording::of(&workspace.council, body);
        let secret = |item: &&Item| {
            let exempt = item.grounds().iter().any(|grounds| !grounds.withheld.paragraphs.is_empty());
            item.private && exempt && item.no_public_report.is_none()
        };
        for item in meeting.items().filter(secret) {
            let (title, references) = (item.title.plain(), item.references());
            let public = |other: &&Item| !other.private && !other.is_exclusion();
            let is_it = |other: &Item| {
                wording.alike(&other.title.plain(), &title)
                    || other.is_among(&references)
                    || item.is_among(&other.references())
            };
            if !meeting.items().filter(public).any(is_it) {
                let message = format!("the private item `{title}` has no public one beside it");
                log.add(
                    Finding::new(&NO_COUNTERPART, item.place, message)
                        .help("report in public what can be said, or say in `no_public_report: …` why nothing can be"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(words: &str) -> Option<(&'static str, String)> {
        let found = |(pattern, what, of): &'static (Regex, &'static str, Of)| {
            let found = pattern.find_iter(words);
            let mut found = found.filter(|found| *of != Of::Business || names_an_organisation(found.as_str()));
            found.next().map(|found| (*what, found.as_str().trim().to_owned()))
        };
        SECRETS.iter().find_map(found)
    }

    #[test]
    fn secrets_are_told_from_plain_words() {
        for (words, what, found) in [
            ("Sale of the depot for £9.35 million", "an amount of money", "£9.35 million"),
            ("Contract with Fenwharf Homes Limited", "a company", "Fenwharf Homes Limited"),
            ("Employer covenant review: Braddock Arts Trust", "an organisation", "Braddock Arts Trust"),
            ("Lease to Moss and Hartley Partners", "an organisation", "Moss and Hartley Partners"),
            ("Tenancy of 14 Brook Street", "an address", "14 Brook Street"),
            ("Grievance of Ms Jane Doe", "a person", "Ms Jane Doe"),
        ] {
            assert_eq!(first(words), Some((what, found.to_owned())));
        }
        for words in [
            "Disposal of the former Tannery Lane depot",
            "Item 5 of the Harbour Street plan",
            "Limited bids",
            "The Leisure Trust: contract",
            "Proposed Housing Company",
        ] {
            assert_eq!(first(words), None, "{words}");
        }
    }
}
