//! Says what was taken back, and what an officer has to do now.

use std::collections::{BTreeMap, BTreeSet};

use super::Withhold;
use crate::app::Failure;
use crate::archive::Hole;
use crate::cli::report::counted;
use crate::cli::{CliError, ui};
use crate::compose::number;
use crate::fs;
use crate::issue::shelf::Shelf;
use crate::issue::withhold::{self, Plan, Taken};

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) plan: Plan,
    pub(super) paper: Option<Taken>,
    /// Number of the record, and of that of the erasure.
    pub(super) record: Option<u32>,
    pub(super) erased: Option<u32>,
    /// Files that are gone, below the archive and below the outputs.
    pub(super) deleted: Vec<String>,
    pub(super) outputs: Vec<String>,
    /// What could not be removed.
    pub(super) left: Vec<String>,
    /// New issues, with the pages of their placeholders, and why others could not be made.
    pub(super) made: BTreeMap<String, (u32, Vec<String>)>,
    pub(super) not_made: BTreeMap<String, String>,
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

impl Done {
    /// Says what would go.
    pub(super) fn tell_plan(&self, json: bool) -> Result<(), CliError> {
        if json {
            let holes: Vec<&Hole> = self.plan.holes.iter().map(|(hole, _)| hole).collect();
            let document = serde_json::json!({ "schema_version": 1, "would_go": holes, "unread": self.plan.unread });
            return ui::json(&document);
        }
        if self.plan.holes.is_empty() {
            return ui::out("nothing of it is public");
        }
        ui::out("Would go from the public root:")?;
        self.counts()?;
        for (hole, path) in self.plan.public_files() {
            ui::out(format!("    {}, issue {}: {path}", hole.meeting, hole.issue))?;
        }
        self.unread();
        ui::out("Nothing was changed. Run it again without --dry-run.")
    }

    /// Says what was done, and what is left to do.
    pub(super) fn tell(&self, verb: &Withhold, shelf: &Shelf) -> Result<(), CliError> {
        let without = self.without_a_pack(shelf)?;
        if verb.json {
            self.tell_json(&without)?;
        } else {
            self.tell_gone(verb)?;
            self.tell_issues(&without)?;
            ui::out("")?;
            ui::out(TO_DO)?;
        }
        self.unread();
        for left in &self.left {
            ui::say(format!("warning: {left}: remove it by hand"));
        }
        if !self.left.is_empty() {
            return Err(Failure::work("not everything could be removed from this machine")
                .hint("remove by hand what the warnings name")
                .into());
        }
        if without.is_empty() && self.not_made.is_empty() { Ok(()) } else { Err(CliError::Findings) }
    }

    fn tell_gone(&self, verb: &Withhold) -> Result<(), CliError> {
        match self.record {
            Some(record) => ui::out(format!("Taken back (record {record}). Gone from the public root:"))?,
            None if self.erased.is_none() => ui::out("Nothing of it was public any more.")?,
            None => {}
        }
        if self.record.is_some() {
            self.counts()?;
        }
        for path in &self.deleted {
            ui::out(format!("    {path}"))?;
        }
        if !self.outputs.is_empty() {
            ui::out(format!("Gone from {}:", verb.outputs.named().display()))?;
            for path in &self.outputs {
                ui::out(format!("    {path}"))?;
            }
        }
        match self.erased {
            Some(record) => ui::out(format!(
                "Erased from the council's own archive too (record {record}); its private packs with that paper are gone as well."
            )),
            None => ui::out("The council's own archive keeps it, marked as restricted."),
        }
    }

    fn tell_issues(&self, without: &BTreeSet<String>) -> Result<(), CliError> {
        for (meeting, (number, pages)) in &self.made {
            let runs: Vec<String> = (number::runs(pages).into_iter())
                .map(|(first, last)| if first == last { first } else { format!("{first} - {last}") })
                .collect();
            ui::out(format!(
                "{meeting}: issue {number} is made, with a placeholder on pages {}. Publish it as usual.",
                runs.join(", ")
            ))?;
        }
        for (meeting, why) in &self.not_made {
            ui::say(format!("{meeting}: it is gone, but the next issue could not be made: {why}"));
        }
        for meeting in without {
            let help = format!("mend its sources in content/, then run `boardpack issue {meeting} --reason \"...\"`");
            ui::warn(&format!("{meeting} has NO PUBLIC PACK now"), &help);
        }
        Ok(())
    }

    fn tell_json(&self, without: &BTreeSet<String>) -> Result<(), CliError> {
        let issues: Vec<_> = (self.plan.issues().into_iter())
            .map(|(meeting, issues)| serde_json::json!({ "meeting": meeting, "issues": issues }))
            .collect();
        let made: Vec<_> = (self.made.iter())
            .map(|(meeting, (number, pages))| {
                serde_json::json!({ "meeting": meeting, "issue": number, "placeholder_pages": pages })
            })
            .collect();
        let document = serde_json::json!({
            "schema_version": 1,
            "record": self.record,
            "erased": self.erased,
            "taken_from": issues,
            "deleted": self.deleted,
            "deleted_outputs": self.outputs,
            "not_removed": self.left,
            "not_searched": self.plan.unread,
            "issued": made,
            "not_issued": self.not_made,
            "without_a_pack": without,
        });
        ui::json(&document)
    }

    /// Says of which issues how much goes.
    fn counts(&self) -> Result<(), CliError> {
        let mut counts: BTreeMap<(&str, u32), [usize; 3]> = BTreeMap::new();
        for (hole, path) in self.plan.public_files() {
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

    fn unread(&self) {
        for file in &self.plan.unread {
            ui::say(format!("warning: {file}: could not be searched for the words; look at it yourself"));
        }
    }

    /// Gives the meetings whose last issue has no pack in public any more.
    fn without_a_pack(&self, shelf: &Shelf) -> Result<BTreeSet<String>, crate::issue::IssueFailure> {
        let mut without = BTreeSet::new();
        let meetings = self.plan.issues().into_keys().chain(self.paper.iter().map(|taken| taken.meeting.as_str()));
        for meeting in meetings {
            let number = shelf.number(meeting, None)?;
            let public = shelf.public_files(meeting, number)?;
            let is_pack = |path: &&String| {
                fs::has_ending(path, &["pdf"]) && !path.contains('/') && !withhold::is_about_changes(path)
            };
            if !public.keys().any(|path| is_pack(&path)) {
                without.insert(meeting.to_owned());
            }
        }
        Ok(without)
    }
}
