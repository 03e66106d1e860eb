//! Compiles in a process of its own, with bounds on memory and time: what strangers' layouts and fonts ask for can at
//! worst end that process.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;

use super::complaints::NOT_TYPESET;
use super::overflow::OVERFLOW;
use super::{Pack, Press, Wanted};
use crate::bounded;
use crate::finding::{Finding, Sent};
use crate::fonts::Fonts;
use crate::layouts::{Foreign, LAYOUT_BROKEN, Layouts};

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

/// A pack with its overflows, or none with the reasons.
type Answer = (Option<Pack>, Vec<Sent>);

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
        let answer = self.foreign.ask::<Answer>(VERB, "setting the pages", &order, &bytes);
        let ((pack, sent), pdf) = answer.map_err(|finding| vec![*finding])?;
        let received = |sent: Sent| sent.received(&LAYOUT_BROKEN, &[&NOT_TYPESET, &OVERFLOW]);
        let findings = sent.into_iter().map(received).collect();
        match pack {
            Some(mut pack) => {
                (pack.overflows, pack.pdf) = (findings, pdf);
                Ok(pack)
            }
            None => Err(findings),
        }
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
                let (pdf, overflows) = (std::mem::take(&mut pack.pdf), std::mem::take(&mut pack.overflows));
                ((Some(pack), sent(overflows)), pdf)
            }
            Err(findings) => ((None, sent(findings)), Vec::new()),
        }
    })
}

fn sent(findings: Vec<Finding>) -> Vec<Sent> {
    findings.into_iter().map(Sent::from).collect()
}
