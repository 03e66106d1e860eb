//! Bodies that have what only an executive has, without the regime of one.

use super::decisions::{begins_with_yes, is_scrutiny, papers};
use crate::finding::{Finding, Log, Place};
use crate::model::body::Regime;
use crate::model::report::Report;
use crate::model::{Body, PaperKind, Workspace};
use crate::resolve::Meeting;

crate::finding::rule! {
    /// Executives meet under regulations of their own: they give notice of private business (N0006) and of key
    /// decisions (N0021), which other bodies do not. An agenda of this body has `private_notice`, or a report to it
    /// says `key_decision: Yes` or has `key_decision_notice`; but without `regime: exec2012` in the body's file
    /// neither rule is applied. A cabinet, its committees and cabinet members who decide alone are executives. Full
    /// council is none, nor are committees such as those for licensing, planning and audit: `regime: lga1972` in
    /// the body's file says so, and ends the matter, unless an agenda has `private_notice`. Reports that are
    /// addressed to another body first, or are on the agenda of an executive too, do not count, nor do those before
    /// a scrutiny board.
    NO_EXECUTIVE_REGIME = "N0032", Law, Warning, "a body with the fields of an executive, but not its regime";
    "NP10 and KD1: SI 2012/2089, regulations 5 and 8 to 11"
}

/// A body that takes key decisions, or gives notice of private business, may be an executive: without its regime
/// neither is checked (NP10 and KD1). The council and its regulatory committees have reports of key decisions too, so a
/// body whose file names its regime is believed, but for the notice that only an executive gives. Drafts are looked at
/// too, since the regime is to be right before the days are counted.
pub(in crate::check) fn no_executive_regime(workspace: &Workspace, meetings: &[Meeting], log: &Log) {
    for body in workspace.bodies.values().filter(|body| body.regime == Regime::LocalGovernmentAct) {
        let mut own = meetings.iter().filter(|meeting| meeting.agenda.body == body.id);
        let found = own.find_map(|meeting| of_executive(workspace, meetings, meeting, body));
        let Some((place, field)) = found else { continue };
        let message = format!(
            "`{}` has the fields of an executive, but not the regime of one: notice of its private business and of \
             its key decisions is not checked",
            body.name.value
        );
        let is_executive = |other: &Body| other.regime == Regime::Executive;
        let help = match body.regime_place {
            Some(_) => {
                "take `private_notice` away there; where the body is an executive, write `regime: exec2012` here"
            }
            None if workspace.bodies.values().any(is_executive) => {
                "where the body is no executive (the council and its own committees are none), add `regime: lga1972` \
                 here; where it is a committee of the executive, `regime: exec2012`"
            }
            None => {
                "where the body is an executive, add `regime: exec2012` here; where it is none (the council and its own \
                 committees are none), `regime: lga1972`"
            }
        };
        log.add(
            Finding::new(&NO_EXECUTIVE_REGIME, body.place, message)
                .also(place, format!("`{field}` is a field of executives"))
                .help(help),
        );
    }
}

/// Gives the first field of an agenda or its papers that only an executive has.
fn of_executive(
    workspace: &Workspace,
    meetings: &[Meeting],
    meeting: &Meeting,
    body: &Body,
) -> Option<(Place, &'static str)> {
    let agenda = meeting.agenda;
    if let Some(place) = agenda.private_notice_place.filter(|_| !agenda.private_notice.is_empty()) {
        return Some((place, "private_notice"));
    }
    // Scrutiny has the reports of the executive before it.
    if body.regime_place.is_some() || is_scrutiny(body) {
        return None;
    }
    papers(meeting).find_map(|(paper, _)| {
        let PaperKind::Report(report) = &paper.kind else { return None };
        let decision = report.key_decision.as_ref().filter(|line| begins_with_yes(&line.plain()));
        let decision = decision.map(|line| (line.place, "key_decision"));
        let notice = report.key_decision_notice.as_ref().map(|notice| (notice.place, "key_decision_notice"));
        decision.or(notice).filter(|_| !is_of_another(workspace, meetings, report, &paper.path, body))
    })
}

/// Tells whether a report is for the decision of another body: the first to which it is addressed, or an executive
/// that has it on an agenda.
fn is_of_another(workspace: &Workspace, meetings: &[Meeting], report: &Report, path: &str, body: &Body) -> bool {
    if let Some(first) = report.to.iter().find_map(|to| workspace.bodies.get(&to.body.value)) {
        return first.id != body.id;
    }
    let is_executive = |meeting: &&Meeting| meeting.body.is_some_and(|body| body.regime == Regime::Executive);
    meetings.iter().filter(is_executive).flat_map(Meeting::papers).any(|used| used.named.path == path)
}
