//! `boardpack explain`

use clap::Args;

use super::{CliError, ui};
use crate::app::Failure;
use crate::finding::rules::Family;
use crate::finding::{Rule, Severity, Stops, did_you_mean};
use crate::rules;

/// Explains the code of a finding.
#[derive(Args)]
pub(super) struct Explain {
    /// Code such as T0008; all codes are listed when none is given
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), CliError> {
        let Some(code) = &self.code else {
            let families: Vec<String> = Family::ALL.into_iter().map(listed).collect();
            return ui::out(families.join("\n\n"));
        };
        if rules::all().is_withdrawn(code) {
            return ui::out(format!("{}: this rule was withdrawn, and nothing is found under it", code.to_uppercase()));
        }
        let rule = rules::all().find(code).ok_or_else(|| {
            let help = did_you_mean(&code.to_uppercase(), rules::all().all().map(|rule| rule.code))
                .unwrap_or_else(|| "`boardpack explain` lists all codes".into());
            Failure::asked(format!("there is no finding with the code `{code}`")).hint(help)
        })?;
        let standing = match (rule.has_gate, rule.is_guarded) {
            (true, _) if rule.is_firm => "",
            (true, _) => {
                "\n\nNothing is published until each finding is mended, or accepted by itself with a reason. A council cannot\nmake the rule lighter or switch it off."
            }
            (false, true) => "\n\nA council cannot make the rule lighter or switch it off.",
            (false, false) => "",
        };
        let basis = if rule.basis.is_empty() { String::new() } else { format!("\n\nSource: {}", rule.basis) };
        ui::out(format!(
            "{} ({}): {}\n\n{}{standing}{basis}",
            rule.code,
            rule.severity.word(),
            rule.title,
            rule.explanation()
        ))
    }
}

/// Gives the rules of a family, a line each, below what they are about.
fn listed(family: Family) -> String {
    let rules: Vec<&Rule> = rules::all().all().filter(|rule| rule.family == family).collect();
    let letter = rules.first().map_or("", |rule| &rule.code[..1]);
    let stops = rules.iter().find(|rule| rule.severity == Severity::Error).map(|rule| match rule.stops {
        Stops::Build => "; errors stand in the way of building",
        Stops::Writing => "; errors stand in the way of writing a pack, even a draft",
        Stops::Issue => "; errors stand in the way of issuing",
    });
    let mut lines = vec![format!("{letter}  {}{}", family.about(), stops.unwrap_or_default())];
    lines.extend(rules.iter().map(|rule| format!("   {}  {:7}  {}", rule.code, rule.severity.word(), rule.title)));
    lines.join("\n")
}
