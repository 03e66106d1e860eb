//! Looks at a body's file as a whole.

use super::council::without_papers;
use super::fields::Fields;
use super::yaml::record::Checked;
use crate::model::Body;

impl Checked for Body {
    fn checked(self, fields: &Fields) -> Option<Self> {
        without_papers(self.standing.as_written(), fields.context());
        Some(self)
    }
}
