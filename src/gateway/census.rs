//! Who is connected: bounds on connections, and a hold on each to end it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::line::Line;

/// The connections there are.
pub struct Census {
    at_most: AtomicUsize,
    per_address: AtomicUsize,
    roll: Mutex<Roll>,
}

#[derive(Default)]
struct Roll {
    by_network: HashMap<IpAddr, usize>,
    lines: HashMap<u64, Arc<Line>>,
    next: u64,
}

/// A connection's place in the census, given up when dropped.
pub struct Place {
    census: Arc<Census>,
    number: u64,
    network: Option<IpAddr>,
}

impl Census {
    /// A census with these bounds. `per_address` counts IPv6 clients by their /64.
    pub fn new(at_most: usize, per_address: usize) -> Arc<Self> {
        Arc::new(Self {
            at_most: AtomicUsize::new(at_most),
            per_address: AtomicUsize::new(per_address),
            roll: Mutex::default(),
        })
    }

    /// Other bounds from now on. Who is there may stay.
    pub fn set_bounds(&self, at_most: usize, per_address: usize) {
        self.at_most.store(at_most, Ordering::Relaxed);
        self.per_address.store(per_address, Ordering::Relaxed);
    }

    /// A place for a new connection. `None`: there are too many, of all or of this address. Trusted
    /// proxies carry many people and are counted only in the whole.
    pub fn admit(self: &Arc<Self>, line: &Arc<Line>) -> Option<Place> {
        let mut roll = self.roll();
        if roll.lines.len() >= self.at_most.load(Ordering::Relaxed) {
            return None;
        }
        let network = (!line.is_trusted()).then(|| line.peer().network());
        if let Some(network) = network {
            let count = roll.by_network.entry(network).or_default();
            if *count >= self.per_address.load(Ordering::Relaxed) {
                return None;
            }
            *count += 1;
        }
        let number = roll.next;
        roll.next += 1;
        roll.lines.insert(number, Arc::clone(line));
        Some(Place {
            census: Arc::clone(self),
            number,
            network,
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.roll().lines.len()
    }

    /// Ends each connection as soon as it is between two requests.
    pub fn close_when_idle(&self) {
        for line in self.roll().lines.values() {
            line.close_when_idle();
        }
    }

    /// Ends each connection now.
    pub fn sever(&self) {
        for line in self.roll().lines.values() {
            line.sever();
        }
    }

    fn roll(&self) -> MutexGuard<'_, Roll> {
        self.roll.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut roll = self.census.roll();
        roll.lines.remove(&self.number);
        if let Some(network) = self.network
            && let Some(count) = roll.by_network.get_mut(&network)
        {
            *count -= 1;
            if *count == 0 {
                roll.by_network.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::client::ClientAddr;

    fn line(from: &str, trusted: bool) -> Arc<Line> {
        Arc::new(Line::new(
            ClientAddr::new(from.parse().unwrap()),
            trusted,
            false,
            false,
        ))
    }

    #[test]
    fn one_address_cannot_take_every_place() {
        let census = Census::new(4, 2);
        let first = census.admit(&line("192.0.2.1", false));
        let second = census.admit(&line("192.0.2.1", false));
        assert!(first.is_some() && second.is_some());
        assert!(census.admit(&line("192.0.2.1", false)).is_none());
        let other = census.admit(&line("192.0.2.2", false));
        assert!(other.is_some());
        drop(first);
        assert!(
            census.admit(&line("192.0.2.1", false)).is_some(),
            "a place that was given up is free"
        );
        assert_eq!(census.count(), 2);
    }

    #[test]
    fn ipv6_counts_by_network_and_proxies_only_in_the_whole() {
        let census = Census::new(3, 1);
        let _first = census.admit(&line("2001:db8::1", false)).unwrap();
        assert!(census.admit(&line("2001:db8::2", false)).is_none());
        let _proxied = [
            census.admit(&line("10.0.0.1", true)).unwrap(),
            census.admit(&line("10.0.0.1", true)).unwrap(),
        ];
        assert!(
            census.admit(&line("10.0.0.1", true)).is_none(),
            "the whole is full"
        );
    }
}
