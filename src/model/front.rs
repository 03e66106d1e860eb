//! What a front sheet prints around its items: council, body and agenda can each say it.

use super::people::PersonRef;
use super::{Line, Prose, Text};

/// What a front sheet prints around its items; a body and an agenda can override each part.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// Who signs the agenda.
    pub signatory: Option<Signatory>,
    /// Whom to ask.
    pub contact: Option<PersonRef>,
    /// Boxed notices.
    pub notices: Vec<Prose>,
    /// Numbered notes; `None` inherits.
    pub notes: Option<Vec<Line>>,
    /// Further notes after the inherited ones.
    pub notes_add: Vec<Line>,
    /// Access and filming paragraphs at the end; `None` inherits.
    pub access: Option<Vec<Access>>,
}

/// The officer in whose name an agenda is issued.
#[derive(Debug, Clone)]
pub enum Signatory {
    /// Id of a post, whose holder signs.
    Post(Text),
    /// Written out.
    Written {
        /** Name. */
        name: Text,
        /** Post. */
        post: Option<Text>,
        /** Address. */
        address: Option<Text>,
    },
}

/// One titled paragraph about access.
#[derive(Debug, Clone, Default)]
pub struct Access {
    /// Title.
    pub title: Line,
    /// Text.
    pub text: Prose,
}
