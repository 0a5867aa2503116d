//! Points in time and spans, said in words.
//!
//! Times are wall times of one configured zone, on a 24-hour clock. The order of day, month and
//! year belongs to the language and stands in its messages.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, Zoned};

use super::{Value, Words};
use crate::base::time::Timestamp;

/// A time zone of the IANA database, by name.
#[derive(Clone, Debug)]
pub struct Zone {
    zone: TimeZone,
    name: String,
}

/// There is no such time zone on this machine.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is not a time zone that this machine knows")]
pub struct UnknownZone(pub String);

impl Zone {
    /// The zone of that name: `UTC`, `Europe/Berlin`.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        if name.eq_ignore_ascii_case("UTC") {
            return Ok(Self::utc());
        }
        let zone = TimeZone::get(name).map_err(|_| UnknownZone(name.to_owned()))?;
        // The database spells names its own way, whatever the case they are asked for in.
        let name = zone.iana_name().unwrap_or(name).to_owned();
        Ok(Self { zone, name })
    }

    /// Universal time.
    pub fn utc() -> Self {
        Self {
            zone: TimeZone::UTC,
            name: "UTC".to_owned(),
        }
    }

    /// The name, to be shown next to a time.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn wall(&self, at: Timestamp) -> Zoned {
        // Out of jiff's range lie only years that no clock and no record of ours can hold.
        Instant::from_millisecond(at.unix_millis())
            .unwrap_or_default()
            .to_zoned(self.zone.clone())
    }
}

impl From<TimeZone> for Zone {
    fn from(zone: TimeZone) -> Self {
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        Self { zone, name }
    }
}

/// The machine's form of `at` for `<time datetime>`: `2026-11-22T14:05:00Z`.
pub fn machine_time(at: Timestamp) -> String {
    Instant::from_second(at.unix_seconds())
        .unwrap_or_default()
        .to_string()
}

impl Words {
    /// The time of day: `14:05`.
    pub fn time_of_day(&self, at: Timestamp, zone: &Zone) -> String {
        let wall = zone.wall(at);
        format!("{:02}:{:02}", wall.hour(), wall.minute())
    }

    /// The day: `22 November 2026`, `22. November 2026`.
    pub fn date(&self, at: Timestamp, zone: &Zone) -> String {
        let wall = zone.wall(at);
        let values = [
            ("day", Value::Number(i64::from(wall.day()))),
            ("month", Value::Text(self.month(wall.month()))),
            ("year", Value::Text(wall.year().to_string())),
        ];
        self.say_with("date", &values)
    }

    /// Day and time: `22 November 2026, 14:05`.
    pub fn date_time(&self, at: Timestamp, zone: &Zone) -> String {
        let values = [
            ("date", Value::Text(self.date(at, zone))),
            ("time", Value::Text(self.time_of_day(at, zone))),
        ];
        self.say_with("date-time", &values)
    }

    /// A span that somebody has to wait, never understated: `40 seconds`, `4 minutes`, `2 hours`.
    pub fn wait(&self, span: Duration) -> String {
        let seconds = span.as_secs() + u64::from(span.subsec_nanos() > 0);
        self.span(seconds.max(1), 90)
    }

    /// A span of settings or of the past, in its largest whole unit: `10 minutes`, `90 days`.
    pub fn length(&self, span: Duration) -> String {
        self.span(span.as_secs(), 60)
    }

    /// In seconds below `in_seconds`, then in minutes up to two hours, in hours up to two days.
    fn span(&self, seconds: u64, in_seconds: u64) -> String {
        let number = |count: u64| Value::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let minutes = seconds.div_ceil(60);
        let hours = minutes.div_ceil(60);
        match (seconds, minutes, hours) {
            _ if seconds < in_seconds => self.say_with("span-seconds", &[("seconds", number(seconds))]),
            (_, ..120, _) if minutes != 60 => self.say_with("span-minutes", &[("minutes", number(minutes))]),
            (_, _, ..48) => self.say_with("span-hours", &[("hours", number(hours))]),
            _ => self.say_with("span-days", &[("days", number(hours.div_ceil(24)))]),
        }
    }

    fn month(&self, number: i8) -> String {
        self.say(match number {
            1 => "month-1",
            2 => "month-2",
            3 => "month-3",
            4 => "month-4",
            5 => "month-5",
            6 => "month-6",
            7 => "month-7",
            8 => "month-8",
            9 => "month-9",
            10 => "month-10",
            11 => "month-11",
            _ => "month-12",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    /// 2026-07-03T12:05:09Z
    const SUMMER: Timestamp = Timestamp::from_unix_seconds(1_783_080_309);

    #[test]
    fn days_and_times_follow_zone_and_language() {
        let berlin = Zone::named("europe/berlin").unwrap();
        assert_eq!(berlin.name(), "Europe/Berlin");
        assert_eq!(words("en").time_of_day(SUMMER, &Zone::utc()), "12:05");
        assert_eq!(words("de").time_of_day(SUMMER, &berlin), "14:05");
        assert_eq!(words("en").date(SUMMER, &berlin), "3 July 2026");
        assert_eq!(words("de").date(SUMMER, &berlin), "3. Juli 2026");
        assert_eq!(words("en").date_time(SUMMER, &berlin), "3 July 2026, 14:05");
        assert_eq!(words("de").date_time(SUMMER, &berlin), "3. Juli 2026, 14:05 Uhr");
        assert_eq!(machine_time(SUMMER), "2026-07-03T12:05:09Z");
    }

    #[test]
    fn a_zone_nobody_knows_is_refused() {
        assert_eq!(
            Zone::named("Europe/Atlantis").unwrap_err(),
            UnknownZone("Europe/Atlantis".into())
        );
        assert!(Zone::named("").is_err());
    }

    #[test]
    fn times_beyond_reason_do_not_break_a_page() {
        assert_eq!(
            machine_time(Timestamp::from_unix_millis(i64::MAX)),
            "1970-01-01T00:00:00Z"
        );
        assert_eq!(
            words("en").date(Timestamp::from_unix_millis(i64::MIN), &Zone::utc()),
            "1 January 1970"
        );
    }

    #[test]
    fn waits_are_rounded_up_and_speak_in_fitting_units() {
        let en = words("en");
        let wait = |millis| en.wait(Duration::from_millis(millis));
        assert_eq!(wait(0), "1 second");
        assert_eq!(wait(11_001), "12 seconds");
        assert_eq!(wait(89_000), "89 seconds");
        assert_eq!(wait(90_001), "2 minutes");
        assert_eq!(wait(181_000), "4 minutes");
        assert_eq!(wait(3_600_000), "1 hour");
        assert_eq!(wait(3_700_000), "62 minutes");
        assert_eq!(wait(86_400_000), "24 hours");
        assert_eq!(words("de").wait(Duration::from_secs(240)), "4 Minuten");
    }

    #[test]
    fn lengths_speak_in_whole_units() {
        let en = words("en");
        let length = |seconds| en.length(Duration::from_secs(seconds));
        assert_eq!(length(12), "12 seconds");
        assert_eq!(length(60), "1 minute");
        assert_eq!(length(600), "10 minutes");
        assert_eq!(length(90 * 86_400), "90 days");
        assert_eq!(words("de").length(Duration::from_secs(90 * 86_400)), "90 Tage");
    }
}
