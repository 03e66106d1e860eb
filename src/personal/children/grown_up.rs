//! Sons and daughters who are no children any more, told by what they do.

use super::GROWN_UP;
use crate::personal::within;

/// What only grown-ups are.
const OCCUPATIONS: [&str; 58] = [
    "accountant",
    "adult",
    "agent",
    "applicant",
    "architect",
    "artist",
    "barrister",
    "builder",
    "businessman",
    "businesswoman",
    "carer",
    "carpenter",
    "chair",
    "chairman",
    "chef",
    "clerk",
    "consultant",
    "councillor",
    "dentist",
    "designer",
    "director",
    "doctor",
    "driver",
    "electrician",
    "employee",
    "engineer",
    "farmer",
    "father",
    "firefighter",
    "governor",
    "headteacher",
    "husband",
    "journalist",
    "landlord",
    "lawyer",
    "lecturer",
    "manager",
    "mother",
    "nurse",
    "officer",
    "owner",
    "paramedic",
    "partner",
    "plumber",
    "priest",
    "professor",
    "proprietor",
    "publican",
    "secretary",
    "shareholder",
    "shopkeeper",
    "solicitor",
    "surgeon",
    "surveyor",
    "teacher",
    "trader",
    "trustee",
    "wife",
];
/// What only grown-ups do.
const DOES: [&str; 21] = [
    "chairs",
    "directs",
    "drives",
    "employed",
    "employs",
    "graduated",
    "lectures",
    "manages",
    "married",
    "opened",
    "owned",
    "owns",
    "practises",
    "qualified",
    "ran",
    "runs",
    "stood",
    "teaches",
    "trades",
    "worked",
    "works",
];
/// What may stand before it.
const LEADS: [&str; 16] = [
    "a", "also", "an", "been", "became", "formerly", "had", "has", "is", "just", "now", "recently", "since", "the",
    "was", "who",
];
/// What ends the words that say what somebody is: "a patient of the doctor".
const ENDS: [&str; 11] = ["and", "as", "at", "by", "for", "from", "in", "of", "on", "to", "with"];
/// Bytes behind a name in which it is said.
const WITHIN: usize = 80;

/// Tells whether the words behind a name say an occupation, or an age of eighteen or more.
pub(super) fn is_grown_up(behind: &str) -> bool {
    let behind = within(behind, WITHIN);
    let chunk = behind.trim_start_matches([',', ' ', '(']);
    if behind.len() == chunk.len() || behind.starts_with(['.', ';', ':']) {
        return false;
    }
    let chunk = chunk.split([',', '.', ';', ':', '(', ')']).next().unwrap_or_default().to_lowercase();
    let mut words = chunk.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let first = words.peek().copied().unwrap_or_default();
    let aged = first.strip_prefix("aged").map_or(first, |_| chunk.split(' ').nth(1).unwrap_or_default());
    if aged.parse::<u32>().is_ok_and(|age| age >= GROWN_UP) {
        return true;
    }
    while words.next_if(|word| LEADS.contains(word)).is_some() {}
    if words.peek().is_some_and(|word| DOES.contains(word)) {
        return true;
    }
    words.take_while(|word| !ENDS.contains(word)).any(|word| OCCUPATIONS.contains(&word))
}
