//! Tables that programs of others read (CSV, RFC 4180): who attended, what was decided, and how it was voted.

use std::collections::BTreeMap;

use minijinja::context;

use super::facts::{self, Facts, PaperFacts};
use super::minutes::Recorded;
use super::{Making, SiteFailure};

impl Making<'_> {
    /// Makes them, and the page that says what they hold.
    pub(super) fn data(&mut self) -> Result<(), SiteFailure> {
        let mut attendance = vec![row(["meeting", "body", "date", "draft", "group", "name"])];
        let mut decisions = vec![row(["meeting", "body", "date", "draft", "minute", "title", "decision"])];
        let mut votes = vec![row(["meeting", "body", "date", "draft", "minute", "title", "vote", "count", "names"])];
        for (id, (recorded, is_draft)) in self.recorded() {
            let (body, day) = facts::parts(id);
            let of = [id, &self.body_name(body), day, if is_draft { "yes" } else { "no" }].map(str::to_owned);
            let with = |more: &[&String]| of.iter().chain(more.iter().copied()).cloned().collect::<Vec<_>>();
            attendance.extend(recorded.present.iter().map(|[group, name]| with(&[group, name])));
            for decision in &recorded.decisions {
                let [number, title] = [&decision.number, &decision.title];
                decisions.push(with(&[number, title, &decision.words]));
                votes.extend(
                    decision.votes.iter().map(|[word, count, names]| with(&[number, title, word, count, names])),
                );
            }
        }
        for (name, rows) in [("attendance", attendance), ("decisions", decisions), ("votes", votes)] {
            self.tree.put(&format!("data/{name}.csv"), &csv(&rows))?;
        }
        self.page("data/index.html", "data", "Feeds, calendars and tables", Vec::new(), context! {})
    }

    /// Gives what the minutes of each meeting record: of those agreed, or of the newest draft.
    fn recorded(&self) -> BTreeMap<&str, (&Recorded, bool)> {
        let all = self.all().flat_map(|facts| facts.papers.iter().map(move |paper| (facts, paper)));
        let mut all: Vec<(&Facts, &PaperFacts)> = all.filter(|(_, paper)| !paper.withheld).collect();
        all.sort_by_key(|(facts, paper)| (!paper.draft, &facts.date));
        let of = all.into_iter().filter_map(|(_, paper)| {
            let meeting = paper.minutes_of.as_deref()?;
            Some((meeting, (paper.recorded.as_ref()?, paper.draft)))
        });
        of.collect()
    }
}

fn row<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

/// Writes rows; a cell that a spreadsheet would take for a formula is kept from being one.
fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().map(|cell| {
            let guard = if cell.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
            let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "\"\"");
            format!("\"{guard}{cell}\"")
        });
        out += &(cells.collect::<Vec<_>>().join(",") + "\r\n");
    }
    out.into_bytes()
}
