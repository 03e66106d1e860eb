//! Forms show what was filled in, whatever pictures of their fields they keep.

use super::claims::claims;
use super::made::Made;
use super::other::Book;
use super::{Built, build, workspace};
use crate::pdf::{Pdf, squeeze};

/// The usual font of forms.
const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A form of one page; each field has these entries, and its picture says these words, if any.
struct Form {
    made: Made,
    fields: Vec<usize>,
}

impl Form {
    fn new() -> Self {
        let mut made = Made::default();
        assert_eq!(made.add(FONT), 3);
        Self { made, fields: Vec::new() }
    }

    /// Adds a picture of a field of 160 by 20 points.
    fn look(&mut self, content: &str) -> usize {
        let entries = "/Type /XObject /Subtype /Form /BBox [0 0 160 20] /Resources << /Font << /F 3 0 R >> >>";
        self.made.stream(entries, content.as_bytes())
    }

    fn field(&mut self, entries: &str, says: Option<&str>) -> &mut Self {
        let look = says.map(|words| {
            let text = if words.is_empty() { String::new() } else { format!("BT /F 10 Tf 2 5 Td ({words}) Tj ET") };
            let look = self.look(&format!("/Tx BMC {text} EMC"));
            format!("/AP << /N {look} 0 R >>")
        });
        self.widget(&format!("{entries} {}", look.unwrap_or_default()))
    }

    fn widget(&mut self, entries: &str) -> &mut Self {
        let bottom = 700 - 40 * self.fields.len();
        let field = self
            .made
            .add(format!("<< /Type /Annot /Subtype /Widget /F 4 /Rect [20 {bottom} 180 {}] {entries} >>", bottom + 20));
        self.fields.push(field);
        self
    }

    fn bytes(mut self, whole: &str) -> Vec<u8> {
        let list: String = self.fields.iter().map(|field| format!("{field} 0 R ")).collect();
        self.made.page(&format!("/MediaBox [0 0 400 800] /Resources << >> /Annots [{list}]"), "");
        self.made.catalog = format!("/AcroForm << /Fields [{list}] /DA (/Helv 0 Tf 0 g) {whole} >>");
        self.made.bytes()
    }
}

const ANEW: &str = "/NeedAppearances true";

fn built(file: Vec<u8>) -> Built {
    build(&workspace(&[("a.pdf", file)], &[&["{file: a.pdf, title: A form, description: A form that was filled in}"]]))
}

/// Gives what the form's page says in the pack.
fn said(built: &Built) -> String {
    squeeze(&Pdf::read(built.bytes("public")).pages()[built.first_pages()[0]])
}

#[track_caller]
fn assert_says(built: &Built, words: &[&str]) {
    let said = said(built);
    for words in words {
        assert!(said.contains(&squeeze(words)), "`{words}` is not in {said}");
    }
}

#[test]
fn values_stand_in_the_place_of_old_pictures() {
    for (what, whole, says) in [
        ("nothing is drawn, and readers are told to", ANEW, Some("")),
        ("nothing is drawn, and nobody is told to", "", Some("")),
        ("there is no picture", "", None),
        ("another figure is drawn, and readers are told to", ANEW, Some("1,000 pounds")),
        ("another figure is drawn, and nobody is told to", "", Some("1,000 pounds")),
    ] {
        let mut form = Form::new();
        form.field("/FT /Tx /T (Sum) /V (8,250 pounds) /DA (/Helv 11 Tf 0 g)", says);
        let built = built(form.bytes(whole));
        assert_says(&built, &["8,250 pounds"]);
        assert!(!said(&built).contains("1,000"), "{what}: {}", said(&built));
        assert!(built.findings.contains("warning[A0024]"), "{what}: {}", built.findings);
        assert_eq!(claims(built.bytes("public")), ["A-2A", "UA-1"], "{what}");
    }
}

#[test]
fn pictures_that_say_what_was_filled_in_stay() {
    let mut form = Form::new();
    form.field("/FT /Tx /T (A) /V (Harbour Trust)", Some("Harbour Trust"))
        .field("/FT /Tx /T (B) /V (8250)", Some("8,250.00"))
        .field("/FT /Tx /T (C)", Some("A note"))
        .field("/FT /Tx /T (D) /Ff 8192 /V (hushhush)", Some("********"));
    let built = built(form.bytes(""));
    assert_says(&built, &["Harbour Trust", "8,250.00", "A note", "********"]);
    assert!(!built.findings.contains("A0024") && !said(&built).contains("hush"), "{}", built.findings);
}

#[test]
fn every_kind_of_field_shows_its_value() {
    let mut form = Form::new();
    let parent = form.made.next() + 1;
    form.widget(&format!("/Parent {parent} 0 R"));
    form.made.add("<< /FT /Tx /T (Group) /V (From above) /Q 2 /DA (/HeBo 12 Tf 1 0 0 rg) >>");
    form.field("/FT /Tx /T (Lines) /Ff 4096 /V (First line\\rSecond line that is long enough to break)", Some(""))
        .field("/FT /Tx /T (Comb) /Ff 16777216 /MaxLen 8 /V (AB12CD)", Some(""))
        .field("/FT /Ch /T (Choice) /Ff 131072 /Opt [[(a) (Option A)] [(b) (Option B)]] /V (b)", Some("Option A"))
        .field("/FT /Ch /T (List) /Opt [(Red) (Green) (Blue)] /V [(Green)]", Some(""))
        .field("/FT /Tx /T (Unicode) /V <FEFF0141007500630069006A0061002020AC0035>", Some(""))
        .field("/FT /Tx /T (Rich) /RV (<body><p>Rich words</p></body>)", Some(""))
        .field("/FT /Tx /T (Number) /V 42 /MK << /BG [0.9] /BC [0 0 1] >>", None)
        .field("/FT /Tx /T (Turned) /V (Turned) /MK << /R 90 >>", None);
    let built = built(form.bytes(ANEW));
    assert_says(
        &built,
        &[
            "From above",
            "First line",
            "Second line that is long",
            "AB12CD",
            "Option B",
            "Green",
            "Łucija €5",
            "Rich words",
            "42",
        ],
    );
    assert!(!said(&built).contains("OptionA"), "{}", said(&built));
    assert_eq!(claims(built.bytes("public")), ["A-2A", "UA-1"]);
}

#[test]
fn lists_show_what_is_chosen_now() {
    let mut form = Form::new();
    form.field("/FT /Ch /T (A) /Opt [(Red) (Green)] /V (Green)", Some("Red Green"));
    let built = built(form.bytes(ANEW));
    // The box has room for one line, which is that of the choice.
    assert_says(&built, &["Green"]);
    assert!(!said(&built).contains("Red"), "{}", said(&built));
    assert!(built.findings.contains("warning[A0024]: `a.pdf`: form fields did not show"), "{}", built.findings);
}

#[test]
fn cleared_fields_are_empty() {
    let mut form = Form::new();
    form.field("/FT /Tx /T (A) /V ()", Some("Old words"));
    assert!(!said(&built(form.bytes(ANEW))).contains("Oldwords"));
}

/// Adds a box with a picture for `Yes`, a filled square, and none for `Off`.
fn tick(form: &mut Form, entries: &str) {
    let yes = form.look("0 0 160 20 re f");
    form.widget(&format!("/FT /Btn /AP << /N << /Yes {yes} 0 R >> >> {entries}"));
}

#[test]
fn boxes_are_ticked_as_their_values_say() {
    let mut form = Form::new();
    tick(&mut form, "/T (A) /V /Yes /AS /Yes");
    tick(&mut form, "/T (B) /V /Yes /AS /Off");
    tick(&mut form, "/T (C) /V /Off /AS /Yes");
    tick(&mut form, "/T (D) /V /Off /AS /Off");
    tick(&mut form, "/T (E) /V /Yes");
    form.widget("/FT /Btn /T (F) /V /Yes");
    let built = built(form.bytes(""));
    let picture = built.pack().picture(built.first_pages()[0], 1.0);
    let dark: Vec<bool> = (0..6)
        .map(|field| {
            let place = super::Place::of((400.0, 800.0), (595.276, 841.89));
            let x = place.left + 100.0 * place.scale;
            let y = place.top + (90.0 + 40.0 * f64::from(field)) * place.scale;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the page")]
            let pixels = (-14..14).flat_map(|dx| (-6..6).map(move |dy| (dx, dy))).filter(|(dx, dy)| {
                let place = ((y + f64::from(*dy)) as usize) * picture.width + (x + f64::from(*dx)) as usize;
                picture.grey[place] < 128.0
            });
            pixels.count() > 2
        })
        .collect();
    assert_eq!(dark, [true, true, false, false, true, true]);
    assert!(built.findings.contains("A0024"), "{}", built.findings);
}

#[test]
fn forms_that_only_one_maker_can_show_are_refused() {
    let mut made = Made::default();
    made.page("/MediaBox [0 0 200 140] /Resources << >>", "0 0 9 9 re f");
    let xfa = made.stream("", b"<xdp/>");
    made.catalog = format!("/NeedsRendering true /AcroForm << /Fields [] /XFA {xfa} 0 R >>");
    let sandbox = workspace(&[("a.pdf", made.bytes())], &[&["{file: a.pdf, title: A form}"]]);
    let outcome = super::run(&sandbox, "check");
    assert_eq!(outcome.code, Some(1), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("error[A0001]: `a.pdf` is a form that only Adobe"), "{}", outcome.stdout);
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let mut form = Form::new();
    form.field("/FT /Tx /T (A) /V <FEFF06270644>", Some(""));
    let built = built(form.bytes(ANEW));
    assert!(built.findings.contains("warning[A0015]"), "{}", built.findings);
    assert_eq!(Book::read(built.bytes("public")).len(), built.pack().len());
}
