//! `boardpack explain`

use clap::Args;

use super::{Stop, out};
use crate::finding::{did_you_mean, rules};

/// Explains the code of a finding.
#[derive(Args)]
pub(super) struct Explain {
    /// Code such as T0008; all codes are listed when none is given
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), Stop> {
        let Some(code) = &self.code else {
            for rule in rules::all() {
                out(&format!("{}  {:7}  {}", rule.code, rule.severity.word(), rule.title))?;
            }
            return Ok(());
        };
        let rule = rules::find(code).ok_or_else(|| {
            let help = did_you_mean(&code.to_uppercase(), rules::all().map(|rule| rule.code))
                .unwrap_or_else(|| "`boardpack explain` lists all codes".into());
            Stop::CommandLine(format!("there is no finding with the code `{code}`\n  = help: {help}"))
        })?;
        let basis = if rule.basis.is_empty() { String::new() } else { format!("\n\nSource: {}", rule.basis) };
        out(&format!("{} ({}): {}\n\n{}{basis}", rule.code, rule.severity.word(), rule.title, rule.explanation))
    }
}
