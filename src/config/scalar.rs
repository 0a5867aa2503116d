//! Durations, sizes and the like: text in, value or a hint out.
//!
//! One number and one unit, no sums and no fractions, so that a value has one reading. What
//! [`duration_text`] and [`size_text`] print reads back as the same value.

use std::time::Duration;

/// Why a value is not what its key needs. `what` follows the key's name, `hint` says what to write.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    pub(super) what: String,
    pub(super) hint: String,
}

impl Fault {
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            hint: hint.into(),
        }
    }
}

/// Units of time, shortest first, in milliseconds.
const TIMES: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1000),
    ("m", 60 * 1000),
    ("h", 60 * 60 * 1000),
    ("d", 24 * 60 * 60 * 1000),
];

/// Units of size, smallest first, in octets.
const SIZES: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// Reads `10m`. Units are `ms s m h d`.
pub(super) fn duration(text: &str) -> Result<Duration, Fault> {
    let fault = |hint: String| Fault::new("is not a duration", hint);
    let (number, unit) = number_and_unit(text);
    let Some(number) = number else {
        return Err(fault("a whole number and a unit: `10m`".to_owned()));
    };
    if unit.is_empty() {
        return Err(fault(format!("a duration needs a unit: `{number}m`?")));
    }
    let Some((_, factor)) = TIMES.iter().find(|(name, _)| *name == unit) else {
        return Err(fault(
            "the units are `ms`, `s`, `m`, `h` and `d`; one number, one unit".to_owned(),
        ));
    };
    let millis = number
        .checked_mul(*factor)
        .filter(|millis| i64::try_from(*millis).is_ok());
    millis
        .map(Duration::from_millis)
        .ok_or_else(|| fault("far too long".to_owned()))
}

/// Prints a duration in the largest unit that it is a whole number of.
pub(super) fn duration_text(span: Duration) -> String {
    let millis = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    if millis == 0 {
        return "0s".to_owned();
    }
    in_units(millis, &TIMES)
}

/// Reads `64KiB`. Units are `B KiB MiB GiB`.
pub(super) fn size(text: &str) -> Result<u64, Fault> {
    let fault = |hint: String| Fault::new("is not a size", hint);
    let (number, unit) = number_and_unit(text);
    let Some(number) = number else {
        return Err(fault("a whole number and a unit: `64KiB`".to_owned()));
    };
    if unit.is_empty() {
        return Err(fault(format!("a size needs a unit: `{number}KiB`?")));
    }
    let Some((_, factor)) = SIZES.iter().find(|(name, _)| *name == unit) else {
        let meant = match unit.to_ascii_lowercase().as_str() {
            "k" | "kb" | "kib" => format!("did you mean `{number}KiB`?"),
            "m" | "mb" | "mib" => format!("did you mean `{number}MiB`?"),
            "g" | "gb" | "gib" => format!("did you mean `{number}GiB`?"),
            _ => "the units are `B`, `KiB`, `MiB` and `GiB`".to_owned(),
        };
        return Err(fault(meant));
    };
    number
        .checked_mul(*factor)
        .filter(|octets| i64::try_from(*octets).is_ok())
        .ok_or_else(|| fault("far too much".to_owned()))
}

/// Prints a size in the largest unit that it is a whole number of.
pub(super) fn size_text(octets: u64) -> String {
    if octets == 0 {
        return "0B".to_owned();
    }
    in_units(octets, &SIZES)
}

fn in_units(amount: u64, units: &[(&str, u64)]) -> String {
    units
        .iter()
        .rev()
        .find(|(_, factor)| amount.is_multiple_of(*factor))
        .map_or_else(
            || amount.to_string(),
            |(name, factor)| format!("{}{name}", amount / factor),
        )
}

/// Reads `5`: digits only.
pub(super) fn count(text: &str) -> Result<u64, Fault> {
    let digits = !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    if !digits {
        return Err(Fault::new(
            "is not a whole number",
            "digits only, without quotes: `10`",
        ));
    }
    // More than fits is beyond any bound, and the bound is what is worth saying.
    Ok(text.parse().unwrap_or(u64::MAX))
}

/// Splits at the first character that is no digit.
fn number_and_unit(text: &str) -> (Option<u64>, &str) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits).unwrap_or(("", text));
    (number.parse().ok(), unit)
}

/// The one of `words` that was probably meant by `typed`.
pub(super) fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let typed = typed.to_lowercase();
    words
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&typed, word), word))
        .filter(|(distance, word)| {
            let longest = typed.chars().count().max(word.chars().count());
            *distance * 3 <= longest || (typed.len() >= 4 && word.starts_with(&typed))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn durations_round_trip(millis in 0..=i64::MAX as u64) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(duration(&duration_text(span)), Ok(span));
        }

        #[test]
        fn written_durations_round_trip(number in 1u64..100_000, unit in 0usize..5) {
            let (name, factor) = TIMES[unit];
            let read = duration(&format!("{number}{name}")).unwrap();
            prop_assert_eq!(read, Duration::from_millis(number * factor));
            prop_assert_eq!(duration(&duration_text(read)), Ok(read));
        }

        #[test]
        fn sizes_round_trip(octets in 0..=i64::MAX as u64) {
            prop_assert_eq!(size(&size_text(octets)), Ok(octets));
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = (duration(&text), size(&text), count(&text), nearest(&text, ["idle", "lifetime"]));
        }
    }

    #[test]
    fn the_largest_whole_unit_is_printed() {
        let printed = [0, 250, 1000, 90_000, 900_000, 5_400_000, 7_776_000_000]
            .map(|millis| duration_text(Duration::from_millis(millis)));
        assert_eq!(printed, ["0s", "250ms", "1s", "90s", "15m", "90m", "90d"]);
        assert_eq!(
            [1, 1024, 65536, 46 << 20].map(size_text),
            ["1B", "1KiB", "64KiB", "46MiB"]
        );
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in [
            "",
            "10",
            "m",
            "-1m",
            "+1m",
            "1.5h",
            "1h30m",
            "10 m",
            "10M",
            "1w",
            "99999999999999999999d",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        let keys = ["recovery_codes", "idle", "listen"];
        assert_eq!(nearest("recovery_code", keys), Some("recovery_codes"));
        assert_eq!(nearest("Listen", keys), Some("listen"));
        assert_eq!(nearest("zebra", keys), None);
    }
}
