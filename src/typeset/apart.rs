//! Compiles in a process of its own, with bounds on memory and time: what strangers' layouts and fonts ask for can at
//! worst end that process.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;

use super::{Pack, Press, Wanted};
use crate::bounded;
use crate::finding::Finding;
use crate::fonts::Fonts;
use crate::layouts::{Foreign, Layouts};

/// Name of the hidden verb that the process is started with.
pub(crate) const VERB: &str = "typeset";

/// Compiles in processes of a program.
pub(super) struct Apart {
    foreign: Foreign,
    fonts: Vec<Bytes>,
    /// Index in the sources of each of the workspace's own layouts, by name.
    layouts: BTreeMap<String, u32>,
}

/// What is to be typeset. The bytes of the files and of the fonts follow, one behind the other.
#[derive(Serialize, Deserialize)]
struct Order {
    files: Vec<(String, usize)>,
    fonts: Vec<usize>,
    layouts: BTreeMap<String, u32>,
    wanted: Wanted,
}

impl Apart {
    /// Gives the way to compile with these layouts and fonts; nothing where all are built in.
    pub(super) fn for_own(layouts: &Layouts, fonts: &Fonts) -> Option<Self> {
        let own = (layouts.own().clone(), fonts.own().to_vec());
        let foreign = layouts.foreign(&["typ", "jinja", "svg", "png", "jpg"], !own.1.is_empty())?;
        Some(Self { foreign, layouts: own.0, fonts: own.1 })
    }

    pub(super) fn typeset(&self, files: &BTreeMap<String, Vec<u8>>, wanted: &Wanted) -> Result<Pack, Vec<Finding>> {
        let order = Order {
            files: files.iter().map(|(path, bytes)| (path.clone(), bytes.len())).collect(),
            fonts: self.fonts.iter().map(Bytes::len).collect(),
            layouts: self.layouts.clone(),
            wanted: wanted.clone(),
        };
        let bytes: Vec<&[u8]> =
            files.values().map(Vec::as_slice).chain(self.fonts.iter().map(Bytes::as_slice)).collect();
        let answer = self.foreign.ask::<Result<Pack, Vec<Finding>>>(VERB, "setting the pages", &order, &bytes);
        let (pack, pdf) = answer.map_err(|finding| vec![*finding])?;
        let mut pack = pack?;
        pack.pdf = pdf;
        Ok(pack)
    }
}

/// Answers an order: what the process of [`VERB`] does.
pub(crate) fn serve() -> io::Result<()> {
    bounded::serve(|order: Order, bytes| {
        let mut rest = bytes.as_slice();
        let mut next = |length: usize| {
            let (some, behind) = rest.split_at_checked(length).unwrap_or_default();
            rest = behind;
            some.to_vec()
        };
        let files = order.files.into_iter().map(|(path, length)| (path, next(length))).collect();
        let fonts = Fonts::with_files(order.fonts.into_iter().map(|length| Bytes::new(next(length))).collect());
        match Press::in_process(&fonts, order.layouts).compile(files, &order.wanted) {
            Ok(mut pack) => {
                let pdf = std::mem::take(&mut pack.pdf);
                (Ok(pack), pdf)
            }
            Err(findings) => (Err(findings), Vec::new()),
        }
    })
}
