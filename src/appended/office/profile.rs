//! The settings that LibreOffice runs with: safe to open strangers' files, tagged PDF out.

use std::fmt::Write;

use super::kind::Family;

/// Number of these settings and of how files are prepared; another number makes every file be converted anew.
pub(crate) const VERSION: &str = "boardpack office 2";

/// One setting of the PDF export. Names are those of LibreOffice's `PDFExport` filter data.
enum Value {
    Bool(bool),
    Long(i32),
}

/// PDF/A-2b and PDF/UA-1, tagged; nothing that is not printed; pictures as they are.
const EXPORT: &[(&str, Value)] = &[
    ("UseTaggedPDF", Value::Bool(true)),
    ("PDFUACompliance", Value::Bool(true)),
    ("SelectPdfVersion", Value::Long(2)),
    ("ExportBookmarks", Value::Bool(true)),
    ("ExportFormFields", Value::Bool(false)),
    ("ExportNotes", Value::Bool(false)),
    ("ExportNotesInMargin", Value::Bool(false)),
    ("ExportNotesPages", Value::Bool(false)),
    ("ExportOnlyNotesPages", Value::Bool(false)),
    ("ExportHiddenSlides", Value::Bool(false)),
    ("ExportPlaceholders", Value::Bool(false)),
    ("ExportLinksRelativeFsys", Value::Bool(false)),
    ("IsSkipEmptyPages", Value::Bool(true)),
    ("SinglePageSheets", Value::Bool(false)),
    ("EmbedStandardFonts", Value::Bool(true)),
    ("ReduceImageResolution", Value::Bool(false)),
    ("UseLosslessCompression", Value::Bool(false)),
    ("Quality", Value::Long(95)),
    ("UseTransitionEffects", Value::Bool(false)),
    ("IsAddStream", Value::Bool(false)),
];

/// Settings of the profile: path of the group, name, value.
const SAFETY: &[(&str, &str, &str)] = &[
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "OfficeBasic", "0"),
    ("Office.Common/Security/Scripting", "ExecutePlugins", "false"),
    ("Office.Common/Security/Scripting", "CheckDocumentEvents", "true"),
    ("Office.Common/Security", "LoadExoticFileFormats", "0"),
    ("Office.Common/Save/Document", "AutoSave", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "CrashReport", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    // Links and figures from elsewhere stay as the file was saved.
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.WriterWeb/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    // Whatever asks for the network all the same is sent to a port on which nobody answers.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    ("Setup/Office", "ooSetupInstCompleted", "true"),
];

/// Gives the `--convert-to` argument for a family of files.
pub(crate) fn convert_to(family: Family) -> String {
    let mut data = String::new();
    for (name, value) in EXPORT {
        let (kind, value) = match value {
            Value::Bool(value) => ("boolean", value.to_string()),
            Value::Long(value) => ("long", value.to_string()),
        };
        let comma = if data.is_empty() { "" } else { "," };
        let _ = write!(data, "{comma}\"{name}\":{{\"type\":\"{kind}\",\"value\":\"{value}\"}}");
    }
    let filter = match family {
        Family::Text => "writer_pdf_Export",
        Family::Sheets => "calc_pdf_Export",
        Family::Slides => "impress_pdf_Export",
    };
    format!("pdf:{filter}:{{{data}}}")
}

/// Gives the `registrymodifications.xcu` of the empty profile.
///
/// It repeats the export's settings, as LibreOffice before 7.4 does not read them from the command line.
pub(crate) fn registry(locale: &str) -> String {
    let mut items = String::new();
    let mut item = |group: &str, name: &str, value: &str| {
        let _ = write!(
            items,
            "<item oor:path=\"/org.openoffice.{group}\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{}</value></prop></item>",
            escaped(value)
        );
    };
    for (group, name, value) in SAFETY {
        item(group, name, value);
    }
    for (name, value) in EXPORT {
        let value = match value {
            Value::Bool(value) => value.to_string(),
            Value::Long(value) => value.to_string(),
        };
        item("Office.Common/Filter/PDF/Export", name, &value);
    }
    item("Setup/L10N", "ooSetupSystemLocale", locale);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" \
         xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         {items}</oor:items>\n"
    )
}

/// Gives the fontconfig file by which LibreOffice sees the machine's fonts and those of the workspace.
pub(crate) fn fontconfig(fonts: &str, cache: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>\
         <include ignore_missing=\"yes\">/etc/fonts/fonts.conf</include>\
         <dir>{}</dir><cachedir>{}</cachedir></fontconfig>\n",
        escaped(fonts),
        escaped(cache)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn export_is_tagged_and_without_notes() {
        let text = convert_to(Family::Slides);
        assert!(text.starts_with("pdf:impress_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}"));
        assert!(text.contains("\"ExportNotes\":{\"type\":\"boolean\",\"value\":\"false\"}"));
        assert!(text.ends_with("}}"));
    }
}
