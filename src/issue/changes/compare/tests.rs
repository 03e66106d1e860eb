use std::fmt::Write;

use proptest::prelude::*;

use super::*;

fn pages(texts: &[&str]) -> Vec<Page> {
    let page = |(index, text): (usize, &&str)| Page {
        number: (index + 1).to_string(),
        blank: false,
        content: format!("look of {text}"),
        text: (*text).to_owned(),
        ..Page::default()
    };
    texts.iter().enumerate().map(page).collect()
}

fn told(old: &[&str], new: &[&str]) -> Vec<(String, String)> {
    let difference = versions(&pages(old), &pages(new)).unwrap_or_default();
    difference.hunks.into_iter().map(|hunk| (hunk.deleted.trim().to_owned(), hunk.inserted.trim().to_owned())).collect()
}

fn pair(old: &str, new: &str) -> (String, String) {
    (old.to_owned(), new.to_owned())
}

#[test]
fn a_correction_is_told_with_words_around_it_and_both_pages() {
    let old = pages(&["The first page.", "The consultation closed on 31 March 2027. It cost £1,250.50."]);
    let new = pages(&["The first page.", "A note.", "The consultation closed on 30 April 2027. It cost £1,350.50."]);
    let difference = versions(&old, &new).expect("a difference");
    let last = &difference.hunks[1];
    assert_eq!((last.deleted.as_str(), last.inserted.as_str()), (" 31 March", " 30 April"));
    assert_eq!(
        (last.before.as_str(), last.after.as_str()),
        ("note. The consultation closed on", " 2027. It cost £1,350.50.")
    );
    assert_eq!((last.old_page.as_deref(), last.new_page.as_deref()), (Some("2"), Some("3")));
    assert_eq!(difference.hunks[2].inserted, " £1,350.50");
    assert_eq!((difference.deleted, difference.inserted), (3, 5));
}

#[test]
fn text_that_only_flows_on_is_no_change() {
    assert!(versions(&pages(&["one two\nthree four", "five"]), &pages(&["one\ntwo", "three four five"])).is_none());
    assert_eq!(told(&["an inter-\nnational plan"], &["an international\nplan"]), []);
    let old = ["Plan\n\nNo.\nAction\n1\nDo this\n2\nDo that", "No.\nAction\n3\nStop"];
    let new = ["Plan\n\nNo.\nAction\n1\nDo this", "No.\nAction\n2\nDo that\n3\nStop"];
    assert_eq!(told(&old, &new), [], "the head of a table is repeated elsewhere");
    assert!(versions(&pages(&old), &pages(&new)).is_none());
}

#[test]
fn changes_side_by_side_are_one_and_sentences_stay_apart() {
    assert_eq!(told(&["a b c d e f g h"], &["a B c D e f g h"]), [pair("b c d", "B c D")]);
    assert_eq!(told(&["a b c d e f g h i"], &["a B c d e f G h i"]), [pair("b", "B"), pair("g", "G")]);
    assert_eq!(told(&["It is so. The sky"], &["It was so. The sea"]), [pair("is", "was"), pair("sky", "sea")]);
    assert_eq!(told(&["It is so."], &["It is so;"]), [pair(".", ";")]);
    assert_eq!(told(&["to resign now"], &["to re-sign now"]), [pair("resign", "re-sign")]);
}

#[test]
fn pictures_and_layout_are_told_by_page() {
    let mut old = pages(&["same words", "other words", ""]);
    let mut new = old.clone();
    new[0].content = "another picture".into();
    let looks = versions(&old, &new).expect("a difference").looks;
    assert_eq!(looks, [PagePair { old: Some("1".into()), new: Some("1".into()) }]);
    old[2].content = "scan".into();
    new[0].content.clone_from(&old[0].content);
    new[2].content = "another scan".into();
    assert_eq!(versions(&old, &new).expect("a difference").looks.len(), 1);
    new.pop();
    let looks = versions(&old, &new).expect("a difference").looks;
    assert_eq!(looks, [PagePair { old: Some("3".into()), new: None }]);
}

#[test]
fn pages_referred_to_are_counted_and_not_told() {
    let difference = versions(&pages(&["see page 7 and page 9"]), &pages(&["see page 7 and page 11"]));
    let difference = difference.expect("a difference");
    assert_eq!((difference.references, difference.hunks.len()), (1, 0));
}

/// Gives words that look like those of a language: a few are frequent.
fn prose(count: usize, mut seed: u64, vocabulary: u64) -> String {
    let mut text = String::new();
    for index in 0..count {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (seed >> 33) % vocabulary;
        let _ = write!(text, "w{}", share * share / vocabulary);
        text.push(if index % 12 == 11 { '\n' } else { ' ' });
    }
    text
}

fn many_pages(count: usize, seed: u64, vocabulary: u64) -> Vec<Page> {
    let texts: Vec<String> = (0..count).map(|page| prose(500, seed + page as u64 * 7, vocabulary)).collect();
    pages(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn wholly_different_long_papers_are_rewritten() {
    let (old, new) = (many_pages(300, 1, 5_000), many_pages(300, 1_000_003, 5_000));
    let difference = versions(&old, &new).expect("a difference");
    assert!(difference.rewritten && difference.hunks.is_empty());
    assert_eq!((difference.deleted, difference.inserted), (150_000, 150_000));
}

#[test]
fn long_papers_of_few_words_come_to_an_end() {
    // Few words in any order, so that everything is like everything.
    for vocabulary in [3, 100] {
        let difference = versions(&many_pages(100, 1, vocabulary), &many_pages(100, 1_000_003, vocabulary));
        assert!(difference.expect("a difference").rewritten, "{vocabulary} words");
    }
}

#[test]
fn long_papers_with_changes_all_over_are_told_word_by_word() {
    let old = many_pages(100, 1, 5_000);
    let mut new = old.clone();
    for page in &mut new {
        let changed = |(at, word): (usize, &str)| if at % 60 == 0 { format!("x{word} ") } else { format!("{word} ") };
        page.text = page.text.split(' ').enumerate().map(changed).collect();
        page.content = "other".into();
    }
    let difference = versions(&old, &new).expect("a difference");
    assert!(difference.hunks.len() > 700, "{}", difference.hunks.len());
}

#[test]
fn a_long_paper_of_which_half_is_new_is_told_by_its_halves() {
    let old = many_pages(100, 1, 5_000);
    let new = [&old[..50], &many_pages(50, 1_000_003, 5_000)].concat();
    let difference = versions(&old, &new).expect("a difference");
    assert!(!difference.rewritten && difference.deleted > 20_000, "{}", difference.deleted);
    let page = |hunk: &Hunk| hunk.old_page.as_deref().and_then(|page| page.parse::<usize>().ok());
    assert!(difference.hunks.iter().all(|hunk| page(hunk) > Some(49)));
}

/// Puts the new words of the ranges in the place of the old ones.
fn applied(comparison: &Comparison) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    for (old, new) in comparison.ranges.iter().flatten() {
        words.extend_from_slice(&comparison.old[at..old.start]);
        words.extend_from_slice(&comparison.new[new.clone()]);
        at = old.end;
    }
    words.extend_from_slice(&comparison.old[at..]);
    words
}

proptest! {
    #[test]
    fn applying_differences_to_the_old_words_gives_the_new_ones(
        old in prop::collection::vec("([abc]{1,2}[.,-]?|page|[0-9]{1,2}|£[0-9]{2}|[a-c]-[a-c])[ \n]", 0..60),
        new in prop::collection::vec("([abc]{1,2}[.,-]?|page|[0-9]{1,2}|£[0-9]{2}|[a-c]-[a-c])[ \n]", 0..60),
    ) {
        let of = |words: &[String]| words::words(&pages(&[&words.concat()]), &[]);
        let comparison = Comparison::of(of(&old), of(&new));
        prop_assert!(comparison.ranges.is_some(), "short texts are always compared");
        let keys = |words: &[Word]| words.iter().map(|word| word.key().into_owned()).collect::<Vec<_>>();
        let applied = applied(&comparison);
        prop_assert_eq!(keys(&applied), keys(&comparison.new));
        for (one, other) in applied.iter().zip(&comparison.new) {
            prop_assert!(!one.differs(other));
        }
    }

    #[test]
    fn any_texts_are_compared(old in any::<Vec<String>>(), new in any::<Vec<String>>()) {
        let of = |texts: &[String]| pages(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        versions(&of(&old), &of(&new));
    }
}

#[test]
fn a_page_that_says_the_same_has_another_look_or_another_picture() {
    let with = |content: &str, matter: &str, on_screen: &str| {
        let (content, matter, on_screen) = (content.to_owned(), matter.to_owned(), on_screen.to_owned());
        vec![Page { content, matter, on_screen, ..pages(&["The chart shows it."]).remove(0) }]
    };
    let old = with("blue", "chart", "a link");
    let told = |new: &[Page]| {
        let difference = versions(&old, new).expect("a difference");
        (difference.is_in_print(), difference.restyled, difference.on_screen)
    };
    assert_eq!(told(&with("green", "chart", "a link")), (false, true, false));
    assert_eq!(told(&with("green", "another chart", "a link")), (true, false, false));
    assert_eq!(told(&with("blue", "chart", "another link")), (false, false, true));
    assert_eq!(told(&with("green", "", "")), (true, false, false), "an older program did not say");
    assert_eq!(versions(&old, &with("blue", "", "")), None);
}
