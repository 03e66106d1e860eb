//! Questions on a terminal for what the command line does not say; without one, everything that is missing at once.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::app::Failure;

/// Asks, where there is somebody to answer.
pub(super) struct Asking<'a> {
    terminal: Option<(Box<dyn BufRead + 'a>, Box<dyn Write + 'a>)>,
    /// Options that were neither given nor answered.
    missing: Vec<&'static str>,
}

impl Asking<'_> {
    /// Asks on the terminal of the process, if it has one to ask on and to be answered from.
    pub(super) fn new() -> Self {
        let (input, output) = (io::stdin(), io::stderr());
        let is_terminal = input.is_terminal() && output.is_terminal();
        let terminal = is_terminal.then(|| (Box::new(input.lock()) as _, Box::new(output) as _));
        Self { terminal, missing: Vec::new() }
    }

    /// Gives what an option says, or the answer to a question; nothing, which is told later, where there is neither.
    pub(super) fn needed(
        &mut self,
        given: Option<&String>,
        option: &'static str,
        question: &str,
    ) -> Result<String, Failure> {
        match given.cloned().map_or_else(|| self.answer(question), |given| Ok(Some(given)))? {
            Some(answer) => Ok(answer),
            None => {
                self.missing.push(option);
                Ok(String::new())
            }
        }
    }

    /// Gives what an option says, or the answer to a question, which may be left empty.
    pub(super) fn optional(&mut self, given: Option<&String>, question: &str) -> Result<Option<String>, Failure> {
        given.cloned().map_or_else(|| self.answer(question), |given| Ok(Some(given)))
    }

    fn answer(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let Some((input, output)) = &mut self.terminal else { return Ok(None) };
        let failure =
            |error: io::Error| Failure::work(format!("cannot ask on the terminal: {error}")).hint("give the options");
        write!(output, "{question}: ").and_then(|()| output.flush()).map_err(failure)?;
        let mut line = String::new();
        input.read_line(&mut line).map_err(failure)?;
        let answer: String = line.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
        let answer = answer.trim();
        Ok((!answer.is_empty()).then(|| answer.to_owned()))
    }

    /// Stops where something that must be there is missing.
    pub(super) fn settled(self, command: &str) -> Result<(), Failure> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let options: Vec<String> = self.missing.iter().map(|option| format!("{option} \"...\"")).collect();
        let verb = if self.missing.len() == 1 { "is" } else { "are" };
        Err(Failure::asked(format!("{} {verb} missing", self.missing.join(", ")))
            .hint(format!("{command} {}", options.join(" "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_asked_once_and_told_where_nobody_answers() {
        let mut shown = Vec::new();
        let terminal = (Box::new(&b"Testford\n\n"[..]) as Box<dyn BufRead>, Box::new(&mut shown) as Box<dyn Write>);
        let mut asking = Asking { terminal: Some(terminal), missing: Vec::new() };
        let answer = |asked: Result<String, Failure>| asked.expect("an answer");
        assert_eq!(answer(asking.needed(None, "--name", "Name")), "Testford");
        assert_eq!(answer(asking.needed(Some(&"A B".into()), "--contact", "Contact")), "A B");
        assert_eq!(asking.optional(None, "Phone").expect("an answer"), None);
        assert_eq!(answer(asking.needed(None, "--email", "E-mail")), "");
        let words = asking.settled("boardpack new council").expect_err("it must stop").to_string();
        assert_eq!(words, "--email is missing\n  = help: boardpack new council --email \"...\"");
        assert_eq!(String::from_utf8_lossy(&shown), "Name: Phone: E-mail: ");
    }
}
