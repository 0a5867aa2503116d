//! `make bench`: what the gateway costs, beside nginx, on the same machine in the same run.
//!
//! ```text
//!                 ┌── doorward, signed in ──┐
//! load ──keep-alive── doorward, open path ──┼──▶ portal (nginx, 1 KiB)
//!                 └── nginx, auth_request ──┘      └▶ 204
//! ```
//!
//! *Cost* is CPU time of the gateway's processes (`utime + stime`), per request, in a closed loop; the
//! three take turns, signed in always next to each of the others, and the median of such pairs counts: what
//! disturbs the machine for a while disturbs both of a pair. *Latency* is the 99th percentile of an open loop, counted from
//! the moment a request was due, with and without a flood of sign-ins. All of it speaks HTTP from outside;
//! the session is got through the real pages and a real mail. Ends with 1 where a bound is missed.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice
)]

mod crowd;
mod flood;
mod load;
mod nginx;
mod report;
#[path = "../../tests/it/rig/mod.rs"]
mod rig;
mod sign_ins;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;

use flood::Flood;
use load::Target;
use nginx::Nginx;
use report::{Report, median};
use rig::binary::{Binary, Installation};
use rig::smtp::Smtp;
use rig::walk;

const EMAIL: &str = "anna@example.com";
const PASSWORD: &str = "measured in quiet rooms";

/// How much is measured. `--quick` is for trying the measurement itself, and judges nothing well.
struct Plan {
    pairs: usize,
    rounds: usize,
    requests: usize,
    open_loop: Duration,
}

#[tokio::main]
async fn main() {
    // What was started ends, and what was written goes, before the process does.
    let passed = measure().await;
    std::process::exit(i32::from(!passed));
}

async fn measure() -> bool {
    let quick = std::env::args().any(|it| it == "--quick");
    let plan = if quick {
        Plan {
            pairs: 1,
            rounds: 1,
            requests: 4_000,
            open_loop: Duration::from_secs(3),
        }
    } else {
        Plan {
            pairs: 21,
            rounds: 7,
            requests: 24_000,
            open_loop: Duration::from_secs(8),
        }
    };
    let mut report = Report::new();

    let portal = Nginx::portal().await;
    let smtp = Smtp::start().await;
    let installation = install(&portal, &smtp);
    installation.add_account(EMAIL, PASSWORD, &[]).await;
    let gateway = installation.start().await;
    let mut anna = gateway.client();
    walk::sign_in(&mut anna, &smtp, "/", EMAIL, PASSWORD).await;

    let keep_alive = [("Accept", "text/html")];
    let signed_in = Target::new(installation.address, anna.head("GET", "/page", &keep_alive));
    let open = Target::new(
        installation.address,
        gateway.client().head("GET", "/open/page", &keep_alive),
    );
    // One of the parts alone, for trying something: the report then judges that alone.
    let asked = |flag: &str| std::env::args().any(|it| it == flag);
    let all = !["--costs", "--latencies", "--crowd", "--sign-ins"]
        .into_iter()
        .any(asked);
    if all || asked("--costs") {
        costs(&plan, &gateway, &portal, &signed_in, &open, &mut report).await;
    }
    if all || asked("--latencies") {
        latencies(&plan, &gateway, &signed_in, &mut report).await;
    }

    drop(gateway);
    if all || asked("--crowd") {
        let plan = if quick {
            crowd::Plan::QUICK
        } else {
            crowd::Plan::FULL
        };
        crowd::measure(&plan, &portal, &smtp, &mut report).await;
    } else if asked("--sign-ins") {
        // … with as many as in the whole: it does not take long.
        sign_ins::measure(&crowd::Plan::FULL, &portal, &smtp, &mut report).await;
    }
    report.print(quick)
}

fn install(portal: &Nginx, smtp: &Smtp) -> Installation {
    let mut installation = Installation::new(
        &portal.url(),
        smtp,
        &json!({
            // Neither gateway writes a line per request here.
            "log": { "level": "warn" },
            // Hashing as it is shipped: what the memory is measured against.
            "passwords": null,
        }),
    );
    installation.config["sites"][0]["access"] = json!([{ "path": "/open/*", "require": "nothing" }]);
    installation.write_config();
    installation
}

/// CPU time per request: signed in, on a path that requires nothing, and nginx with `auth_request`.
async fn costs(
    plan: &Plan,
    gateway: &Binary,
    portal: &Nginx,
    signed_in: &Target,
    open: &Target,
    report: &mut Report,
) {
    let nginx = Nginx::with_auth_request(portal).await;
    let through_nginx = Target::new(nginx.address, signed_in.request_for("localhost"));
    let ours = || gateway.process.cpu();
    let theirs = || nginx.cpu();
    let (mut of_signed_in, mut of_open, mut of_nginx) = (Vec::new(), Vec::new(), Vec::new());
    // Warm: connections to the portal are open, caches are filled.
    for target in [signed_in, open, &through_nginx] {
        load::closed_loop(target, plan.requests / 4).await;
    }
    for round in 0..plan.pairs {
        eprintln!("cost, round {} of {}", round + 1, plan.pairs);
        // Each is the neighbour of each, first as often as last.
        let order = if round % 2 == 0 { [0, 1, 2] } else { [2, 1, 0] };
        for which in order {
            match which {
                0 => of_open.push(cost(open, plan.requests, ours).await),
                1 => of_signed_in.push(cost(signed_in, plan.requests, ours).await),
                _ => of_nginx.push(cost(&through_nginx, plan.requests, theirs).await),
            }
        }
    }
    report.costs(&of_signed_in, &of_open, &of_nginx);
}

/// CPU microseconds per request.
async fn cost(target: &Target, requests: usize, cpu: impl Fn() -> Duration) -> f64 {
    let before = cpu();
    load::closed_loop(target, requests).await;
    let spent = cpu() - before;
    spent.as_secs_f64() * 1e6 / requests as f64
}

/// The 99th percentile of 800 requests a second, idle and during a flood of 64 sign-ins, and the memory that takes.
async fn latencies(plan: &Plan, gateway: &Binary, target: &Target, report: &mut Report) {
    let (mut idle, mut flooded, mut answers) = (Vec::new(), Vec::new(), flood::Answers::default());
    let peak = Arc::new(AtomicU64::new(0));
    load::open_loop(target, plan.open_loop / 4).await;
    let memory_before = gateway.process.memory();
    for round in 0..plan.rounds.max(if plan.rounds > 1 { 5 } else { 1 }) {
        eprintln!("latency, round {}", round + 1);
        idle.push(load::open_loop(target, plan.open_loop).await);

        let flood = Flood::start(&gateway.client(), 64, round);
        let watch = watch_memory(gateway.process.id(), Arc::clone(&peak));
        // The queue is full before anything is measured.
        tokio::time::sleep(Duration::from_millis(500)).await;
        flooded.push(load::open_loop(target, plan.open_loop).await);
        watch.abort();
        answers.add(flood.stop().await);
    }
    let errors: usize = idle.iter().chain(&flooded).map(|it| it.errors).sum();
    let late = |runs: &[load::OpenLoop]| median(&runs.iter().map(load::OpenLoop::p99_ms).collect::<Vec<_>>());
    report.latencies(late(&idle), late(&flooded), errors);
    report.flood(&answers);
    report.memory(memory_before, peak.load(Ordering::Relaxed));
}

fn watch_memory(process: u32, peak: Arc<AtomicU64>) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        let mut interval = tokio::time::interval(Duration::from_millis(50));
        loop {
            interval.tick().await;
            peak.fetch_max(rig::process::memory_of(process), Ordering::Relaxed);
        }
    })
}
