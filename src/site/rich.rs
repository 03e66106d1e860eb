//! Public models as HTML: the second formatter beside that of Typst literals.
//!
//! A template gets the fields of a paper as they are, but rich text as HTML that needs no more escaping. Whatever a
//! writer typed is escaped here, addresses that are none of the web's are left as words, and a function that this
//! program does not know gives the words that it was put around.

use std::collections::BTreeMap;
use std::fmt::Write;

use minijinja::Value;
use minijinja::value::Serde;
use serde_json::Value as Json;

/// Around a note, until [`super::finish`] has numbered all of a page.
pub(super) const NOTE: [char; 2] = ['\u{f0000}', '\u{f0001}'];

/// What rich text of a paper leads to.
pub(super) struct Rich<'a> {
    /// Gives where what bears a label stands, as seen from the page.
    pub(super) label: &'a dyn Fn(&str) -> Option<String>,
    /// Gives the address of a picture, as seen from the page.
    pub(super) picture: &'a dyn Fn(&str) -> String,
}

/// Functions of the layouts that make a block of their own.
const BLOCKS: [&str; 14] = [
    "para",
    "np",
    "under",
    "section",
    "subheading",
    "numbered-heading",
    "bullets",
    "numbered",
    "data-table",
    "quotation",
    "divider",
    "code-block",
    "picture",
    "line-of-list",
];

/// Escapes words for text and attributes.
pub(super) fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if NOTE.contains(&letter) || (letter.is_control() && letter != '\n') => out.push(' '),
            letter => out.push(letter),
        }
    }
}

/// Gives words escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

/// Gives the words of rich text, or of a field of it.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(parts) if parts.iter().any(Json::is_array) => parts.iter().map(plain).collect::<Vec<_>>().join(" "),
        Json::Array(parts) => parts.iter().map(plain).collect(),
        Json::Object(call) if call.get("is").is_some_and(|is| is == "linebreak") => " ".to_owned(),
        Json::Object(call) if call.get("is").is_some_and(|is| is == "footnote") => String::new(),
        Json::Object(call) => {
            let own = call.get("text").map(plain);
            let own = own.unwrap_or_else(|| call.get("of").map(plain_of).unwrap_or_default());
            if BLOCKS.iter().any(|block| call["is"] == *block) { format!(" {own} ") } else { own }
        }
        _ => String::new(),
    }
}

fn plain_of(arguments: &Json) -> String {
    let Json::Array(arguments) = arguments else { return String::new() };
    arguments.iter().filter(|argument| argument.is_array()).map(plain).collect::<Vec<_>>().join(" ")
}

/// Gives the id of what bears a label.
pub(super) fn anchor(label: &str) -> String {
    let safe = |letter: char| if letter.is_alphanumeric() || "-_.".contains(letter) { letter } else { '-' };
    format!("ref-{}", label.chars().map(safe).collect::<String>())
}

fn is_rich(parts: &[Json]) -> bool {
    !parts.is_empty() && parts.iter().all(|part| part.is_string() || part.get("is").is_some())
}

fn function(part: &Json) -> &str {
    part.get("is").and_then(Json::as_str).unwrap_or_default()
}

fn is_block(part: &Json) -> bool {
    BLOCKS.contains(&function(part))
}

/// Gives what a call holds under a name; nothing where it has none.
fn parts<'a>(call: &'a Json, name: &str) -> &'a [Json] {
    call.get(name).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Rich<'_> {
    /// Gives a field for templates: rich text as HTML, all else as it is.
    pub(super) fn field(&self, value: &Json) -> Value {
        match value {
            Json::Array(parts) if is_rich(parts) => Value::from_safe_string(self.html(parts)),
            Json::Array(values) => values.iter().map(|value| self.field(value)).collect(),
            Json::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| (name.replace('-', "_"), self.field(value)));
                fields.collect::<BTreeMap<String, Value>>().into()
            }
            value => Value::from(Serde(value)),
        }
    }

    /// Gives rich text as HTML: blocks, or only words where it has none.
    pub(super) fn html(&self, nodes: &[Json]) -> String {
        let mut out = String::new();
        if !nodes.iter().any(is_block) {
            self.words(nodes, &mut out);
            return out;
        }
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            if is_block(first) {
                self.part(first, &mut out);
                rest = &rest[1..];
                continue;
            }
            let end = rest.iter().position(is_block).unwrap_or(rest.len());
            out.push_str("<p>");
            self.words(&rest[..end], &mut out);
            out.push_str("</p>\n");
            rest = &rest[end..];
        }
        out
    }

    fn words(&self, nodes: &[Json], out: &mut String) {
        for node in nodes {
            self.part(node, out);
        }
    }

    fn part(&self, node: &Json, out: &mut String) {
        let Json::String(text) = node else { return self.call(node, out) };
        escape(text, out);
    }

    fn around(&self, opening: &str, call: &Json, closing: &str, out: &mut String) {
        out.push_str(opening);
        self.words(parts(call, "text"), out);
        out.push_str(closing);
    }

    fn call(&self, call: &Json, out: &mut String) {
        let of = parts(call, "of");
        let id = match call.get("label").and_then(Json::as_str) {
            Some(label) => format!(" id=\"{}\"", escaped(&anchor(label))),
            None => String::new(),
        };
        match function(call) {
            "para" | "line-of-list" => self.around("<p>", call, "</p>\n", out),
            "np" => {
                let number = escaped(&of.first().map(plain).unwrap_or_default());
                let opening = format!("<p class=\"np\"{id}><span class=\"n\">{number}</span> ");
                self.around(&opening, call, "</p>\n", out);
            }
            "under" => self.nested("<div class=\"under\">", call, "</div>\n", out),
            "quotation" => self.nested("<blockquote>", call, "</blockquote>\n", out),
            "section" => self.heading(2, &id, call, out),
            "numbered-heading" => self.heading(3, &id, call, out),
            "subheading" => self.heading(call.get("depth").and_then(Json::as_u64).unwrap_or(3), &id, call, out),
            "bullets" => self.list("<ul>", "</ul>\n", of, &[], out),
            "numbered" => self.numbered(call, of, out),
            "data-table" => self.table(call, out),
            "divider" => out.push_str("<hr>\n"),
            "code-block" => self.around("<p class=\"code\"><code>", call, "</code></p>\n", out),
            "picture" => self.figure(call, of, out),
            "emph" => self.around("<em>", call, "</em>", out),
            "strong" => self.around("<strong>", call, "</strong>", out),
            "strike" => self.around("<s>", call, "</s>", out),
            "code" => self.around("<code>", call, "</code>", out),
            "linebreak" => out.push_str("<br>"),
            "in-language" => {
                let tag = escaped(&of.first().map(plain).unwrap_or_default());
                self.around(&format!("<span lang=\"{tag}\">"), call, "</span>", out);
            }
            "footnote" => {
                out.push(NOTE[0]);
                self.words(parts(call, "text"), out);
                out.push(NOTE[1]);
            }
            "target" => {
                let label = of.first().and_then(Json::as_str).map(anchor);
                if let Some(label) = label {
                    let _ = write!(out, "<span id=\"{}\"></span>", escaped(&label));
                }
            }
            "link" => self.link(of.first().and_then(Json::as_str).unwrap_or_default(), parts(call, "text"), out),
            "xref" => {
                let aim = of.first().and_then(Json::as_str).and_then(self.label);
                let words = of.get(1).map_or(&[][..], list);
                match aim {
                    Some(aim) => self.linked(&aim, words, out),
                    None => self.words(words, out),
                }
            }
            _ => self.words(parts(call, "text"), out),
        }
    }

    fn nested(&self, opening: &str, call: &Json, closing: &str, out: &mut String) {
        out.push_str(opening);
        out.push_str(&self.html(parts(call, "text")));
        out.push_str(closing);
    }

    fn heading(&self, level: u64, id: &str, call: &Json, out: &mut String) {
        let number = parts(call, "of").first().and_then(Json::as_str);
        let number = number.map(|number| format!("<span class=\"n\">{}</span> ", escaped(number)));
        let opening = format!("<h{level}{id}>{}", number.unwrap_or_default());
        self.around(&opening, call, &format!("</h{level}>\n"), out);
    }

    /// Only addresses of the web, mail and telephones are links: whatever else stays words.
    fn link(&self, address: &str, words: &[Json], out: &mut String) {
        let known = ["https://", "http://", "mailto:", "tel:"];
        if known.iter().any(|scheme| address.to_ascii_lowercase().starts_with(scheme)) {
            self.linked(address, words, out);
        } else {
            self.words(words, out);
        }
    }

    fn linked(&self, address: &str, words: &[Json], out: &mut String) {
        // An address that a writer made a link of comes as a link in a link, which HTML does not know.
        if let [inner] = words
            && function(inner) == "link"
        {
            return self.linked(address, parts(inner, "text"), out);
        }
        let _ = write!(out, "<a href=\"{}\">", escaped(address));
        self.words(words, out);
        out.push_str("</a>");
    }

    fn numbered(&self, call: &Json, of: &[Json], out: &mut String) {
        let style = call.get("style").and_then(Json::as_str).unwrap_or("1)");
        let (kind, class) = match style {
            "(a)" => ("a", "letters"),
            "(i)" => ("i", "roman"),
            "(A)" => ("A", "capitals"),
            "1." => ("1", "points"),
            _ => ("1", "figures"),
        };
        let start = call.get("start").and_then(Json::as_u64).filter(|start| *start != 1);
        let start = start.map(|start| format!(" start=\"{start}\"")).unwrap_or_default();
        let opening = format!("<ol type=\"{kind}\" class=\"{class}\"{start}>");
        self.list(&opening, "</ol>\n", of, parts(call, "numbers"), out);
    }

    fn list(&self, opening: &str, closing: &str, of: &[Json], numbers: &[Json], out: &mut String) {
        out.push_str(opening);
        for (index, item) in of.first().map_or(&[][..], list).iter().enumerate() {
            let number = numbers.get(index).and_then(Json::as_u64);
            let number = number.map(|number| format!(" value=\"{number}\"")).unwrap_or_default();
            let _ = write!(out, "\n<li{number}>");
            // Words before a list in the item are its own, and no paragraph.
            let item = list(item);
            let lead = item.iter().position(is_block).unwrap_or(item.len());
            self.words(&item[..lead], out);
            out.push_str(&self.html(&item[lead..]));
            out.push_str("</li>");
        }
        out.push_str(closing);
    }

    fn table(&self, call: &Json, out: &mut String) {
        let (header, rows, align) = (parts(call, "header"), parts(call, "rows"), parts(call, "align"));
        let class = |column: usize| match align.get(column).and_then(Json::as_str) {
            Some("right") => " class=\"r\"",
            Some("center") => " class=\"c\"",
            _ => "",
        };
        let figures = |row: &Json| list(row).first().is_some_and(|cell| is_figure(&plain(cell)));
        let names_rows = list(rows.first().unwrap_or(&Json::Null)).len() > 1
            && !rows.iter().all(figures)
            && align.first().is_none_or(|first| first != "right");
        out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\"><table>\n<caption></caption>\n");
        if !header.is_empty() {
            out.push_str("<thead><tr>");
            for (column, cell) in header.iter().enumerate() {
                let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(column), self.html(list(cell)));
            }
            out.push_str("</tr></thead>\n");
        }
        out.push_str("<tbody>\n");
        for row in rows {
            out.push_str("<tr>");
            for (column, cell) in list(row).iter().enumerate() {
                let (tag, scope) = if column == 0 && names_rows { ("th", " scope=\"row\"") } else { ("td", "") };
                let _ = write!(out, "<{tag}{scope}{}>{}</{tag}>", class(column), self.html(list(cell)));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>\n");
    }

    fn figure(&self, call: &Json, of: &[Json], out: &mut String) {
        let path = of.first().and_then(Json::as_str).unwrap_or_default();
        let alternative = escaped(call.get("alt").map(plain).unwrap_or_default().trim());
        let address = escaped(&(self.picture)(path));
        let _ = write!(out, "<figure><img src=\"{address}\" alt=\"{alternative}\" loading=\"lazy\">");
        let caption = parts(call, "caption");
        if !caption.is_empty() {
            out.push_str("<figcaption>");
            self.words(caption, out);
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>\n");
    }
}

/// Tells whether a cell holds a figure, such as `£1,200` or `(3.5)`.
fn is_figure(words: &str) -> bool {
    let words = words.trim();
    words.chars().any(|letter| letter.is_ascii_digit())
        && words.chars().all(|letter| letter.is_ascii_digit() || " ,.()-−–+£$€%\u{a0}".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn html(nodes: &Json) -> String {
        let rich = Rich { label: &|label| Some(format!("#{}", anchor(label))), picture: &|path| path.to_owned() };
        rich.html(nodes.as_array().expect("rich text"))
    }

    #[test]
    fn nothing_that_is_typed_becomes_markup() {
        let evil = "<script>\"'&\u{f0000}\u{0}";
        let out = html(&json!([
            evil, {"is": "link", "of": ["javascript:alert(1)"], "text": ["x"]},
            {"is": "link", "of": ["https://a.example/\"onclick=\""], "text": [evil]},
            {"is": "in-language", "of": ["cy\" onclick=\""], "text": [evil]},
            {"is": "picture", "of": ["p\".svg"], "alt": evil, "caption": [evil]},
            {"is": "section", "of": [evil], "label": evil, "text": [evil]}, {"is": "target", "of": [evil]},
            {"is": "something-new", "text": [evil]},
        ]));
        assert!(!out.contains("<script") && !out.contains("javascript") && !out.contains("\" on"), "{out}");
        assert!(!out.contains('\u{0}') && !out.contains(NOTE[0]), "{out}");
    }

    #[test]
    fn a_link_in_a_link_is_one() {
        let inner = json!({"is": "link", "of": ["https://a.example"], "text": ["a.example"]});
        let out = html(&json!([{"is": "link", "of": ["https://a.example"], "text": [inner]}]));
        assert_eq!(out, "<a href=\"https://a.example\">a.example</a>");
    }

    #[test]
    fn words_before_a_block_are_a_paragraph_but_in_items_of_lists() {
        let out = html(
            &json!(["a ", {"is": "emph", "text": ["b"]}, {"is": "bullets", "of": [[["c", {"is": "bullets", "of": [[["d"]]]}]]]}]),
        );
        assert_eq!(out.replace('\n', ""), "<p>a <em>b</em></p><ul><li>c<ul><li>d</li></ul></li></ul>");
    }

    #[test]
    fn the_first_column_names_the_rows_unless_it_holds_figures() {
        let table = |first: &str| json!([{"is": "data-table", "columns": 2, "align": ["left", "right"], "header": [["a"], ["b"]], "rows": [[[first], ["1"]]]}]);
        assert!(html(&table("North")).contains("<th scope=\"row\">North</th><td class=\"r\">1</td>"));
        assert!(html(&table("£1,200")).contains("<td>£1,200</td>"));
    }
}
