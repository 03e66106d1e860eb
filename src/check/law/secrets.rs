//! Words that the grounds of a withheld paper protect, in what the public reads.

use crate::check::reading::Reading;
use crate::finding::{Finding, Log, rules};
use crate::model::{Text, Workspace};

/// The words that are protected anywhere.
pub(in crate::check) struct Secrets<'a>(Vec<(String, &'a Text)>);

impl<'a> Secrets<'a> {
    /// Gathers them from all grounds on which anything is withheld.
    pub(in crate::check) fn of(workspace: &'a Workspace) -> Self {
        let all = workspace.all_grounds().into_iter().flat_map(|(grounds, _)| &grounds.secrets);
        let forms = |text: &'a Text| {
            let words = text.value.trim().to_ascii_lowercase();
            // Markdown prints another apostrophe than the keyboard has.
            let printed = words.contains('\'').then(|| words.replace('\'', "’"));
            std::iter::once(words).chain(printed).map(move |words| (words, text))
        };
        Self(all.flat_map(forms).filter(|(words, _)| !words.is_empty()).collect())
    }
}

/// NP8: what the grounds protect stands nowhere in public.
pub(super) fn told(reading: &Reading, secrets: &Secrets, log: &Log) {
    if reading.withheld || secrets.0.is_empty() {
        return;
    }
    for passage in &reading.passages {
        let words = passage.words.to_ascii_lowercase();
        for (secret, source) in &secrets.0 {
            let whole = |at: usize| {
                let free = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
                free(words[..at].chars().next_back()) && free(words[at + secret.len()..].chars().next())
            };
            let Some(at) = words.match_indices(secret.as_str()).map(|(at, _)| at).find(|at| whole(*at)) else {
                continue;
            };
            log.add(
                Finding::new(
                    &rules::SECRET_TOLD,
                    reading.place(passage, at..at + secret.len()),
                    format!("the public reads `{}`, which a withheld paper protects", source.value),
                )
                .also(source.place, "protected here")
                .help("say it in the withheld paper alone; once it is public, take it out of `secrets`"),
            );
        }
    }
}
