//! What can be referred to from a pack, and whether every reference leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Document, Pack, Role};
use crate::finding::{Finding, Log, Place, did_you_mean};
use crate::layouts::Phrases;
use crate::model::action_plan::ActionPlan;
use crate::model::numbering::{Numbered, number, objective_prefix};
use crate::model::text::{Block, Inline, Target as LinkTarget, each_inline, each_part, plain, typographic};
use crate::model::visit::{Visit, Visitor};
use crate::model::{Paper, PaperKind, Text};
use crate::resolve::{Published, minute_numbers};

/// What a label stands at.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// Words that a reference without words prints: "paragraph 3.2".
    pub(crate) words: String,
    /// Document of the pack that holds it; none for minutes that are not in the pack.
    pub(crate) document: Option<String>,
    /// Whether it lies in a paper that was taken back, of which only that is said.
    pub(crate) taken_back: bool,
    /// Where it was given.
    place: Place,
}

/// Everything that can be referred to, by label.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    targets: BTreeMap<String, Target>,
}

impl Labels {
    /// Gives what a label stands at.
    pub(crate) fn get(&self, label: &str) -> Option<&Target> {
        self.targets.get(label)
    }

    /// Gives all labels.
    pub(crate) fn all(&self) -> &BTreeMap<String, Target> {
        &self.targets
    }

    /// Leaves out everything that lies in a withheld document.
    pub(super) fn without_withheld(&self, documents: &[Document]) -> Self {
        let withheld: BTreeSet<&str> = documents
            .iter()
            .filter(|document| document.withheld.is_some())
            .map(|document| document.id.as_str())
            .collect();
        let stays = |target: &Target| target.document.as_deref().is_none_or(|id| !withheld.contains(id));
        Self {
            targets: self
                .targets
                .iter()
                .filter(|(_, target)| stays(target))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect(),
        }
    }
}

struct Collecting<'a> {
    targets: BTreeMap<String, Target>,
    phrases: &'a Phrases,
    log: &'a Log,
    document: Option<String>,
    taken_back: bool,
}

crate::finding::rule! {
    /// A label names one thing. Two things that can be referred to from one pack carry the same one.
    LABEL_TWICE = "T0003", Text, Error, guarded, "a label is used twice";
}

impl Collecting<'_> {
    fn add(&mut self, label: Option<&Text>, words: String) {
        let Some(label) = label else { return };
        let taken_back = self.taken_back;
        let words = if taken_back { self.phrases.get("reference-taken-back").to_owned() } else { words };
        let document = self.document.clone().filter(|_| !taken_back);
        let target = Target { words, document, taken_back, place: label.place };
        if let Some(first) = self.targets.insert(label.value.clone(), target) {
            self.log.add(
                Finding::new(
                    &LABEL_TWICE,
                    label.place,
                    format!("the label `{}` is given twice in this pack", label.value),
                )
                .also(first.place, "given first here")
                .help("rename one of the two"),
            );
        }
    }

    fn numbered(&mut self, key: &str, label: Option<&Text>, number: &str) {
        let words = self.phrases.fill(key, &[("number", number)]);
        self.add(label, words);
    }

    fn prose(&mut self, blocks: &[Block], paragraphs: bool) {
        for (block, numbered) in blocks.iter().zip(number(blocks, paragraphs)) {
            let label = match block {
                Block::Paragraph { attributes, .. } | Block::Heading { attributes, .. } => attributes.label.as_ref(),
                _ => None,
            };
            match numbered {
                Numbered::Section { number: Some(number), .. } => self.numbered("reference-section", label, &number),
                Numbered::Subheading { number: Some(number), .. } | Numbered::Paragraph { number, .. } => {
                    self.numbered("reference-paragraph", label, &number);
                }
                Numbered::Section { number: None, content, .. }
                | Numbered::Subheading { number: None, content, .. } => {
                    self.add(label, plain(content));
                }
                Numbered::Under(_) | Numbered::Plain(_) => {
                    if let Block::Paragraph { content, .. } = block {
                        self.add(label, plain(content).chars().take(40).collect());
                    }
                }
            }
        }
    }

    fn paper(&mut self, paper: &Paper, pack: &Pack) {
        let council = &pack.workspace.council;
        match &paper.kind {
            PaperKind::Minutes(minutes) => {
                for (minute, number) in minutes.all().zip(minute_numbers(minutes, council)) {
                    self.numbered("reference-minute", minute.record.label.as_ref(), &number);
                    for (part, letter) in minute.parts.iter().zip('a'..) {
                        let letter = self.phrases.fill("part-letter", &[("letter", &letter.to_string())]);
                        self.numbered("reference-minute", part.label.as_ref(), &format!("{number}{letter}"));
                    }
                }
            }
            PaperKind::BriefingNote(note) => self.prose(&note.body.blocks, true),
            PaperKind::Report(report) => self.prose(&report.body.blocks, true),
            PaperKind::Plain(plain) => self.prose(&plain.body.blocks, plain.numbered),
            PaperKind::ActionPlan(plan) => self.plan(plan),
            PaperKind::WorkProgramme(programme) => {
                let placed = programme.meetings.iter().flat_map(|meeting| &meeting.items);
                for item in placed.chain(&programme.unplaced) {
                    self.add(item.label.as_ref(), item.title.plain());
                }
            }
            PaperKind::Ledger(_) | PaperKind::Appended(_) => {}
        }
    }

    fn plan(&mut self, plan: &ActionPlan) {
        for (objective, number) in plan.themes.iter().flat_map(|theme| &theme.objectives).zip(objective_numbers(plan)) {
            self.numbered("reference-objective", objective.label.as_ref(), &number);
            for (action, number) in objective.actions.iter().zip(action_numbers(objective, &number)) {
                self.numbered("reference-action", action.label.as_ref(), &number);
            }
        }
    }
}

/// Gives the numbers of a plan's objectives, which run on through its themes.
pub(crate) fn objective_numbers(plan: &ActionPlan) -> Vec<String> {
    let mut last = 0_u32;
    plan.themes
        .iter()
        .flat_map(|theme| &theme.objectives)
        .map(|objective| match &objective.number {
            Some(pinned) => {
                last = objective_prefix(&pinned.value).parse().unwrap_or_else(|_| u32::saturating_add(last, 1));
                pinned.value.clone()
            }
            None => {
                last = u32::saturating_add(last, 1);
                last.to_string()
            }
        })
        .collect()
}

/// Gives the numbers of an objective's actions.
pub(crate) fn action_numbers(objective: &crate::model::action_plan::Objective, number: &str) -> Vec<String> {
    let prefix = objective_prefix(number);
    let mut last = 0_u32;
    objective
        .actions
        .iter()
        .map(|action| match &action.number {
            Some(pinned) => {
                last = pinned
                    .value
                    .rsplit('.')
                    .next()
                    .and_then(|tail| tail.parse().ok())
                    .unwrap_or_else(|| u32::saturating_add(last, 1));
                pinned.value.clone()
            }
            None => {
                last = u32::saturating_add(last, 1);
                format!("{prefix}.{last}")
            }
        })
        .collect()
}

/// Gives the title of a paper in plain words.
pub(crate) fn title(paper: &Paper, pack: &Pack, phrases: &Phrases) -> String {
    match &paper.kind {
        PaperKind::Minutes(minutes) => minutes.title.as_ref().map_or_else(
            || {
                let body = pack.workspace.bodies.get(&minutes.body).map_or("", |body| &body.name.value);
                let date = pack.workspace.council.formats.day.print(minutes.when.date());
                format!("{}, {date}", phrases.fill("minutes-of", &[("body", &typographic(body))]))
            },
            crate::model::Line::plain,
        ),
        PaperKind::BriefingNote(note) => note.title.plain(),
        PaperKind::Report(report) => report.title.plain(),
        PaperKind::ActionPlan(plan) => plan.title.plain(),
        PaperKind::WorkProgramme(programme) => programme.title.as_ref().map_or_else(
            || {
                let year = programme.year.as_ref().map_or("", |year| &year.value);
                phrases.fill("work-programme-title", &[("year", year)]).trim().to_owned()
            },
            crate::model::Line::plain,
        ),
        PaperKind::Ledger(ledger) => {
            ledger.title.as_ref().map_or_else(|| phrases.get("ledger-title").to_owned(), crate::model::Line::plain)
        }
        PaperKind::Plain(plain) => plain.title.plain(),
        PaperKind::Appended(appended) => appended.title.plain(),
    }
}

/// Collects everything that bears a label in a pack, and minutes of the workspace besides.
pub(super) fn collect(pack: &Pack, published: &Published, phrases: &Phrases, log: &Log) -> Labels {
    let mut collecting =
        Collecting { targets: BTreeMap::new(), phrases, log, document: Some("d1".into()), taken_back: false };
    for composed in pack.items() {
        collecting.numbered("reference-item", composed.item.label, &composed.item.number);
    }
    let mut in_pack = BTreeSet::new();
    for document in &pack.documents {
        let Role::Paper(path) = &document.role else { continue };
        let Some(paper) = pack.workspace.papers.get(path) else { continue };
        in_pack.insert(path.as_str());
        collecting.document = Some(document.id.clone());
        collecting.taken_back = document.withheld.as_ref().is_some_and(|withheld| withheld.taken_back.is_some());
        match &document.appendix {
            Some(number) => collecting.numbered("reference-appendix", paper.label.as_ref(), number),
            None => collecting.add(paper.label.as_ref(), title(paper, pack, phrases)),
        }
        collecting.paper(paper, pack);
    }
    let mut targets = collecting.targets;
    let quiet = log.another();
    let elsewhere = |paper: &&Paper| !in_pack.contains(paper.path.as_str()) && !published.withholds(&paper.path);
    for paper in pack.workspace.papers.values().filter(elsewhere) {
        if let PaperKind::Minutes(_) = paper.kind {
            let mut elsewhere =
                Collecting { targets: BTreeMap::new(), phrases, log: &quiet, document: None, taken_back: false };
            elsewhere.paper(paper, pack);
            for (label, target) in elsewhere.targets {
                targets.entry(label).or_insert(target);
            }
        }
    }
    Labels { targets }
}

struct References<'a, 'p> {
    pack: &'a Pack<'p>,
    log: &'a Log,
    /// Document that is looked at, and whether it is withheld.
    withheld: bool,
}

crate::finding::rule! {
    /// A link of the form [](#label) must name a label that exists in the papers of the meeting or in
    /// minutes of the workspace. Labels are given by `label:` or by {#label} at the start of a
    /// paragraph or the end of a heading.
    UNRESOLVED = "T0002", Text, Error, guarded, "a reference that leads nowhere";
}

crate::finding::rule! {
    /// A reference from public text would print a number or title of a withheld paper. Refer to the
    /// agenda item instead.
    REFERS_TO_WITHHELD = "T0009", Text, Error, guarded, "a public paper refers into a withheld one";
}

impl References<'_, '_> {
    /// Tells whether what bears a label is withheld.
    fn hides(&self, target: &Target) -> bool {
        let document = target.document.as_ref().and_then(|id| self.pack.document(id));
        document.is_some_and(|document| document.withheld.is_some())
    }

    fn part(&self, part: &Inline) {
        let Inline::Link(link) = part else { return };
        let LinkTarget::Label(label) = &link.target else { return };
        let place = link.place;
        let Some(target) = self.pack.labels.get(label) else {
            let known = self.pack.labels.all().iter().filter(|(_, target)| self.withheld || !self.hides(target));
            let help = did_you_mean(label, known.map(|(label, _)| label.as_str()))
                .unwrap_or_else(|| "give what is meant a label: `label:` in YAML, or {#label} in text".into());
            self.log.add(
                Finding::new(&UNRESOLVED, place, format!("nothing in this pack has the label `{label}`")).help(help),
            );
            return;
        };
        if self.hides(target) && !self.withheld {
            self.log.add(
                Finding::new(
                    &REFERS_TO_WITHHELD,
                    place,
                    format!("public text refers to `{label}`, which is in a withheld paper"),
                )
                .also(target.place, "in the withheld paper")
                .help("refer to the agenda item, or write the words out"),
            );
        }
    }
}

impl<'a> Visitor<'a> for References<'_, '_> {
    fn inlines(&mut self, content: &'a [Inline]) {
        each_part(content, &mut |part| self.part(part));
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        each_inline(blocks, &mut |part| self.part(part));
    }
}

/// Finds references that lead nowhere, or from public text into withheld papers.
pub(super) fn check_references(pack: &Pack, log: &Log) {
    let mut references = References { pack, log, withheld: false };
    pack.agenda.visit(&mut references);
    for document in &pack.documents {
        references.withheld = document.withheld.is_some();
        if let Role::Paper(path) = &document.role
            && let Some(paper) = pack.workspace.papers.get(path)
        {
            paper.visit(&mut references);
        }
    }
}
