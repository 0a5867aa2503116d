//! The table, and the judgement.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::flood::Answers;

/// Signed in against the same binary on a path that requires nothing: CPU time per request.
const OVER_OPEN: f64 = 1.10;
/// Signed in against nginx with `auth_request`: CPU time per request.
const OVER_NGINX: f64 = 1.20;
/// The 99th percentile during the flood against idle.
const OVER_IDLE: f64 = 2.0;
/// Until a sign-in that finds no room is told so: 2 s, and what it takes to send and read that.
const TURNED_AWAY: Duration = Duration::from_millis(2_100);
/// Memory of one hash, as shipped.
const HASH_MEMORY: u64 = 46 << 20;
/// Memory above idle that is not hashing.
const SPARE_MEMORY: u64 = 64 << 20;

pub struct Report {
    rows: Vec<[String; 4]>,
    passed: bool,
}

pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

impl Report {
    pub fn new() -> Self {
        Self {
            rows: Vec::new(),
            passed: true,
        }
    }

    fn row(&mut self, what: &str, measured: String, bound: &str, passed: bool) {
        let verdict = if passed { "yes" } else { "**no**" };
        self.passed &= passed;
        self.rows
            .push([what.to_owned(), measured, bound.to_owned(), verdict.to_owned()]);
    }

    /// The median of the quotients of neighbours.
    pub fn ratio(&mut self, what: &str, of: &[f64], to: &[f64], bound: f64) {
        let quotients: Vec<f64> = of.iter().zip(to).map(|(of, to)| of / to).collect();
        let measured = median(&quotients);
        self.row(
            what,
            format!("{measured:.2}"),
            &format!("at most {bound:.2}"),
            measured <= bound,
        );
    }

    pub fn at_most(&mut self, what: &str, measured: f64, bound: f64, unit: &str) {
        self.row(
            what,
            format!("{measured:.1}{unit}"),
            &format!("at most {bound}{unit}"),
            measured <= bound,
        );
    }

    pub fn note(&mut self, what: &str, measured: String) {
        self.rows
            .push([what.to_owned(), measured, String::new(), String::new()]);
    }

    /// Of each round, in turn: microseconds per request.
    pub fn costs(&mut self, signed_in: &[f64], open: &[f64], nginx: &[f64]) {
        let typical = |costs: &[f64]| format!("{:.1} µs", median(costs));
        self.note("CPU per request, signed in", typical(signed_in));
        self.note("CPU per request, `require: nothing`", typical(open));
        self.note(
            "CPU per request, nginx `auth_request` to a bare 204",
            typical(nginx),
        );
        self.ratio("signed in ÷ `require: nothing`", signed_in, open, OVER_OPEN);
        self.ratio("signed in ÷ nginx", signed_in, nginx, OVER_NGINX);
    }

    pub fn latencies(&mut self, idle: f64, flooded: f64, errors: usize) {
        self.note("p99 of 800 requests/s, idle", format!("{idle:.2} ms"));
        self.note(
            "p99 of 800 requests/s, 64 sign-ins at once",
            format!("{flooded:.2} ms"),
        );
        let over_idle = flooded / idle;
        self.row(
            "flood ÷ idle",
            format!("{over_idle:.2}"),
            "at most 2.0",
            over_idle <= OVER_IDLE,
        );
        self.row(
            "proxied requests that failed",
            errors.to_string(),
            "0",
            errors == 0,
        );
    }

    pub fn flood(&mut self, answers: &Answers) {
        let slowest = answers.turned_away.iter().max().copied().unwrap_or_default();
        self.note(
            "sign-ins hashed during the flood",
            answers.hashed.len().to_string(),
        );
        self.note("sign-ins answered 503", answers.turned_away.len().to_string());
        let slowest_text = format!("{:.2} s", slowest.as_secs_f64());
        self.row(
            "slowest 503",
            slowest_text,
            "2 s, and 0.1 s on the way",
            slowest <= TURNED_AWAY,
        );
        let mut other = answers.other.clone();
        other.sort_unstable();
        other.dedup();
        let text = format!("{} {other:?}", answers.other.len());
        self.row(
            "sign-ins answered otherwise",
            text,
            "0",
            answers.other.is_empty() && !answers.hashed.is_empty(),
        );
    }

    pub fn memory(&mut self, idle: u64, peak: u64) {
        let cores = std::thread::available_parallelism().unwrap().get() as u64;
        let slots = (cores - 1).clamp(1, 8);
        let bound = slots * HASH_MEMORY + SPARE_MEMORY;
        let grown = peak.saturating_sub(idle);
        let mib = |octets: u64| format!("{} MiB", octets >> 20);
        self.note("memory before the flood", mib(idle));
        self.row(
            "memory during the flood, above that",
            mib(grown),
            &format!("at most {}", mib(bound)),
            grown <= bound,
        );
    }

    /// Prints the table; whether every bound was kept.
    pub fn print(&self, quick: bool) -> bool {
        println!("\n| what | measured | bound | kept |\n|---|---|---|---|");
        for row in &self.rows {
            println!("| {} |", row.join(" | "));
        }
        println!("\n{}\n", machine());
        if quick {
            println!("A quick run tries the measurement and says nothing about the gateway.");
        }
        self.passed
    }
}

fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|it| it.starts_with(name)).unwrap_or_default();
        line.split_once(':')
            .map_or_else(|| "?".to_owned(), |it| it.1.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().unwrap();
    let processor = field(&read("/proc/cpuinfo"), "model name");
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let kernel = read("/proc/sys/kernel/osrelease").trim().to_owned();
    let nginx = Command::new("/usr/sbin/nginx")
        .arg("-v")
        .output()
        .map(|it| it.stderr)
        .unwrap_or_default();
    let nginx = String::from_utf8_lossy(&nginx)
        .trim()
        .replace("nginx version: ", "");
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d").to_string();
    format!("{today}, `make bench`, {cores} cores of {processor}, {memory}, Linux {kernel}, {nginx}.")
}
