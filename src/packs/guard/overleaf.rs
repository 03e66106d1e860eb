//! Secrets in appended files that no text of a page has in one piece: broken over pages, or drawn in a picture.

use crate::appended::{Content, Received};
use crate::pictures;
use crate::secrets::{Form, Secret};

/// Letters at the end of a page and the beginning of the next one that are read together.
const LETTERS: usize = 200;
/// Lines at the foot and at the head of pages that may stand between the two.
const MARGINS: usize = 2;

/// Gives the secrets, by their index, with the number of the page in the file on which each begins.
pub(super) fn hits(received: &Received, secrets: &[&Secret]) -> Vec<(usize, u32)> {
    let mut hits = Vec::new();
    let mut look = |text: &str, page: u32, parts: &[Form]| {
        let form = Form::of(text);
        let is_whole = |secret: &Secret| parts.iter().any(|part| secret.find(part).is_some());
        let said = secrets.iter().enumerate().filter(|(_, secret)| secret.find(&form).is_some() && !is_whole(secret));
        hits.extend(said.map(|(index, _)| (index, page)));
    };
    if let Content::Pictures(pictures) = &received.content {
        for (face, (ending, bytes)) in received.faces.iter().zip(pictures) {
            if *ending == "svg" {
                look(&pictures::words_of_drawing(bytes), face.number, &[]);
            }
        }
    }
    for (pair, face) in received.words.windows(2).zip(&received.faces) {
        let parts = [&pair[0], &pair[1]].map(|page| Form::of(page));
        for text in over(&pair[0], &pair[1]) {
            look(&text, face.number, &parts);
        }
    }
    hits
}

/// Tells whether a word is broken over two of these pages.
pub(super) fn is_broken(pages: &[&str], secrets: &[&Secret]) -> bool {
    let says = |text: &String| secrets.iter().any(|secret| secret.find(&Form::of(text)).is_some());
    pages.windows(2).any(|pair| over(pair[0], pair[1]).iter().any(says))
}

/// Gives the end of a page with the beginning of the next, with and without a line or two of their margins.
fn over(page: &str, next: &str) -> Vec<String> {
    let (lines, after): (Vec<&str>, Vec<&str>) = (page.trim().lines().collect(), next.trim().lines().collect());
    let mut texts = Vec::new();
    for foot in 0..=MARGINS.min(lines.len()) {
        for head in 0..=MARGINS.min(after.len()) {
            let end: Vec<char> = lines[..lines.len() - foot].join("\n").chars().rev().take(LETTERS).collect();
            let start: String = after[head..].join("\n").chars().take(LETTERS).collect();
            texts.push(format!("{}\n{start}", end.into_iter().rev().collect::<String>()));
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::over;

    #[test]
    fn a_word_broken_over_pages_stands_together() {
        let texts = over("A letter about Marlow-\nPage 1 of 2", "The council\nfield Homes\n");
        assert!(texts.iter().any(|text| text.contains("Marlow-\nfield Homes")), "{texts:?}");
    }
}
