//! `boardpack archive withhold`

use std::collections::BTreeSet;

use clap::Args;

use crate::app::{CACHE, Failure, told_to_everybody};
use crate::cli::CliError;
use crate::cli::here::Here;
use crate::cli::options::{Doing, Outputs, words};
use crate::finding::{Place, did_you_mean};
use crate::fs;
use crate::issue::proof::signing::PrivateKey;
use crate::issue::shelf::Shelf;
use crate::issue::time::Time;
use crate::issue::withhold::{self, Order, Plan, Taken, Wanted};
use crate::packs::Project;
use crate::secrets::{Secret, Secrets};

mod next;
mod tell;

use tell::Done;

/// Takes a published paper back.
#[derive(Args)]
pub(super) struct Withhold {
    /// The meeting, such as scrutiny/2026-12-10
    #[arg(value_name = "MEETING", value_parser = crate::cli::select::meeting)]
    meeting: String,
    /// The paper, by its file or the end of its path; none where only --words are to go
    #[arg(value_name = "PAPER", required_unless_present = "words")]
    paper: Option<String>,
    /// Why: printed on the placeholder, for everybody; do not write here what must not be known
    #[arg(long, value_name = "WORDS", value_parser = words)]
    reason: String,
    /// Also take back every public file, of all meetings, that says these words; kept for staff, so that no later
    /// issue says them
    #[arg(long, value_name = "WORDS", value_parser = words)]
    words: Vec<String>,
    /// Why, for staff alone
    #[arg(long, value_name = "WORDS", value_parser = words)]
    note: Option<String>,
    /// Erase it from the council's own archive too, on this ground in law; that cannot be undone
    #[arg(long, value_name = "LAW", value_parser = words, requires = "no_request_open")]
    erase: Option<String>,
    /// Who made sure, and when, that nobody has asked for what is erased: to erase what was asked for can be an
    /// offence (Freedom of Information Act 2000, section 77)
    #[arg(long, value_name = "WORDS", value_parser = words, requires = "erase")]
    no_request_open: Option<String>,
    /// Show what would go, without changing anything
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    outputs: Outputs,
    /// As a JSON document
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    doing: Doing,
    /// Take it back though the council signs and its key is not at hand; to be run again with --sign
    #[arg(long, conflicts_with = "sign")]
    unsigned_now: bool,
}

impl Withhold {
    pub(super) fn run(&self, here: &Here) -> Result<(), CliError> {
        let shelf = here.shelf();
        shelf.number(&self.meeting, None)?;
        let time = self.doing.time.time()?;
        self.words_are_fit()?;
        let paper = self.paper(&shelf)?;
        // Whatever is wrong with the sources: what could be read of them is looked at.
        let session = here.session()?;
        told_to_everybody("--reason", &self.reason, session.project().secrets())?;
        let before = fs::list(&here.archive, "public").files;
        let mut writer = shelf.writer(&self.meeting)?;
        let wanted = Wanted { paper: paper.as_ref(), words: &self.words, erase: false };
        let plan = Plan::new(writer.archive(), wanted)?;
        let mut done = Done { plan, paper, ..Done::default() };
        if self.dry_run {
            return done.tell_plan(self.json);
        }
        let key = self.key(&shelf)?;
        let order = self.order(session.project(), &time, key.as_ref());
        let waits = key.is_some() && Shelf::waits_for_signature(writer.archive())?;
        // First, since a run that is cut off finds them by the plan only while the archive still has the files.
        self.clear_outputs(&mut done, here);
        if !done.plan.holes.is_empty() || waits {
            done.record = Some(Shelf::take_back(&mut writer, &done.plan, &order)?);
        }
        drop(writer);
        next::issues(self, &session, here, &time, &mut done);
        if let Some(law) = &self.erase {
            self.erase(&shelf, &order, law, here, &mut done)?;
        }
        let after: BTreeSet<String> = fs::list(&here.archive, "public").files.into_iter().collect();
        done.deleted = before.into_iter().filter(|path| !after.contains(path)).collect();
        done.tell(self, &shelf)
    }

    /// Gives the council's key; none where it does not sign, or is to sign later.
    fn key(&self, shelf: &Shelf) -> Result<Option<PrivateKey>, CliError> {
        if self.unsigned_now {
            return Ok(None);
        }
        self.doing.signature.key(shelf).map_err(|error| match error {
            CliError::Failure(mut failure) if self.doing.signature.sign.is_none() => {
                let help = "; or, where the key is not at hand, take it back with --unsigned-now, and sign later";
                failure.hints.iter_mut().for_each(|hint| hint.push_str(help));
                failure.into()
            }
            error => error,
        })
    }

    fn order<'a>(&'a self, project: &'a Project, time: &'a Time, key: Option<&'a PrivateKey>) -> Order<'a> {
        let council = project.workspace.council.name.value.as_str();
        let office = if council.is_empty() { "the council" } else { council };
        Order { time, reason: &self.reason, note: self.note.as_deref(), by: &self.doing.by, office, key, erase: None }
    }

    /// Refuses words that cannot be looked for, and a reason that says them.
    fn words_are_fit(&self) -> Result<(), CliError> {
        let secrets: Vec<Secret> =
            (self.words.iter()).map(|words| Secret::new(words, Place::default(), "`--words`", Vec::new())).collect();
        if let Some(short) = secrets.iter().find(|secret| secret.is_too_short()) {
            return Err(Failure::asked(format!(
                "`--words {}` is too short to be looked for: it would be found everywhere",
                short.words
            ))
            .hint("give more of it")
            .into());
        }
        Ok(told_to_everybody("--reason", &self.reason, &Secrets::gathered(secrets))?)
    }

    /// Finds the paper among those that were ever public.
    fn paper(&self, shelf: &Shelf) -> Result<Option<Taken>, CliError> {
        let Some(wanted) = &self.paper else { return Ok(None) };
        let papers = shelf.public_papers(&self.meeting)?;
        let found: Vec<&String> = papers.iter().filter(|paper| paper.ends_with(wanted.as_str())).collect();
        let exact = found.iter().find(|paper| paper.rsplit('/').next() == Some(wanted.as_str()));
        let paper = match (&found[..], exact) {
            ([paper], _) | (_, Some(paper)) => (*paper).clone(),
            (found, None) => {
                let names: Vec<&str> = papers.iter().map(|paper| paper.rsplit('/').next().unwrap_or(paper)).collect();
                let help = did_you_mean(wanted, names.iter().copied())
                    .unwrap_or_else(|| format!("those that were published are: {}", names.join(", ")));
                let many = if found.is_empty() { "no paper" } else { "more than one paper" };
                return Err(Failure::asked(format!(
                    "`{}` has never published {} `{wanted}`; nothing was changed",
                    self.meeting,
                    many.replace("no paper", "a paper")
                ))
                .hint(help)
                .into());
            }
        };
        Ok(Some(Taken { meeting: self.meeting.clone(), paper }))
    }

    /// Takes it out of the outputs of builds, and out of what is kept from run to run.
    fn clear_outputs(&self, done: &mut Done, here: &Here) {
        match withhold::clear(&self.outputs.folder(here), &done.plan) {
            Ok(gone) => done.outputs.extend(gone),
            Err(failure) => done.left.push(failure.to_string()),
        }
        let kept = here.root.join(CACHE);
        let kept = kept.parent().unwrap_or(&kept);
        if let Err(failure) = fs::remove_folder(kept) {
            done.left.push(failure.to_string());
        }
    }

    /// Takes it out of the whole root too, with the issue that was made last.
    fn erase(&self, shelf: &Shelf, order: &Order, law: &str, here: &Here, done: &mut Done) -> Result<(), CliError> {
        let mut writer = shelf.writer(&self.meeting)?;
        let wanted = Wanted { paper: done.paper.as_ref(), words: &self.words, erase: true };
        let plan = Plan::new(writer.archive(), wanted)?;
        if plan.holes.is_empty() {
            return Ok(());
        }
        let requests = self.no_request_open.as_deref().unwrap_or_default();
        let order = Order { erase: Some((law, requests)), ..order.clone() };
        done.erased = Some(Shelf::take_back(&mut writer, &plan, &order)?);
        drop(writer);
        done.plan = plan;
        self.clear_outputs(done, here);
        Ok(())
    }
}
