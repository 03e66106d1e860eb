//! A report to cabinet or council in its full form.

use chrono::NaiveDate;

use super::people::PersonRef;
use super::{Line, Prose, Text};
use crate::finding::Place;

/// A report.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Title.
    pub title: Line,
    /// Bodies that consider it, with their dates.
    pub to: Vec<Addressee>,
    /// Banner about privacy.
    pub privacy: Option<Prose>,
    /// Portfolio holder.
    pub cabinet_member: Option<Line>,
    /// Director who approves the submission.
    pub director: Option<Line>,
    /// Wards affected.
    pub wards: Option<Line>,
    /// Whether the decision is a key decision (SI 2012/2089, regulation 8).
    pub key_decision: Option<Line>,
    /// What notice of the key decision was given.
    pub key_decision_notice: Option<KeyDecisionNotice>,
    /// Executive summary.
    pub summary: Option<Prose>,
    /// What each body is asked to do.
    pub recommendations: Vec<Recommendation>,
    /// Appendices included.
    pub appendices: Option<Vec<Line>>,
    /// Background papers (section 100D).
    pub background: Option<Vec<Line>>,
    /// Whether scrutiny considers it.
    pub scrutiny: Option<Line>,
    /// Whether another body considers it.
    pub other_bodies: Option<Line>,
    /// Whether it goes to council.
    pub council: Option<Line>,
    /// Further labelled fields.
    pub fields: Vec<Field>,
    /// Numbered text.
    pub body: Prose,
    /// Authors.
    pub authors: Vec<PersonRef>,
    /// Directorate.
    pub directorate: Option<Text>,
    /// Who contributed.
    pub contributors: Vec<Clearance>,
    /// Who approved.
    pub approvers: Vec<Clearance>,
    /// Where the report is published.
    pub web_note: Option<Line>,
}

/// Notice of a key decision (SI 2012/2089, regulations 9 to 11).
#[derive(Debug, Clone, Default)]
pub struct KeyDecisionNotice {
    /// Day on which it was published.
    pub published: Option<NaiveDate>,
    /// Day on which the notice was published that it could not be given in time.
    pub general_exception: Option<NaiveDate>,
    /// Who agreed that the decision is urgent and cannot wait.
    pub special_urgency: Option<Text>,
    /// Where it stands.
    pub place: Place,
}

/// A body that considers the report.
#[derive(Debug, Clone, Default)]
pub struct Addressee {
    /// Id of a body, or words.
    pub body: Text,
    /// When.
    pub date: Option<NaiveDate>,
}

/// What a body is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Recommendation {
    /// "Cabinet is requested to:".
    pub to: Option<Line>,
    /// The recommendations, a numbered list as a rule.
    pub text: Prose,
}

/// A labelled field of the form.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Label.
    pub label: Line,
    /// Text.
    pub text: Prose,
}

/// A row of the table of contributors or approvers.
#[derive(Debug, Clone, Default)]
pub struct Clearance {
    /// Who.
    pub person: PersonRef,
    /// Post as printed here, where not the person's own.
    pub post: Option<Text>,
    /// Directorate or organisation.
    pub directorate: Option<Text>,
    /// When the report was sent.
    pub sent: Option<NaiveDate>,
    /// When the response or approval came.
    pub received: Option<NaiveDate>,
}
