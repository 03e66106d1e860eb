//! Documents that stand by themselves, outside any pack, in the look of the packs.

use std::collections::BTreeSet;

use super::literal::Data;
use super::{Form, Rendered, fill, info};
use crate::compose::PageNumbers;
use crate::finding::Finding;
use crate::layouts::{Layouts, Phrases};
use crate::model::Workspace;
use chrono::NaiveDate;

/// What a document is, for its metadata, its running head and its look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    /// The workspace whose council issues it.
    pub(crate) workspace: &'a Workspace,
    /// Title in the PDF's metadata.
    pub(crate) title: &'a str,
    /// Subject in the PDF's metadata.
    pub(crate) subject: &'a str,
    /// Keywords in the PDF's metadata.
    pub(crate) keywords: &'a [&'a str],
    /// Date of issue, which is also that of the PDF.
    pub(crate) date: NaiveDate,
}

/// Renders a document of its own: `layouts/TEMPLATE.typ.jinja` called with the data as `paper`.
///
/// Its pages are numbered from 1. A template that cannot be used is a finding.
pub(crate) fn alone(
    layouts: &Layouts,
    phrases: &Phrases,
    template: &str,
    data: Data,
    about: &About,
) -> Result<Rendered, Box<Finding>> {
    let mut rendered = Rendered::with(layouts);
    let mut pictures = BTreeSet::new();
    let info = info::of_council(about.workspace, about.date, phrases, &PageNumbers::default(), &mut pictures);
    let metadata = Data::fields([
        ("title", Data::string(about.title)),
        ("subject", Data::string(about.subject)),
        ("keywords", Data::list(about.keywords, |word| Data::string(*word))),
    ]);
    let forms = vec![
        Form::new("pack-info.typ", "pack-info", [("info", info)]),
        // Nothing outside the document can be referred to.
        Form::new("references.typ", "references", [("references", Data::Fields(Vec::new()))]),
        Form::new("document.typ", template, [("paper", data)]),
        Form::new("main.typ", "alone", [("about", metadata), ("file", Data::string("/document.typ"))]),
    ];
    rendered.files.extend(fill::files(layouts, forms)?);
    rendered.add_pictures(&pictures, about.workspace);
    Ok(rendered)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::finding::{Log, Sources};
    use crate::fonts::Fonts;
    use crate::typeset::{Press, Wanted};

    #[test]
    fn documents_of_their_own_are_typeset_with_the_councils_name() {
        let layouts = Layouts::with(&BTreeMap::new(), &mut Sources::default());
        let phrases = Phrases::with(&layouts, &BTreeMap::new(), &Log::default());
        let mut workspace = Workspace::default();
        workspace.council.name.value = "Aldermere City Council".into();
        let about = About {
            workspace: &workspace,
            title: "A note",
            subject: "Of its own",
            keywords: &["Scrutiny Board"],
            date: NaiveDate::from_ymd_opt(2026, 9, 8).expect("a date"),
        };
        let data = Data::fields([
            ("title", Data::string("A note #[ of its own")),
            ("body", crate::render::content("Words.")),
            ("item", Data::None),
        ]);
        let rendered = alone(&layouts, &phrases, "paper", data, &about).expect("it renders");
        let main = String::from_utf8(rendered.files["main.typ"].clone()).expect("it is text");
        assert!(main.contains("#include \"/document.typ\""), "{main}");
        let press = Press::new(&Fonts::with(&BTreeMap::new()), &layouts);
        let pack = press.typeset(rendered.files, &Wanted::pdf("note")).unwrap_or_else(|all| {
            panic!("{}", all.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; "))
        });
        assert_eq!(pack.page_count(), 1);
        assert!(pack.pdf().starts_with(b"%PDF-1.7"));
    }
}
