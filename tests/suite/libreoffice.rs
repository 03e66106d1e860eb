//! Office files put through the real LibreOffice: what is hidden and what is of the machine stands on no page.
//!
//! Asked only where `BOARDPACK_REAL_SOFFICE` names the program.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use boardpack::appended::office::Office;
use boardpack::appended::{Order, Reader, Received, Receiver};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::sandbox::Sandbox;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const S: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                 xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const RELATIONS: &str = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument";

fn program() -> Option<PathBuf> {
    std::env::var_os("BOARDPACK_REAL_SOFFICE").map(PathBuf::from)
}

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a package").into_inner()
}

fn types(overrides: &[(&str, &str)]) -> String {
    let parts: Vec<String> = overrides
        .iter()
        .map(|(part, kind)| format!("<Override PartName=\"/{part}\" ContentType=\"{MAIN}.{kind}+xml\"/>"))
        .collect();
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}</Types>",
        parts.concat()
    )
}

fn relations(links: &[(&str, &str)]) -> String {
    let links: Vec<String> = links
        .iter()
        .enumerate()
        .map(|(index, (kind, target))| {
            format!("<Relationship Id=\"r{index}\" Type=\"{TYPE}/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!("<Relationships {RELATIONS}>{}</Relationships>", links.concat())
}

/// Makes a workbook of two sheets: the second one hidden, with a print area.
fn workbook() -> Vec<u8> {
    let sheet = |words: &str, rest: &str| {
        let cell =
            |row, words| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{words}</t></is></c></row>");
        let path = "<row r=\"2\"><c r=\"A2\" t=\"str\"><f>CELL(\"filename\",A1)</f></c></row>";
        format!("<worksheet {S}><sheetData>{}{path}</sheetData>{rest}</worksheet>", cell(1, words))
    };
    let header = "<headerFooter><oddHeader>&amp;L&amp;Z&amp;F kept</oddHeader><oddFooter>&amp;D &amp;T</oddFooter></headerFooter>";
    package(&[
        (
            "[Content_Types].xml",
            types(&[
                ("xl/workbook.xml", "spreadsheetml.sheet.main"),
                ("xl/worksheets/a.xml", "spreadsheetml.worksheet"),
                ("xl/worksheets/b.xml", "spreadsheetml.worksheet"),
            ]),
        ),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[("worksheet", "worksheets/a.xml"), ("worksheet", "worksheets/b.xml")]),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {S}><sheets><sheet name=\"Open\" sheetId=\"1\" r:id=\"r0\"/><sheet name=\"Shut\" sheetId=\"2\" \
                 state=\"hidden\" r:id=\"r1\"/></sheets><definedNames><definedName name=\"_xlnm.Print_Area\" \
                 localSheetId=\"1\">Shut!$A$1</definedName></definedNames></workbook>"
            ),
        ),
        ("xl/worksheets/a.xml", sheet("sycamore", header)),
        ("xl/worksheets/b.xml", sheet("hornbeam", "")),
    ])
}

/// Makes a text with a hidden row, a hidden run, and fields for the path and the day.
fn text() -> Vec<u8> {
    let field = |instruction: &str, result: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r><w:r>\
             <w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar \
             w:fldCharType=\"end\"/></w:r></w:p>"
        )
    };
    let row = |settings: &str, words: &str| {
        format!("<w:tr><w:trPr>{settings}</w:trPr><w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr>")
    };
    let body = [
        "<w:p><w:r><w:t>sycamore</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hornbeam</w:t></w:r></w:p>".to_owned(),
        field("FILENAME \\p", "H:\\Estates\\kept.docx"),
        field("DATE \\@ yyyy", "1887"),
        format!("<w:tbl>{}{}</w:tbl><w:p/>", row("", "aspen"), row("<w:hidden/>", "alder")),
    ];
    package(&[
        ("[Content_Types].xml", types(&[("word/document.xml", "wordprocessingml.document.main")])),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")])),
        ("word/document.xml", format!("<w:document {W}><w:body>{}</w:body></w:document>", body.concat())),
    ])
}

fn received(root: &Path, program: &Path, name: &str, bytes: &[u8]) -> Received {
    let receiver = Receiver::new(Reader::default(), Office::new(root, Some(program.to_owned())));
    receiver.receive(name, bytes, &Order::default()).unwrap_or_else(|failure| panic!("{name}: {failure}"))
}

/// Lets LibreOffice write a file in a format of its own past.
fn rewritten(sandbox: &Sandbox, program: &Path, name: &str, bytes: &[u8], ending: &str) -> Vec<u8> {
    sandbox.write(name, bytes);
    let status = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", sandbox.path("profile").display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .arg(sandbox.root())
        .arg(sandbox.path(name))
        .output()
        .expect("LibreOffice runs")
        .status;
    assert!(status.success());
    let (stem, _) = name.split_once('.').expect("an ending");
    std::fs::read(sandbox.path(&format!("{stem}.{ending}"))).expect("it was written")
}

#[test]
fn nothing_hidden_and_nothing_of_the_machine_is_printed() {
    let Some(program) = program() else { return };
    let sandbox = Sandbox::empty();
    let (book, text) = (workbook(), text());
    let mut files = vec![("book.xlsx", book.clone()), ("text.docx", text.clone()), ("text.docm", text.clone())];
    for (name, from, bytes, ending) in [
        ("book.xls", "book.xlsx", &book, "xls"),
        ("book.ods", "book.xlsx", &book, "ods"),
        ("text.doc", "text.docx", &text, "doc"),
        ("text.odt", "text.docx", &text, "odt"),
        ("text.rtf", "text.docx", &text, "rtf"),
    ] {
        files.push((name, rewritten(&sandbox, &program, from, bytes, ending)));
    }
    for (name, bytes) in files {
        let pages = received(sandbox.root(), &program, name, &bytes).words;
        let words = pages.concat();
        assert!(words.contains("sycamore"), "{name}: {words}");
        for hidden in ["hornbeam", "file:", "/tmp", "Estates", "???"] {
            assert!(!words.contains(hidden), "{name} prints {hidden}: {words}");
        }
        if name.starts_with("book") {
            assert_eq!(pages.len(), 1, "{name}");
        } else if name.contains(".doc") && name != "text.doc" {
            assert!(
                words.contains("1887") && words.contains("kept.docx") && !words.contains("alder"),
                "{name}: {words}"
            );
        }
    }
}
