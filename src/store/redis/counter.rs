//! Counts in Redis. What a stroke does to a count is judged here, in one place for all adapters; the
//! script puts the outcome in place only if nobody counted in between.

use std::cmp::Reverse;
use std::sync::LazyLock;
use std::time::Duration;

use redis::{Script, cmd};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::connection::Wire;
use super::key;
use crate::base::time::Timestamp;
use crate::identity::throttle::{Limit, Stroke, Tally, Waits};
use crate::store::record::Record as _;
use crate::store::{BackendError, CounterKey, ReadError, Struck, WriteError};

static SWAP: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("scripts/swap_counts.lua")));

/// How long strokes are tried again. Nobody gets through who could not be counted.
const TRY_FOR: Duration = Duration::from_secs(2);

/// How much longer than it matters a count lies there, for nodes whose clocks differ.
const MARGIN: Duration = Duration::from_secs(60);

/// A count as it was read: its bytes, too, because they are what a swap compares.
pub(super) struct Held {
    bytes: Vec<u8>,
    tally: Option<Tally>,
}

async fn read(wire: &Wire, keys: &[String]) -> Result<Vec<Held>, ReadError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<Option<Vec<u8>>> = wire.ask(cmd("MGET").arg(keys)).await?;
    found
        .into_iter()
        .map(|bytes| {
            let tally = bytes.as_deref().map(Tally::from_bytes).transpose()?;
            let bytes = bytes.unwrap_or_default();
            Ok(Held { bytes, tally })
        })
        .collect()
}

/// A count to put in the place of one that was read.
struct Swap {
    key: String,
    old: Vec<u8>,
    new: Vec<u8>,
    keep: String,
}

impl Swap {
    fn new(
        key: &str,
        old: Vec<u8>,
        tally: &Tally,
        limit: &Limit,
        now: Timestamp,
    ) -> Result<Self, WriteError> {
        let keep = tally
            .ends(limit)
            .map(|ends| (ends.since(now) + MARGIN).as_millis().to_string());
        Ok(Self {
            key: key.to_owned(),
            old,
            new: tally.to_bytes()?,
            keep: keep.unwrap_or_default(),
        })
    }
}

/// Whether all were still as they had been read.
async fn swap(wire: &Wire, swaps: &[Swap]) -> Result<bool, WriteError> {
    if swaps.is_empty() {
        return Ok(true);
    }
    let keys: Vec<&str> = swaps.iter().map(|it| it.key.as_str()).collect();
    let values: Vec<&[u8]> = swaps
        .iter()
        .flat_map(|it| [it.old.as_slice(), it.new.as_slice(), it.keep.as_bytes()])
        .collect();
    Ok(wire.run_kept(&SWAP, keys, values, |swapped| *swapped).await?)
}

/// The longest wait, and its place; of equals the first.
fn longest(held: &[Held], now: Timestamp) -> Option<(Waits, usize)> {
    held.iter()
        .enumerate()
        .filter_map(|(place, held)| Some((held.tally.as_ref()?.waits(now)?, Reverse(place))))
        .max()
        .map(|(waits, Reverse(place))| (waits, place))
}

fn names(strokes: &[(CounterKey, Stroke)]) -> Vec<String> {
    let mut names: Vec<String> = strokes.iter().map(|(name, _)| key::count(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Runs `judge` over the counts, as they were read ahead or else as they are, until what it decided could be put in place.
async fn settle<T>(
    wire: &Wire,
    again: &Mutex<()>,
    strokes: &[(CounterKey, Stroke)],
    mut read_ahead: Option<Vec<Held>>,
    judge: impl Fn(&mut Counts) -> Result<T, WriteError>,
    now: Timestamp,
) -> Result<T, WriteError> {
    let until = Instant::now() + TRY_FOR;
    let names = names(strokes);
    let mut turn = None;
    loop {
        let held = match read_ahead.take() {
            Some(held) => held,
            None => read(wire, &names).await?,
        };
        let mut counts = Counts {
            names: &names,
            held,
            new: vec![None; names.len()],
        };
        let outcome = judge(&mut counts)?;
        if swap(wire, &counts.swaps(now)?).await? {
            return Ok(outcome);
        }
        if Instant::now() >= until {
            return Err(WriteError::Unavailable(BackendError(
                "too many count at once".to_owned(),
            )));
        }
        if turn.is_none() {
            turn = Some(again.lock().await);
        }
    }
}

/// Counts while they are judged.
struct Counts<'n> {
    names: &'n [String],
    held: Vec<Held>,
    new: Vec<Option<(Tally, Limit)>>,
}

impl Counts<'_> {
    fn place(&self, name: &CounterKey) -> Option<usize> {
        self.names.binary_search(&key::count(name)).ok()
    }

    /// As it is by now.
    fn get(&self, name: &CounterKey) -> Option<&Tally> {
        let place = self.place(name)?;
        match self.new.get(place)? {
            Some((tally, _)) => Some(tally),
            None => self.held.get(place)?.tally.as_ref(),
        }
    }

    fn put(&mut self, name: &CounterKey, tally: Tally, limit: &Limit) {
        if let Some(slot) = self.place(name).and_then(|place| self.new.get_mut(place)) {
            *slot = Some((tally, *limit));
        }
    }

    fn swaps(&self, now: Timestamp) -> Result<Vec<Swap>, WriteError> {
        let every = self.names.iter().zip(&self.held).zip(&self.new);
        every
            .filter_map(|((name, held), new)| {
                let (tally, limit) = new.as_ref()?;
                Some(Swap::new(name, held.bytes.clone(), tally, limit, now))
            })
            .collect()
    }
}

pub(super) async fn strike(
    wire: &Wire,
    again: &Mutex<()>,
    strokes: &[(CounterKey, Stroke)],
    now: Timestamp,
) -> Result<Struck, WriteError> {
    let judge = |counts: &mut Counts<'_>| {
        let waits = strokes
            .iter()
            .enumerate()
            .filter_map(|(place, (name, _))| Some((counts.get(name)?.waits(now)?, Reverse(place))))
            .max();
        if let Some((waits, Reverse(place))) = waits {
            return Ok(Struck::Wait { waits, place });
        }
        let mut reached = Vec::new();
        for (place, (name, stroke)) in strokes.iter().enumerate() {
            let tally = counts.get(name).cloned().unwrap_or_default();
            let (tally, reaches) = tally.struck(stroke, now);
            if reaches {
                reached.push(place);
            }
            counts.put(name, tally, &stroke.limit);
        }
        Ok(Struck::Go { reached })
    };
    settle(wire, again, strokes, None, judge, now).await
}

/// The counts of strokes, for a [`refund`] that may follow.
pub(super) async fn read_ahead(
    wire: &Wire,
    strokes: &[(CounterKey, Stroke)],
) -> Result<Vec<Held>, ReadError> {
    read(wire, &names(strokes)).await
}

pub(super) async fn refund(
    wire: &Wire,
    again: &Mutex<()>,
    strokes: &[(CounterKey, Stroke)],
    read_ahead: Option<Vec<Held>>,
    now: Timestamp,
) -> Result<(), WriteError> {
    let judge = |counts: &mut Counts<'_>| {
        for (name, stroke) in strokes {
            if let Some(tally) = counts.get(name).cloned() {
                counts.put(name, tally.refunded(stroke, now), &stroke.limit);
            }
        }
        Ok(())
    };
    settle(wire, again, strokes, read_ahead, judge, now).await
}

pub(super) async fn clear(wire: &Wire, keys: &[CounterKey]) -> Result<(), WriteError> {
    if keys.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = keys.iter().map(key::count).collect();
    Ok(wire.ask(cmd("DEL").arg(names)).await?)
}

pub(super) async fn waits(
    wire: &Wire,
    keys: &[CounterKey],
    now: Timestamp,
) -> Result<Option<Waits>, ReadError> {
    let names: Vec<String> = keys.iter().map(key::count).collect();
    let held = read(wire, &names).await?;
    Ok(longest(&held, now).map(|(waits, _)| waits))
}

pub(super) async fn count(wire: &Wire, key: &CounterKey) -> Result<u32, ReadError> {
    let held = read(wire, &[key::count(key)]).await?;
    Ok(held
        .first()
        .and_then(|it| it.tally.as_ref())
        .map_or(0, Tally::count))
}
