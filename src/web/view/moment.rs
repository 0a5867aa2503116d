//! Times on pages: words for people, and a form that the script can turn into local time.

use std::fmt;

use askama::filters::HtmlSafe;

use super::Markup;
use crate::base::time::Timestamp;
use crate::language::{Words, Zone, machine_time};

/// A point in time as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moment {
    machine: String,
    said: String,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    TimeOfDay,
    Date,
    DateTime,
}

impl Moment {
    /// `14:05`.
    pub fn time_of_day(words: &Words, at: Timestamp, zone: &Zone) -> Self {
        Self {
            machine: machine_time(at),
            said: words.time_of_day(at, zone),
            shape: Shape::TimeOfDay,
        }
    }

    /// `22 November 2026`.
    pub fn date(words: &Words, at: Timestamp, zone: &Zone) -> Self {
        Self {
            machine: machine_time(at),
            said: words.date(at, zone),
            shape: Shape::Date,
        }
    }

    /// `22 November 2026, 14:05`.
    pub fn date_time(words: &Words, at: Timestamp, zone: &Zone) -> Self {
        Self {
            machine: machine_time(at),
            said: words.date_time(at, zone),
            shape: Shape::DateTime,
        }
    }

    /// The machine's form, for attributes.
    pub fn machine(&self) -> &str {
        &self.machine
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = match self.shape {
            Shape::TimeOfDay => " data-local=\"time\"",
            Shape::Date => "",
            Shape::DateTime => " data-local=\"both\"",
        };
        let said = Markup::text(&self.said);
        write!(out, "<time datetime=\"{}\"{local}>{said}</time>", self.machine)
    }
}

impl HtmlSafe for Moment {}
