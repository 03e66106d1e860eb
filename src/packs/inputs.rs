//! Which files a meeting's packs are made from: with these alone they can be made again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::Project;
use super::pack_file::Pictures;
use crate::fs;
use crate::model::agenda::Agenda;
use crate::model::minutes::Minutes;
use crate::model::visit::Visit;
use crate::model::{Paper, PaperKind};
use crate::resolve::{self, ledger};

impl Project {
    /// Gives the paths, below the workspace, of all files that a meeting's packs are made from: its
    /// agenda and papers, what these need (pictures, earlier minutes whose numbers run on), and what
    /// all bodies share. Drafts that no agenda names are not among them.
    pub fn inputs(&self, agenda: &Agenda) -> BTreeSet<String> {
        let workspace = &self.workspace;
        let papers = self.papers_behind(agenda);
        let mut inputs: BTreeSet<String> = self.own_files.keys().cloned().collect();
        let meetings: BTreeSet<&str> = workspace.meetings.values().map(|agenda| agenda.path.as_str()).collect();
        let shared = workspace.sources.all().iter().filter(|source| !source.text.is_empty());
        let shared = shared.map(|source| source.path.as_str()).filter(|path| path.starts_with("content/"));
        let shared = shared.filter(|path| !meetings.contains(path) && !workspace.papers.contains_key(*path));
        inputs.extend(shared.map(str::to_owned));
        inputs.insert(agenda.path.clone());
        inputs.extend(papers.iter().map(|paper| paper.source().to_owned()));
        inputs.extend(self.pictures_of(agenda, &papers));
        inputs.extend(self.around_ledgers(agenda));
        inputs.extend(papers.iter().filter_map(|paper| self.converted(paper)));
        inputs
    }

    /// Gives the SHA-256 over the paths and contents of all files that a meeting's packs are made from, in
    /// hexadecimal.
    pub(crate) fn fingerprint(&self, agenda: &Agenda) -> String {
        let line = |path: &String| {
            let bytes = fs::read_bytes(&self.root, path).unwrap_or_default();
            format!("{}  {path}\n", fs::sha256(&bytes))
        };
        fs::sha256(self.inputs(agenda).iter().map(line).collect::<String>().as_bytes())
    }

    /// Gives the folder of the workspace.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Gives the days on which the grounds of withheld papers are to be looked at again, by paper.
    pub(crate) fn review_dates(&self, agenda: &Agenda) -> BTreeMap<String, NaiveDate> {
        let meeting = resolve::meeting(&self.workspace, agenda, &BTreeMap::new(), &BTreeSet::new());
        let used = meeting.papers();
        used.filter_map(|used| Some((used.named.path.clone(), used.access.grounds()?.review?))).collect()
    }

    /// Gives the papers of a meeting, and the minutes whose numbers those among them go on from.
    fn papers_behind(&self, agenda: &Agenda) -> Vec<&Paper> {
        let workspace = &self.workspace;
        let used = agenda.papers();
        let mut papers: Vec<&Paper> = used.filter_map(|used| workspace.papers.get(&used.path)).collect();
        let year = |minutes: &Minutes| workspace.council.municipal_year(minutes.when.date());
        let minutes_of = |paper: &&'_ Paper| match &paper.kind {
            PaperKind::Minutes(minutes) => Some((minutes.body.clone(), year(minutes), minutes.when)),
            _ => None,
        };
        let in_use: Vec<_> = papers.iter().filter_map(minutes_of).collect();
        let earlier = workspace.papers.values().filter(|paper| {
            minutes_of(paper).is_some_and(|(body, year, when)| {
                in_use.iter().any(|used| used.0 == body && used.1 == year && when <= used.2)
            })
        });
        papers.extend(earlier);
        let ledgers = ledger::used(workspace, agenda).flat_map(|(_, file)| ledger::sources(workspace, &file.body));
        papers.extend(ledgers.filter(|paper| match &paper.kind {
            PaperKind::Minutes(minutes) => minutes.when.date() < agenda.when.date(),
            _ => true,
        }));
        papers
    }

    /// Gives the agendas that say which minutes are public from which day, and when a ledger was seen last.
    fn around_ledgers(&self, agenda: &Agenda) -> BTreeSet<String> {
        let workspace = &self.workspace;
        let mut paths: BTreeSet<&str> = BTreeSet::new();
        for (named, file) in ledger::used(workspace, agenda) {
            paths.insert(&named.path);
            paths.extend(ledger::sources(workspace, &file.body).map(|paper| paper.path.as_str()));
        }
        let others = workspace.meetings.values();
        let others = others.filter(|other| other.papers().any(|used| paths.contains(used.path.as_str())));
        others.map(|other| other.path.clone()).collect()
    }

    fn pictures_of(&self, agenda: &Agenda, papers: &[&Paper]) -> BTreeSet<String> {
        let workspace = &self.workspace;
        let mut pictures = Pictures(BTreeSet::new());
        agenda.visit(&mut pictures);
        workspace.council.visit(&mut pictures);
        workspace.bodies.values().for_each(|body| body.visit(&mut pictures));
        for paper in papers {
            paper.visit(&mut pictures);
        }
        pictures.0.extend(workspace.council.look.logo.as_ref().map(|logo| logo.value.as_str()));
        pictures.0.into_iter().filter(|path| workspace.pictures.contains_key(*path)).map(str::to_owned).collect()
    }

    /// Gives the kept PDF of an office document, where there is one.
    fn converted(&self, paper: &Paper) -> Option<String> {
        let PaperKind::Appended(appended) = &paper.kind else { return None };
        let bytes = fs::read_bytes(&self.root, &appended.file).ok()?;
        let kept = self.receiver.kept_at(appended.name(), &bytes)?;
        fs::is_file(&self.root.join(&kept)).then_some(kept)
    }
}
