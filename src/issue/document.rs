//! Documents of their own, beside the packs: a certificate, a report of changes, replacement sheets, a letter.

use chrono::NaiveDate;

use crate::assemble::{self, Claims};
use crate::finding::{Finding, Place};
use crate::fonts::Fonts;
use crate::layouts::{Layouts, Phrases};
use crate::model::Workspace;
use crate::packs::{NOT_ASSEMBLED, Project};
use crate::render::{About, alone, literal::Data};
use crate::typeset::{self, Press, Wanted};

/// What a document of its own is made with.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    /// The workspace whose council it is of.
    pub workspace: &'a Workspace,
    /// Layouts.
    pub layouts: &'a Layouts,
    /// Fixed words.
    pub phrases: &'a Phrases,
    /// Fonts, to know which characters can be shown.
    pub fonts: &'a Fonts,
    /// Typesets it.
    pub press: &'a Press,
}

/// What a document says of itself.
pub(crate) struct Imprint {
    /// Its title, for viewers and lists.
    pub(crate) title: String,
    /// What it is.
    pub(crate) subject: String,
    /// Name of the body.
    pub(crate) body: String,
    /// Its day.
    pub(crate) date: NaiveDate,
    /// What tells it from all other documents.
    pub(crate) identity: String,
}

impl<'a> Workshop<'a> {
    /// Takes all from a workspace's project.
    pub(crate) fn of(project: &'a Project) -> Self {
        Self {
            workspace: &project.workspace,
            layouts: &project.layouts,
            phrases: &project.phrases,
            fonts: project.fonts(),
            press: project.press(),
        }
    }

    /// Sets a document with a layout.
    pub(crate) fn typeset(&self, layout: &str, data: Data, imprint: &Imprint) -> Result<typeset::Pack, Vec<Finding>> {
        let document_title = self.plain(&imprint.title);
        let body = self.plain(&imprint.body);
        let about = About {
            workspace: self.workspace,
            title: &document_title,
            subject: &imprint.subject,
            keywords: &[&body],
            date: imprint.date,
        };
        let rendered = alone(self.layouts, self.phrases, layout, data, &about).map_err(|finding| vec![*finding])?;
        self.press.typeset(rendered.files, &Wanted::pdf(&imprint.identity))
    }

    /// Makes the PDF with a layout.
    pub(crate) fn pdf(&self, layout: &str, data: Data, imprint: &Imprint) -> Result<Vec<u8>, Vec<Finding>> {
        let typeset = self.typeset(layout, data, imprint)?;
        assemble::pack(typeset.pdf(), &[], Claims::ALL, None).map_err(|failure| {
            vec![
                Finding::new(&NOT_ASSEMBLED, Place::default(), failure.to_string())
                    .help("report the fault, with the workspace's own layouts if it has any"),
            ]
        })
    }

    /// Gives a fixed phrase, filled in.
    pub(crate) fn phrase(&self, key: &str, values: &[(&str, &str)]) -> Data {
        Data::string(self.plain(&self.phrases.fill(key, values)))
    }

    /// Gives words without characters that no font has: other people's files may hold any.
    pub(crate) fn plain(&self, words: &str) -> String {
        let shown = |letter: char| letter.is_whitespace() || (!letter.is_control() && self.fonts.cover(letter));
        words.chars().map(|letter| if shown(letter) { letter } else { '?' }).collect()
    }
}
