//! What is counted at every request, in atomics.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::{Registry, Unit};

/// What became of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decided {
    /// It went on to the portal.
    Forward,
    /// It was for the gateway's own pages.
    Pages,
    /// It was sent to sign in.
    Challenge,
    /// It was refused.
    Refuse,
    /// Nothing could be decided: the store was away.
    Unavailable,
    /// It was not a request that can be understood in one way only.
    Malformed,
}

impl Decided {
    /// The word in metrics and logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Pages => "pages",
            Self::Challenge => "challenge",
            Self::Refuse => "refuse",
            Self::Unavailable => "unavailable",
            Self::Malformed => "malformed",
        }
    }

    const ALL: [Self; 6] = [
        Self::Forward,
        Self::Pages,
        Self::Challenge,
        Self::Refuse,
        Self::Unavailable,
        Self::Malformed,
    ];
}

/// Upper bounds of the buckets, in nanoseconds.
const BOUNDS: [u64; 16] = [
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    25_000_000,
    50_000_000,
    100_000_000,
    250_000_000,
    500_000_000,
    1_000_000_000,
    2_500_000_000,
    5_000_000_000,
    10_000_000_000,
];

/// How long things took.
#[derive(Debug, Default)]
pub struct Spans {
    /// One for each bound, and one for what is beyond.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    nanos: AtomicU64,
}

impl Spans {
    /// Counts a span.
    pub fn observe(&self, span: Duration) {
        let nanos = u64::try_from(span.as_nanos()).unwrap_or(u64::MAX);
        let at = BOUNDS.partition_point(|bound| *bound < nanos);
        if let Some(bucket) = self.buckets.get(at) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
    }

    /// Sum in seconds, count, and the count of each bucket.
    #[allow(clippy::cast_precision_loss)]
    fn read(&self) -> (f64, u64, Vec<(f64, u64)>) {
        let bounds = BOUNDS.iter().map(|nanos| *nanos as f64 / 1e9);
        let buckets: Vec<_> = bounds
            .chain([f64::INFINITY])
            .zip(&self.buckets)
            .map(|(bound, count)| (bound, count.load(Ordering::Relaxed)))
            .collect();
        let count = buckets.iter().map(|(_, count)| count).sum();
        (self.nanos.load(Ordering::Relaxed) as f64 / 1e9, count, buckets)
    }
}

/// Status codes that can be told apart: 100 to 599.
const CODES: usize = 500;

struct Table {
    counts: [[AtomicU64; CODES]; Decided::ALL.len()],
    spans: Spans,
}

/// Requests by decision and status, and how long they took.
#[derive(Clone)]
pub(super) struct Requests(Arc<Table>);

impl fmt::Debug for Requests {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Requests")
    }
}

impl Requests {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let requests = Self(Arc::new(Table {
            counts: [const { [const { AtomicU64::new(0) }; CODES] }; Decided::ALL.len()],
            spans: Spans::default(),
        }));
        registry.register_collector(Box::new(requests.clone()));
        requests
    }

    pub(super) fn count(&self, decided: Decided, status: u16, took: Duration) {
        let at = match status {
            100..=599 => usize::from(status) - 100,
            _ => CODES - 1,
        };
        let row = self.0.counts.get(decided as usize);
        if let Some(count) = row.and_then(|codes| codes.get(at)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.0.spans.observe(took);
    }
}

impl Collector for Requests {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let mut family = encoder.encode_descriptor(
            "requests",
            "Requests by decision and status code",
            None,
            MetricType::Counter,
        )?;
        for (decided, codes) in Decided::ALL.iter().zip(&self.0.counts) {
            for (code, count) in (100_u16..).zip(codes) {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let code = code.to_string();
                    let labels = [("decision", decided.word()), ("code", code.as_str())];
                    family
                        .encode_family(&labels)?
                        .encode_counter::<NoLabelSet, _, u64>(&count, None)?;
                }
            }
        }
        let (sum, count, buckets) = self.0.spans.read();
        encoder
            .encode_descriptor(
                "request_duration",
                "From the request's head to the end of the answer",
                Some(&Unit::Seconds),
                MetricType::Histogram,
            )?
            .encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
    }
}

type Operations = RwLock<BTreeMap<&'static str, Arc<Spans>>>;

/// How long the store took, by operation.
#[derive(Clone, Debug)]
pub(super) struct StoreOperations(Arc<Operations>);

impl StoreOperations {
    pub(super) fn register(registry: &mut Registry) -> Self {
        let operations = Self(Arc::new(RwLock::new(BTreeMap::new())));
        registry.register_collector(Box::new(operations.clone()));
        operations
    }

    pub(super) fn observe(&self, operation: &'static str, took: Duration) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(spans) = known.get(operation) {
            return spans.observe(took);
        }
        drop(known);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.entry(operation).or_default().observe(took);
    }
}

impl Collector for StoreOperations {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut family = encoder.encode_descriptor(
            "store_operation_duration",
            "How long the store took to answer",
            Some(&Unit::Seconds),
            MetricType::Histogram,
        )?;
        for (operation, spans) in known.iter() {
            let (sum, count, buckets) = spans.read();
            let labels = [("operation", *operation)];
            family
                .encode_family(&labels)?
                .encode_histogram::<NoLabelSet>(sum, count, &buckets, None)?;
        }
        Ok(())
    }
}
