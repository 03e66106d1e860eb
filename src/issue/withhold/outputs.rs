//! Takes away what was taken back from the outputs of builds, and what is kept from run to run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sha2::{Digest, Sha512};

use super::Plan;
use crate::finding::Place;
use crate::fs::{self, WriteFailure};
use crate::packs;
use crate::secrets::{Form, Secret};

/// Removes from a folder of outputs the files that are to be taken back, by their paths, bytes and words, and gives
/// their paths below it.
pub(crate) fn clear(out: &Path, plan: &Plan) -> Result<Vec<String>, WriteFailure> {
    let named: BTreeSet<String> =
        plan.holes.iter().map(|(hole, _)| format!("{}/{}", hole.meeting, hole.path)).collect();
    let digests: BTreeSet<&str> = plan.holes.iter().map(|(hole, _)| hole.sha512.as_str()).collect();
    let words: Vec<Secret> =
        plan.words.iter().map(|words| Secret::new(words, Place::default(), "", Vec::new())).collect();
    let mut gone = Vec::new();
    for path in fs::list(out, "").files {
        let Some((_, below)) = path.split_once("/public/").or_else(|| path.split_once("/private/")) else { continue };
        let is_named = named.contains(&path) || words.iter().any(|words| words.find(&Form::of(&path)).is_some());
        let goes = is_named || {
            let bytes = fs::read_bytes(out, &path).unwrap_or_default();
            let is_same = digests.contains(fs::hexadecimal(&Sha512::digest(&bytes)).as_str());
            let is_public = path.contains("/public/");
            let says = || !packs::told(&BTreeMap::from([(below.to_owned(), bytes)]), &words).says.is_empty();
            is_same || is_public && !words.is_empty() && says()
        };
        if goes {
            fs::remove_file(&out.join(&path))?;
            gone.push(path);
        }
    }
    Ok(gone)
}
