//! Says what was taken back, and what an officer has to do now.

use std::collections::BTreeMap;
use std::path::Path;

use crate::app::{Failure, Refused, Withheld};
use crate::archive::Hole;
use crate::cli::report::{self, counted};
use crate::cli::{CliError, Findings, ui};
use crate::compose::number;
use crate::issue::withhold::Plan;

/// How it is told.
pub(super) struct Told<'a> {
    /// Whether as a JSON document.
    pub(super) json: bool,
    /// Folder of the outputs, as it was named.
    pub(super) out: &'a Path,
}

const TO_DO: &str = "\
Still to do, now:
  - On every web server that shows a copy: copy archive/public again, and DELETE there the files listed above;
    copying alone deletes nothing. The same for copies of out/.
  - Where there is a web site: run `boardpack site` again, and copy it so that what is gone goes there too.
  - Empty the caches in front of the web server, and ask search engines and web archives to remove the addresses.
  - What people have downloaded, printed or been sent cannot be called back. Tell those whom you know of.
  - Not reached from here: backups, snapshots, e-mail, content/ (your sources are as they were).
  - If it is a breach of personal data: the Information Commissioner within 72 hours of knowing of it, and those
    concerned where the risk to them is high (UK GDPR, Articles 33 and 34). The clock is running.";

impl Told<'_> {
    /// Says what would go.
    pub(super) fn plan(&self, plan: &Plan) -> Result<(), CliError> {
        if self.json {
            let holes: Vec<&Hole> = plan.holes.iter().map(|(hole, _)| hole).collect();
            let document = serde_json::json!({ "schema_version": 1, "would_go": holes, "unread": plan.unread });
            return ui::json(&document);
        }
        if plan.holes.is_empty() {
            return ui::out("nothing of it is public");
        }
        ui::out("Would go from the public root:")?;
        counts(plan)?;
        for (hole, path) in plan.public_files() {
            ui::out(format!("    {}, issue {}: {path}", hole.meeting, hole.issue))?;
        }
        unread(plan);
        ui::out("Nothing was changed. Run it again without --dry-run.")
    }

    /// Says what was done, and what is left to do.
    pub(super) fn done(&self, mut done: Withheld) -> Result<(), CliError> {
        let not_made = std::mem::take(&mut done.not_made).into_iter();
        let not_made: BTreeMap<String, String> = not_made.map(|(meeting, why)| (meeting, words(why))).collect();
        if self.json {
            tell_json(&done, &not_made)?;
        } else {
            self.tell_gone(&done)?;
            tell_issues(&done, &not_made)?;
            ui::out("")?;
            ui::out(TO_DO)?;
        }
        unread(&done.plan);
        for left in &done.left {
            ui::say(format!("warning: {left}: remove it by hand"));
        }
        if !done.left.is_empty() {
            return Err(Failure::work("not everything could be removed from this machine")
                .hint("remove by hand what the warnings name")
                .into());
        }
        if done.without.is_empty() && not_made.is_empty() { Ok(()) } else { Err(CliError::Findings) }
    }

    fn tell_gone(&self, done: &Withheld) -> Result<(), CliError> {
        match done.record {
            Some(record) => ui::out(format!("Taken back (record {record}). Gone from the public root:"))?,
            None if done.erased.is_none() => ui::out("Nothing of it was public any more.")?,
            None => {}
        }
        if done.record.is_some() {
            counts(&done.plan)?;
        }
        for path in &done.deleted {
            ui::out(format!("    {path}"))?;
        }
        if !done.outputs.is_empty() {
            ui::out(format!("Gone from {}:", self.out.display()))?;
            for path in &done.outputs {
                ui::out(format!("    {path}"))?;
            }
        }
        match done.erased {
            Some(record) => ui::out(format!(
                "Erased from the council's own archive too (record {record}); its private packs with that paper are gone as well."
            )),
            None => ui::out("The council's own archive keeps it, marked as restricted."),
        }
    }
}

fn tell_issues(done: &Withheld, not_made: &BTreeMap<String, String>) -> Result<(), CliError> {
    for (meeting, (number, pages)) in &done.made {
        let runs: Vec<String> = (number::runs(pages).into_iter())
            .map(|(first, last)| if first == last { first } else { format!("{first} - {last}") })
            .collect();
        ui::out(format!(
            "{meeting}: issue {number} is made, with a placeholder on pages {}. Publish it as usual.",
            runs.join(", ")
        ))?;
    }
    for (meeting, why) in not_made {
        ui::say(format!("{meeting}: it is gone, but the next issue could not be made: {why}"));
    }
    for meeting in &done.without {
        let help = format!("mend its sources in content/, then run `boardpack issue {meeting} --reason \"...\"`");
        ui::warn(&format!("{meeting} has NO PUBLIC PACK now"), &help);
    }
    Ok(())
}

fn tell_json(done: &Withheld, not_made: &BTreeMap<String, String>) -> Result<(), CliError> {
    let issues: Vec<_> = (done.plan.issues().into_iter())
        .map(|(meeting, issues)| serde_json::json!({ "meeting": meeting, "issues": issues }))
        .collect();
    let made: Vec<_> = (done.made.iter())
        .map(|(meeting, (number, pages))| {
            serde_json::json!({ "meeting": meeting, "issue": number, "placeholder_pages": pages })
        })
        .collect();
    let document = serde_json::json!({
        "schema_version": 1,
        "record": done.record,
        "erased": done.erased,
        "taken_from": issues,
        "deleted": done.deleted,
        "deleted_outputs": done.outputs,
        "not_removed": done.left,
        "not_searched": done.plan.unread,
        "issued": made,
        "not_issued": not_made,
        "without_a_pack": done.without,
    });
    ui::json(&document)
}

/// Says of which issues how much goes.
fn counts(plan: &Plan) -> Result<(), CliError> {
    let mut counts: BTreeMap<(&str, u32), [usize; 3]> = BTreeMap::new();
    for (hole, path) in plan.public_files() {
        let kind = match path {
            path if path.starts_with("papers/") => 1,
            path if path.ends_with("agenda-pack.pdf") || path.contains("-supplement-") => 0,
            _ => 2,
        };
        counts.entry((hole.meeting.as_str(), hole.issue)).or_default()[kind] += 1;
    }
    for ((meeting, issue), [packs, papers, others]) in counts {
        let kinds = [(packs, "pack"), (papers, "single paper"), (others, "other file")];
        let kinds = kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(count, what));
        ui::out(format!("  {meeting}, issue {issue}: {}", kinds.collect::<Vec<_>>().join(", ")))?;
    }
    Ok(())
}

fn unread(plan: &Plan) {
    for file in &plan.unread {
        ui::say(format!("warning: {file}: could not be searched for the words; look at it yourself"));
    }
}

/// Shows what was found, and gives in a line why an issue could not be made.
fn words(why: Refused) -> String {
    match report::refused(why, &Findings::HUMAN) {
        CliError::Failure(failure) => failure.to_string(),
        _ => "its sources have errors".to_owned(),
    }
}
