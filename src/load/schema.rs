//! The JSON Schema of each kind of file, for editors to complete from.

use super::people::Declared;
use super::walk::KINDS;
use super::yaml::record::Record;
use super::yaml::schema::{Object, file, only};
use crate::finding::Accepted;
use crate::model::action_plan::ActionPlan;
use crate::model::note::{BriefingNote, PlainPaper};
use crate::model::{Agenda, Body, Council, LedgerFile, Minutes, Report, Text, Withheld, WorkProgramme};

/// Gives the schema of the files of a kind, where there is such a kind.
pub fn of_kind(word: &str) -> Option<serde_json::Value> {
    let declare: fn(&mut Object) = match word {
        "council" => Council::declare,
        "people" => Declared::declare,
        "body" => Body::declare,
        "agenda" => Agenda::declare,
        "minutes" => Minutes::declare,
        "briefing-note" => BriefingNote::declare,
        "report" => Report::declare,
        "action-plan" => ActionPlan::declare,
        "work-programme" => WorkProgramme::declare,
        "ledger" => LedgerFile::declare,
        "paper" => PlainPaper::declare,
        _ => return None,
    };
    Some(file(&format!("boardpack: {word}"), |object| {
        object.put("kind", only(word), "What the file is.");
        object.require("kind");
        object.list::<Accepted>("accepted", "Findings in this file that may stand, each with the reason.");
        if matches!(word, "agenda" | "minutes" | "work-programme" | "ledger") {
            object.may::<Text>("body", "The id of the body, where the folder does not say it.");
        }
        if !matches!(word, "council" | "people" | "body" | "agenda") {
            object.may::<Text>("label", "A name by which texts can refer to the paper.");
            object.may::<Withheld>("withheld", "Why the paper is not for publication, wherever it is used.");
        }
        declare(object);
    }))
}

/// Gives the words of all kinds of file.
pub fn kinds() -> &'static [&'static str] {
    &KINDS
}
