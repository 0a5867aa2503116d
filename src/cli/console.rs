//! What a verb says, and what it asks.
//!
//! Secrets are asked for on the terminal, without an echo, or read from standard input; they are
//! never arguments, which every process of the machine can read.

use std::io::{self, BufRead, IsTerminal, Write};

use super::Failure;
use crate::base::secret::Secret;

/// Somebody who answers.
pub trait Answers {
    /// Whether there is a person to ask.
    fn are_there(&self) -> bool;

    /// Asks for a line.
    ///
    /// # Errors
    ///
    /// If the terminal is gone.
    fn line(&mut self, question: &str) -> io::Result<String>;

    /// Asks for a secret, without an echo.
    ///
    /// # Errors
    ///
    /// If the terminal is gone.
    fn secret(&mut self, question: &str) -> io::Result<Secret<String>>;

    /// Reads a secret from standard input: its first line.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    fn secret_from_input(&mut self) -> io::Result<Secret<String>>;
}

/// The terminal.
pub struct Terminal;

impl Answers for Terminal {
    fn are_there(&self) -> bool {
        io::stdin().is_terminal()
    }

    fn line(&mut self, question: &str) -> io::Result<String> {
        let mut err = io::stderr();
        write!(err, "{question} ")?;
        err.flush()?;
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    fn secret(&mut self, question: &str) -> io::Result<Secret<String>> {
        rpassword::prompt_password(format!("{question} ")).map(Secret::new)
    }

    fn secret_from_input(&mut self) -> io::Result<Secret<String>> {
        let mut line = Secret::new(String::new());
        let mut read = String::new();
        io::stdin().lock().read_line(&mut read)?;
        if !read.is_empty() {
            let kept = read.trim_end_matches('\n').trim_end_matches('\r').to_owned();
            line = Secret::new(kept);
        }
        zeroize::Zeroize::zeroize(&mut read);
        Ok(line)
    }
}

/// Whoever read what a verb says has read enough (`… | head`). No failure, and nothing to say about.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("nobody reads on")]
pub struct ReadEnough;

impl ReadEnough {
    /// Whether that is what ended a verb.
    pub fn ended(error: &anyhow::Error) -> bool {
        let mut causes = error.chain().filter_map(|it| it.downcast_ref::<io::Error>());
        causes.any(|it| it.get_ref().is_some_and(|inner| inner.is::<Self>()))
    }
}

/// Writes what a verb says. A pipe that breaks here, and nowhere else, is its reader's good right.
///
/// # Errors
///
/// [`ReadEnough`] in an [`io::Error`], or that it cannot be written for another reason.
pub fn say(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    said.map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => io::Error::other(ReadEnough),
        _ => error,
    })
}

/// Where a verb speaks, and whom it asks.
pub struct Console<'a> {
    /// What was asked for: for people, or JSON.
    pub out: &'a mut dyn Write,
    /// Whom it asks.
    pub answers: &'a mut dyn Answers,
    /// Whether to answer in JSON.
    pub json: bool,
    /// Whether every question is answered with yes.
    pub yes: bool,
}

impl Console<'_> {
    /// Says a line.
    ///
    /// # Errors
    ///
    /// If nobody listens any more.
    pub fn line(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        say(self.out, &format!("{}\n", line.as_ref()))
    }

    /// Whether a question would be asked: nobody has answered all of them, and somebody is there.
    pub fn asks(&self) -> bool {
        !self.yes && self.answers.are_there()
    }

    /// Says a value as JSON.
    ///
    /// # Errors
    ///
    /// If nobody listens any more.
    pub fn say_json(&mut self, value: &serde_json::Value) -> io::Result<()> {
        say(self.out, &format!("{value:#}\n"))
    }

    /// A question that is answered by typing `expected` and nothing less.
    ///
    /// # Errors
    ///
    /// [`Failure::Usage`] where there is nobody to ask; [`Failure::Failed`] for another answer.
    pub fn insist(&mut self, question: &str, expected: &str) -> anyhow::Result<()> {
        if self.yes {
            return Ok(());
        }
        self.somebody("--yes")?;
        let answer = self.answers.line(question)?;
        if answer.eq_ignore_ascii_case(expected) {
            return Ok(());
        }
        self.line("Nothing was done.")?;
        Err(Failure::Failed.into())
    }

    /// A secret, asked for twice; `None` where nothing was typed.
    ///
    /// # Errors
    ///
    /// [`Failure::Usage`] where there is nobody to ask, or the two differ.
    pub fn new_secret(&mut self, question: &str) -> anyhow::Result<Option<Secret<String>>> {
        self.somebody("--password-stdin")?;
        let first = self.answers.secret(question)?;
        if first.expose().is_empty() {
            return Ok(None);
        }
        let second = self.answers.secret("Once more:")?;
        if first.expose() == second.expose() {
            Ok(Some(first))
        } else {
            Err(Failure::Usage("the two passwords are not the same; nothing was done".to_owned()).into())
        }
    }

    fn somebody(&self, instead: &str) -> anyhow::Result<()> {
        if self.answers.are_there() {
            Ok(())
        } else {
            Err(Failure::Usage(format!("there is no terminal to ask on: use {instead}")).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whoever_has_read_enough_ends_a_verb_without_a_word() {
        let ended = |kind| {
            let said = say(&mut Closed(kind), "x\n");
            ReadEnough::ended(&anyhow::Error::from(said.unwrap_err()).context("while listing"))
        };
        assert!(ended(io::ErrorKind::BrokenPipe));
        assert!(!ended(io::ErrorKind::StorageFull), "that is said");
        let elsewhere = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(!ReadEnough::ended(&elsewhere), "a mail server that hangs up, say");
    }
}
