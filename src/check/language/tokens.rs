//! Takes running text apart into words and sentences.

use std::ops::Range;

/// Endings of words that are cut short, behind which no sentence need begin.
const SHORTENED: [&str; 22] = [
    "mr", "mrs", "ms", "dr", "cllr", "prof", "rev", "hon", "st", "no", "nos", "para", "paras", "e.g", "i.e", "etc",
    "cf", "vs", "ref", "approx", "p", "pp",
];

/// A word of a text: letters, and the apostrophes among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The word.
    pub(super) word: &'a str,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Whether a sentence begins with it.
    pub(super) first: bool,
    /// Whether a hyphen joins it to another word.
    pub(super) joined: bool,
}

/// Gives the words of a text. Addresses of the web and of people, names of files and what has digits in it
/// are no words.
pub(super) fn words(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut first = true;
    for (start, chunk) in chunks(text) {
        if !is_address(chunk) {
            let before = found.len();
            split(chunk, start, &mut found);
            found[before..].iter_mut().take(1).for_each(|token: &mut Token| token.first = first);
        }
        if chunk.contains(char::is_alphanumeric) || ends_sentence(chunk) {
            first = ends_sentence(chunk);
        }
    }
    found
}

/// Gives what stands between spaces, with its place.
fn chunks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |chunk| (chunk.as_ptr() as usize - base, chunk))
}

/// Tells whether a chunk is an address or the name of a file rather than words.
fn is_address(chunk: &str) -> bool {
    let inner = chunk.trim_matches(|char: char| !char.is_alphanumeric());
    let dotted = inner
        .as_bytes()
        .windows(3)
        .any(|three| three[1] == b'.' && three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphanumeric());
    inner.contains('@') || inner.contains("://") || inner.contains('_') || inner.contains('\\') || dotted
}

/// Tells whether a sentence ends with a chunk.
pub(super) fn ends_sentence(chunk: &str) -> bool {
    let closing = |char: char| matches!(char, ')' | ']' | '"' | '\'' | '”' | '’' | '*');
    let bare = chunk.trim_end_matches(closing);
    let Some(word) = bare.strip_suffix(['.', '!', '?', ':', '…']) else { return false };
    let word = word.trim_start_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    // One letter is an initial: "J. Moss".
    !bare.ends_with('.')
        || !(SHORTENED.contains(&word.as_str())
            || (word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic())))
}

fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’')
}

fn split<'a>(chunk: &'a str, start: usize, found: &mut Vec<Token<'a>>) {
    let inside = |char: char| char.is_alphanumeric() || is_apostrophe(char);
    let base = chunk.as_ptr() as usize;
    for part in chunk.split(|char| !inside(char)) {
        let word = part.trim_matches(is_apostrophe);
        if word.is_empty() || word.contains(char::is_numeric) {
            continue;
        }
        let at = word.as_ptr() as usize - base;
        let hyphen = |char: Option<char>| char.is_some_and(|char| matches!(char, '-' | '\u{2010}' | '\u{2011}'));
        let joined = hyphen(chunk[..at].chars().next_back()) || hyphen(chunk[at + word.len()..].chars().next());
        found.push(Token { word, range: start + at..start + at + word.len(), first: false, joined });
    }
}

/// Gives the sentences of a text, each without the spaces around it.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut end = 0;
    let mut chunks = chunks(text).peekable();
    while let Some((at, chunk)) = chunks.next() {
        let begin = *start.get_or_insert(at);
        end = at + chunk.len();
        let next_begins = chunks.peek().is_none_or(|(_, next)| {
            next.chars().find(|char| char.is_alphanumeric()).is_none_or(|char| !char.is_lowercase())
        });
        if ends_sentence(chunk) && !chunk.ends_with(':') && next_begins {
            found.push(begin..end);
            start = None;
        }
    }
    found.extend(start.map(|start| start..end));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn words_are_letters_with_their_apostrophes() {
        assert_eq!(
            all("The Board’s ‘note’ (co-opted), don't/won't."),
            ["The", "Board’s", "note", "co", "opted", "don't", "won't"]
        );
        assert_eq!(all("zoë 10th A4 COVID-19 x"), ["zoë", "COVID", "x"]);
        for range in words("é “naïve” day").iter().map(|token| token.range.clone()) {
            assert!("é “naïve” day".get(range).is_some());
        }
    }

    #[test]
    fn addresses_are_no_words() {
        assert!(all("a.b@c.example, https://x/y www.aldermere.example pack.json some_name e.g.").is_empty());
    }

    #[test]
    fn the_first_word_of_each_sentence_is_known() {
        let text = "“One two. Three Dr. Four (five). Six";
        let first: Vec<&str> = words(text).into_iter().filter(|token| token.first).map(|token| token.word).collect();
        assert_eq!(first, ["One", "Three", "Six"]);
        assert!(words("On 5. May").iter().any(|token| token.word == "May" && token.first));
    }

    #[test]
    fn sentences_end_at_their_stops() {
        let parts = |text| sentences(text).into_iter().map(|range| &text[range]).collect::<Vec<&str>>();
        assert_eq!(
            parts(" One two. Three? Four e.g. five at 10.30 am. (Six.) seven"),
            ["One two.", "Three?", "Four e.g. five at 10.30 am.", "(Six.) seven"]
        );
        assert!(parts("  ").is_empty());
    }
}
