//! The web site of what was issued.

use std::path::Path;

use super::Failure;
use crate::site::{self, SiteMade, Templates};

/// Makes the site of an archive in a folder; templates and style of the workspace take the place of built-in ones.
pub fn make_site(root: &Path, archive: &Path, out: &Path) -> Result<SiteMade, Failure> {
    Ok(site::make(archive, out, Templates::of(root)?)?)
}
