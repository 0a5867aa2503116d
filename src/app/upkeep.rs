//! What goes on in the background: watching the store, batches, sweeps, letters.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, watch};
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::base::clock::Clock;
use crate::base::time::Timestamp;
use crate::gateway::Handle;
use crate::gateway::certificates::Certificates;
use crate::identity::event::{Event, What};
use crate::observe::health::{Health, Part, State};
use crate::observe::metrics::Metrics;
use crate::service::Desk;
use crate::service::visit::{Visits, WATCH_EVERY};
use crate::store::StoreClock;
use crate::store::key_file::KeyFile;

/// How often the store is tried to be written to while it takes what comes, if nobody else writes.
const WRITE_EVERY: Duration = Duration::from_secs(5);

/// … and while it does not.
const WRITE_AGAIN_AFTER: Duration = Duration::from_millis(500);

/// How often whatever is open is looked at.
const LOOK_AFTER_EVERY: Duration = Duration::from_millis(500);

/// How often events are written that nobody waits for.
const WRITE_NOTED_EVERY: Duration = Duration::from_millis(500);

/// How often uses are written that the store is late with.
const WRITE_LATE_EVERY: Duration = Duration::from_secs(1);

/// How often what is over is swept away.
const SWEEP_EVERY: Duration = Duration::from_secs(10 * 60);

/// How often portals and certificates are looked at.
const LOOK_AROUND_EVERY: Duration = Duration::from_secs(5);

/// How long before a certificate expires somebody should look.
const CERTIFICATE_SOON: Duration = Duration::from_secs(14 * 86_400);

/// A wall clock that is this far behind what has been stored has jumped.
const JUMP: Duration = Duration::from_secs(60);

/// What goes on in the background.
pub struct Upkeep {
    /// The stories.
    pub desk: Arc<Desk>,
    /// The key file, where there is one of our own.
    pub key_file: Option<Mutex<KeyFile>>,
    /// Who is signed in.
    pub visits: Arc<Visits>,
    /// How the parts are.
    pub health: Arc<Health>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// Whether the store takes anything, as far as was tried.
    pub takes: AtomicBool,
    /// How long events are kept.
    pub events_for: Duration,
    /// The portals.
    pub portals: Handle,
    /// The listeners' certificates.
    pub certificates: Vec<Arc<Certificates>>,
}

impl Upkeep {
    /// Until `stop` turns true; then uses are written once more.
    pub async fn run(self: Arc<Self>, stop: watch::Receiver<bool>) {
        // Side by side: a store that takes nothing keeps a write waiting for longer than sessions are trusted
        // without a sign of life.
        tokio::join!(
            self.try_to_write(stop.clone()),
            self.look_after_open(stop.clone()),
            self.sweep_now_and_then(stop.clone()),
            self.write_noted(stop.clone()),
            self.look_after_all(stop)
        );
    }

    /// What stays open ends with its session, whatever else takes its time.
    async fn look_after_open(&self, mut stop: watch::Receiver<bool>) {
        let mut watched = ticks(LOOK_AFTER_EVERY);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return,
                _ = watched.tick() => self.visits.look_after_watched().await,
            }
        }
    }

    /// What was noted and found no commit to go along with.
    async fn write_noted(&self, mut stop: watch::Receiver<bool>) {
        let mut noted = ticks(WRITE_NOTED_EVERY);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => break,
                _ = noted.tick() => {}
            }
            if let Err(error) = self.desk.write_noted().await {
                tracing::debug!(%error, "what was noted could not be written");
            }
        }
        if let Err(error) = self.desk.write_noted().await {
            tracing::warn!(%error, "what was noted could not be written");
        }
    }

    /// With many accounts that takes its time.
    async fn sweep_now_and_then(&self, mut stop: watch::Receiver<bool>) {
        let mut sweep = ticks(SWEEP_EVERY);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return,
                _ = sweep.tick() => {}
            }
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = self.sweep() => {}
            }
        }
    }

    /// Whether the store takes anything shows only when something is written.
    async fn try_to_write(&self, mut stop: watch::Receiver<bool>) {
        loop {
            let takes = self.desk.store.ping().await.is_ok();
            self.takes.store(takes, Ordering::Relaxed);
            let rest = if takes { WRITE_EVERY } else { WRITE_AGAIN_AFTER };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    async fn look_after_all(&self, mut stop: watch::Receiver<bool>) {
        let mut keys = ticks(WATCH_EVERY);
        let mut late = ticks(WRITE_LATE_EVERY);
        let mut written = None;
        let mut around = ticks(LOOK_AROUND_EVERY);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => break,
                _ = keys.tick() => self.look_at_keys().await,
                _ = late.tick() => {
                    let within = self.visits.uses_within();
                    if written.is_none_or(|at: Instant| at.elapsed() >= within) {
                        written = Some(Instant::now());
                        self.write_uses().await;
                    } else if let Err(error) = self.visits.write_late_use().await {
                        tracing::debug!(%error, "late uses could not be written");
                    }
                }
                _ = around.tick() => self.look_around(),
            }
        }
        self.write_uses().await;
    }

    /// Asks the store what has changed, until `stop` turns true: when it says that there is something,
    /// and in between, because it may have been unable to say so. Nothing else may hold this up.
    pub async fn watch(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut store = ticks(WATCH_EVERY);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return,
                _ = store.tick() => (),
                () = self.desk.store.news() => (),
            }
            self.watch_store().await;
        }
    }

    async fn watch_store(&self) {
        let answer = self.visits.catch_up().await;
        if let StoreClock::Apart { here, there } = self.desk.store.clock() {
            // What is wrong is the clock; the store is as it was.
            if self.health.report(Part::Clock, State::Failing) {
                let seconds_back = there.unix_seconds().saturating_sub(here.unix_seconds());
                self.tell(What::ClockJump { seconds_back }, there);
            }
            return;
        }
        if self.health.report(Part::Clock, State::Ok) {
            // What could not be written meanwhile could not be for that reason alone.
            self.takes.store(true, Ordering::Relaxed);
            self.compare_clocks().await;
        }
        let state = match &answer {
            Err(_) => State::Failing,
            Ok(()) if self.takes.load(Ordering::Relaxed) => State::Ok,
            // Whoever is in stays in: it can be read.
            Ok(()) => State::Degraded,
        };
        let before = self.health.look().parts.store;
        if !self.health.report(Part::Store, state) {
            return;
        }
        let what = match (answer, before) {
            (Err(error), _) => {
                tracing::error!(%error, "the store does not answer");
                What::StoreDown
            }
            (Ok(()), State::Failing) => {
                // It may not have been there at the start.
                self.compare_clocks().await;
                What::StoreUp
            }
            (Ok(()), State::Ok | State::Degraded | State::Stopping) if state == State::Ok => {
                tracing::info!("the store takes what is written again");
                return;
            }
            (Ok(()), State::Ok | State::Degraded | State::Stopping) => {
                tracing::error!("the store can be read and takes nothing: nobody new is let in");
                return;
            }
        };
        self.tell(what, self.desk.now());
    }

    fn tell(&self, what: What, at: Timestamp) {
        self.desk.trail.write(&Event::without_account(what, at));
    }

    /// Whoever rotates the key waits until every process knows the new one.
    async fn look_at_keys(&self) {
        let Some(file) = &self.key_file else { return };
        let found = file.lock().await.look(&*self.desk.store, &self.desk.keys).await;
        match found {
            Ok(true) => tracing::info!(keys = self.desk.keys.len(), "the master keys were read anew"),
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, "the new key file is not taken up; the keys stay as they were");
            }
        }
    }

    /// Portals and certificates, for health and metrics.
    fn look_around(&self) {
        let well = self.portals.portals_are_well();
        // Somebody else's portal is no reason to take the gateway away: its pages say what is wrong.
        let state = if well { State::Ok } else { State::Degraded };
        if self.health.report(Part::Upstream, state) {
            tracing::warn!(well, "a site's portal changed its health");
        }
        let now = self.desk.now();
        let mut worst = State::Ok;
        self.metrics.forget_certificates();
        for (name, expires) in self.certificates.iter().flat_map(|it| it.expiries()) {
            self.metrics.certificate(&name, expires);
            let state = match expires {
                gone if gone <= now => State::Failing,
                soon if soon <= now.plus(CERTIFICATE_SOON) => State::Degraded,
                _ => State::Ok,
            };
            worst = worst.max(state);
        }
        if self.health.report(Part::Certificate, worst) {
            tracing::warn!(state = ?worst, "the certificates changed their health");
        }
    }

    async fn write_uses(&self) {
        self.metrics.sessions(self.desk.seats.len());
        if let Err(error) = self.visits.write_last_use().await {
            tracing::warn!(%error, "when sessions were last used could not be written");
        }
        self.compare_clocks().await;
    }

    /// The newest stored time is what a wall clock that jumps back is held against.
    async fn compare_clocks(&self) {
        let wall = self.desk.clock.wall();
        let Ok(newest) = self.desk.compare_clocks().await else {
            return;
        };
        let behind = newest.since(wall);
        if behind >= JUMP {
            let seconds_back = i64::try_from(behind.as_secs()).unwrap_or(i64::MAX);
            self.tell(What::ClockJump { seconds_back }, newest);
        }
    }

    async fn sweep(&self) {
        let now = self.desk.clock.now();
        let lifetime = self.desk.rules.load().session.lifetime;
        // Ended sessions stay a day longer than they may live, so that what they were is still known.
        let sessions_before: Timestamp = now.minus(lifetime).minus(Duration::from_secs(86_400));
        if let Err(error) = self
            .desk
            .store
            .sweep(now, sessions_before, now.minus(self.events_for))
            .await
        {
            tracing::warn!(%error, "what is over could not be swept away");
        }
        match self.desk.count_trusted_devices().await {
            Ok(count) => self.metrics.trusted_devices(count),
            Err(error) => tracing::warn!(%error, "trusted devices could not be counted"),
        }
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // The sender lives as long as the gateway; where it is gone, so is everything else.
    let _ = stop.wait_for(|stop| *stop).await;
}

fn ticks(every: Duration) -> tokio::time::Interval {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}
