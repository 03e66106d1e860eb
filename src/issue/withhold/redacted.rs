//! What later issues may know of what was taken back: that it was there, on which pages.

use std::collections::BTreeSet;

use super::Kept;
use crate::finding::Place;
use crate::issue::last::Last;
use crate::issue::manifest::Manifest;
use crate::record::{Document, Record};
use crate::secrets::{Form, Secret};

/// What stands in the place of the hashes of pages.
const WITHHELD: &str = "withheld";

/// Gives the last issue without what was taken back from its public part, so that neither its changes nor the lines of
/// its front sheet bring that to light again.
pub(in crate::issue) fn redacted(mut last: Last, records: &[Kept]) -> Last {
    let (meeting, issue) = (last.manifest.meeting.as_str(), last.manifest.issue);
    let papers = records.iter().flat_map(|kept| &kept.particulars.papers);
    let keys: BTreeSet<String> =
        papers.filter(|taken| taken.meeting == meeting).map(|taken| taken.paper.clone()).collect();
    let lost = |kept: &&Kept| kept.record.holes.iter().any(|hole| hole.meeting == meeting && hole.issue == issue);
    let words = super::words(records);
    if records.iter().any(|kept| lost(&kept)) {
        last.public = redacted_record(&last.public, &keys, words.all());
        // Neither may the name of its file be told.
        for document in last.public.documents.iter_mut().filter(|document| keys.contains(&document.key)) {
            document.key = format!("{WITHHELD} {}", document.item.as_deref().unwrap_or_default());
        }
    }
    let since = records.iter().filter(|kept| kept.record.when >= last.manifest.issued);
    for kept in since {
        let own = kept.particulars.papers.iter().filter(|taken| taken.meeting == last.manifest.meeting);
        let why = (kept.day(), kept.particulars.reason.clone());
        last.taken_back.extend(own.map(|taken| (taken.paper.clone(), why.clone())));
    }
    last.manifest.lines.retain(|line| !says(words.all(), line));
    last
}

/// Gives the titles by which others name these documents: those that their items do not have.
pub(super) fn titles(record: &Record, keys: &BTreeSet<String>) -> Vec<Secret> {
    let is_item = |title: &str| record.items.iter().any(|item| item.title.eq_ignore_ascii_case(title));
    let own = record.documents.iter().filter(|document| keys.contains(&document.key) && !is_item(&document.title));
    own.map(|document| Secret::new(&document.title, Place::default(), "", Vec::new())).collect()
}

/// Gives a record in which these documents are there with their pages alone, and nothing says their titles or the words.
pub(super) fn redacted_record(record: &Record, keys: &BTreeSet<String>, words: &[Secret]) -> Record {
    let titles = titles(record, keys);
    let mut record = record.clone();
    for (number, document) in (1..).zip(&mut record.documents) {
        if keys.contains(&document.key) {
            empty(document);
        }
        // A file may bear the words in its name.
        if says(words, &document.key) {
            let key = format!("{WITHHELD} document {number}");
            let named = record.items.iter_mut().flat_map(|item| &mut item.documents);
            named.filter(|named| **named == document.key).for_each(|named| named.clone_from(&key));
            document.key = key;
        }
    }
    let words: Vec<Secret> = words.iter().cloned().chain(titles).collect();
    for document in &mut record.documents {
        document.pages.iter_mut().for_each(|page| clear(&mut page.text, &words));
        clear(&mut document.title, &words);
    }
    for item in &mut record.items {
        if says(&words, &item.key) {
            let key = format!("{WITHHELD} {}", item.number);
            let own = record.documents.iter_mut().filter(|document| document.item.as_ref() == Some(&item.key));
            own.for_each(|document| document.item = Some(key.clone()));
            item.key = key;
        }
        clear(&mut item.title, &words);
        for text in [&mut item.to_follow, &mut item.withdrawn].into_iter().flatten() {
            clear(text, &words);
        }
    }
    record
}

/// Gives what an issue says of itself without titles of these papers, and without the words.
pub(super) fn redacted_manifest(mut manifest: Manifest, keys: &BTreeSet<String>, words: &[Secret]) -> Manifest {
    for review in
        manifest.reviews.iter_mut().filter(|review| keys.contains(&review.paper) || says(words, &review.title))
    {
        WITHHELD.clone_into(&mut review.title);
    }
    manifest.reason = manifest.reason.filter(|reason| !says(words, reason));
    manifest.lines.retain(|line| !says(words, line));
    manifest.kept.issue.retain(|line| !says(words, line));
    manifest
}

fn empty(document: &mut Document) {
    document.title.clear();
    document.appendix = None;
    for page in &mut document.pages {
        page.text.clear();
        // A hash of what a page shows lets anybody test a guess.
        for hash in [&mut page.content, &mut page.matter, &mut page.on_screen] {
            WITHHELD.clone_into(hash);
        }
    }
}

/// Takes the words out of a text.
fn clear(text: &mut String, words: &[Secret]) {
    for secret in words {
        while let Some(range) = secret.find(&Form::of(text)) {
            text.replace_range(range, "\u{2026}");
        }
    }
}

/// Tells whether a text says one of the words.
pub(super) fn says(words: &[Secret], text: &str) -> bool {
    let form = Form::of(text);
    words.iter().any(|secret| secret.find(&form).is_some())
}
