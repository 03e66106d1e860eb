//! PDFs made for a test, by hand, so that they can be as odd as a test needs.

/// Content of a page that is not the same turned, mirrored or moved: boxes of 200 by 140 points.
pub(super) const DRAWING: &str = "1 0 0 rg 0 0 60 40 re f 0 0 1 rg 160 100 40 40 re f 0 0.5 0 rg 10 130 m 90 130 l 50 60 l f \
     0 g 3 w 120 20 m 190 70 l S";

/// A PDF as it grows. Object 1 is the catalog, object 2 the tree of pages.
#[derive(Default)]
pub(super) struct Made {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// Further entries of the catalog.
    pub(super) catalog: String,
    /// Further entries of the trailer.
    pub(super) trailer: String,
}

impl Made {
    /// Makes a file with one page.
    pub(super) fn page_with(entries: &str, content: &str) -> Vec<u8> {
        let mut made = Self::default();
        made.page(entries, content);
        made.bytes()
    }

    /// Gives the number that the next object will have.
    pub(super) fn next(&self) -> usize {
        self.objects.len() + 3
    }

    /// Adds an object, and gives its number.
    pub(super) fn add(&mut self, object: impl AsRef<[u8]>) -> usize {
        self.objects.push(object.as_ref().to_vec());
        self.objects.len() + 2
    }

    /// Adds a stream.
    pub(super) fn stream(&mut self, entries: &str, bytes: &[u8]) -> usize {
        let head = format!("<< /Length {} {entries} >>\nstream\n", bytes.len());
        self.add([head.as_bytes(), bytes, b"\nendstream"].concat())
    }

    /// Adds a page.
    pub(super) fn page(&mut self, entries: &str, content: &str) -> usize {
        let content = self.stream("", content.as_bytes());
        let page = self.add(format!("<< /Type /Page /Parent 2 0 R /Contents {content} 0 R {entries} >>"));
        self.pages.push(page);
        page
    }

    /// Writes the file.
    pub(super) fn bytes(self) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        let catalog = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog);
        let pages = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", self.pages.len());
        let first = [catalog.into_bytes(), pages.into_bytes()];
        file(first.iter().chain(&self.objects), &self.trailer)
    }
}

/// Writes a file of these objects, which are numbered from 1; the first is the catalog.
pub(super) fn file<'a>(objects: impl Iterator<Item = &'a Vec<u8>>, trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = "0000000000 65535 f \n".to_owned();
    let mut count = 1;
    for object in objects {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{count} 0 obj\n").into_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
        count += 1;
    }
    let start = bytes.len();
    bytes.extend(
        format!(
            "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
        )
        .into_bytes(),
    );
    bytes
}

/// Writes a file of these objects as they stand.
pub(super) fn raw(objects: &[&str]) -> Vec<u8> {
    let objects: Vec<Vec<u8>> = objects.iter().map(|object| object.as_bytes().to_vec()).collect();
    file(objects.iter(), "")
}

/// Gives a page's entry for its size.
pub(super) fn size(width: u32, height: u32) -> String {
    format!("/MediaBox [0 0 {width} {height}] /Resources << >>")
}
