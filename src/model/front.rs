//! What a front sheet prints around its items: council, body and agenda can each say it.

use super::declare::record;
use super::people::PersonRef;
use super::{Line, Prose, Text};

record! {
    /// What a front sheet prints around its items; a body and an agenda can override each part.
    pub struct Front: "the front sheet" [flat] {
        /// Who issues agendas: the id of a post, whose holder is printed, or name, post and address.
        signatory: Option<Signatory>,
        /// The person to ask about a meeting.
        contact: Option<PersonRef>,
        /// Texts that are printed in a box near the top of the front sheet.
        notices: Vec<Prose>,
        /// Lines that are numbered 1), 2) behind the business.
        notes: Option<Vec<Line>>,
        /// Further notes, behind those of the council or the body.
        notes_add: Vec<Line>,
        /// Paragraphs at the end of the front sheet: access, hearing loop, filming, languages.
        access: Option<Vec<Access>>,
    }
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

record! {
    /// A signatory who is written out.
    pub(crate) struct WrittenSignatory: "a signatory" {
        /// The name.
        name: Text,
        /// The post: its id, or words.
        post: Option<Text> as post,
        /// The address.
        address: Option<Text>,
    }
}

record! {
    /// One titled paragraph about access.
    pub struct Access: "a paragraph about access" {
        /// The title.
        title: Line,
        /// The text.
        text: Prose,
    }
}
