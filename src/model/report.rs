//! A report to cabinet or council in its full form.

use chrono::NaiveDate;

use super::declare::record;
use super::people::PersonRef;
use super::text::{LinesOrNone, PaperText};
use super::{Line, Prose, Text};
use crate::finding::Place;

record! {
    /// A report.
    pub struct Report: "the report" {
        /// The title.
        title: Line,
        /// The bodies that take it, in order: `- {body: cabinet, date: 2026-10-06}`.
        to: Vec<Addressee>,
        /// Text at the head, when there is also a private report.
        privacy: Option<Prose>,
        /// The portfolio holder: a line, or the id of a person or post.
        cabinet_member: Option<Line> as name,
        /// The director who approves the submission: a line, or the id of a person or post.
        director: Option<Line> as name,
        /// The wards affected.
        wards: Option<Line>,
        /// Whether the decision is a key decision: "No", or "Yes" with the reason.
        key_decision: Option<Line>,
        /// What notice of the key decision was given; not printed.
        key_decision_notice: Option<KeyDecisionNotice> as silent,
        /// The executive summary.
        summary: Option<Prose>,
        /// What is recommended: text, or a list with an entry for each body.
        recommendations: Vec<Recommendation>,
        /// The appendices included, or `None`.
        appendices: Option<LinesOrNone>,
        /// Background papers (section 100D), or `None`.
        background["background_papers"]: Option<LinesOrNone>,
        /// Whether scrutiny takes it too.
        scrutiny: Option<Line>,
        /// Whether other bodies take it too.
        other_bodies: Option<Line>,
        /// Whether Council takes it too.
        council: Option<Line>,
        /// Further fields of your own form.
        fields: Vec<Field>,
        /// The report, behind `|`, with `# Section` headings.
        body["text"]: PaperText,
        /// Who wrote it.
        authors: Vec<PersonRef>,
        /// The directorate.
        directorate: Option<Text>,
        /// Who contributed.
        contributors: Vec<Clearance>,
        /// Who approved.
        approvers: Vec<Clearance>,
        /// A line at the end: where it is published.
        web_note: Option<Line>,
    }
}

record! {
    /// Notice of a key decision (SI 2012/2089, regulations 9 to 11).
    pub struct KeyDecisionNotice: "`key_decision_notice`" {
        /// The day on which it was published, at least 28 clear days before.
        published: Option<NaiveDate>,
        /// The day on which notice was given that it could not be published in time, at least five clear days before.
        general_exception: Option<NaiveDate>,
        /// Who agreed that the decision is urgent and cannot wait.
        special_urgency: Option<Text>,
    }
    besides |read| {
        /// Where it stands.
        place: Place = read.place(),
    }
}

record! {
    /// A body that considers the report.
    pub struct Addressee: "an addressee" or "body" {
        /// The id of a body, or words.
        body: Text as body,
        /// The day on which it takes the report.
        date: Option<NaiveDate>,
    }
}

record! {
    /// What a body is asked to do.
    pub struct Recommendation: "a recommendation" or "text" {
        /// Whom it is to: "Cabinet is requested to:".
        to: Option<Line>,
        /// The recommendations, a numbered list as a rule.
        text: Prose,
    }
}

record! {
    /// A labelled field of the form.
    pub struct Field: "a field of the form" {
        /// What the field is called.
        label: Line,
        /// What stands in it.
        text: Prose,
    }
}

record! {
    /// A row of the table of contributors or approvers.
    pub struct Clearance: "a contributor or approver" or "person" [checked] {
        /// The id of a person, or a name.
        person: PersonRef = PersonRef::default(),
        /// The post as printed here, where not the person's own.
        post: Option<Text> as post,
        /// Directorate or organisation.
        directorate: Option<Text>,
        /// The day on which the report was sent.
        sent: Option<NaiveDate>,
        /// The day on which the response or approval came.
        received: Option<NaiveDate>,
    }
}
