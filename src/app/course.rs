//! A gateway that runs: other settings, other hands, and the end.

use std::io;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::{App, StartError, house_names, messenger_of, text_messenger_of};
use crate::base::secret::Secret;
use crate::config::Settings;
use crate::gateway::sockets::Sockets;
use crate::gateway::stage::Stage;
use crate::observe::metrics::Metrics;
use crate::store::key_file;
use crate::store::settings::MasterKeySetting;

/// How a gateway ends. Whatever it is, requests under way have as long as `drain` says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Farewell {
    /// Nobody waits for news of it: no connection is accepted any more, and those that are idle are closed.
    AtOnce,
    /// Whoever looks at its health is to send people elsewhere first, and has half of `drain` for that.
    Announced,
    /// Another process accepts the connections now.
    HandedOver,
}

fn given_key(settings: &Settings) -> Option<&Secret<String>> {
    match &settings.store.master_key {
        MasterKeySetting::Given(text) => Some(text),
        MasterKeySetting::Generated => None,
    }
}

impl App {
    /// Serves with other settings from the next request on. What needs a restart has been refused
    /// before.
    ///
    /// # Errors
    ///
    /// [`StartError`]: everything stays as it was.
    pub async fn reload(&self, settings: Settings) -> Result<(), StartError> {
        // Where it is as before nobody asks the store: it may be down.
        if let Some(text) = given_key(&settings)
            && given_key(&self.settings.load()).is_none_or(|old| old.expose() != text.expose())
        {
            key_file::take_up_given(text, &*self.desk.store, &self.desk.keys).await?;
            tracing::info!(keys = self.desk.keys.len(), "the master keys were read anew");
        }
        let messenger = messenger_of(&settings, &self.world)?;
        let text_messenger = text_messenger_of(&settings, &self.world.roots, &self.metrics)?;
        self.handle.reload(&settings.gateway).await?;
        self.desk.text_messenger.store(text_messenger.map(Arc::new));
        self.handle.set_form_body(settings.web.form_body);
        self.desk.rules.store(Arc::new(settings.identity.clone()));
        self.desk.house_names.store(Arc::new(house_names(&settings)));
        self.mail.replace(messenger);
        self.web.catalog.store(Arc::clone(&settings.catalog));
        self.web.settings.store(Arc::new(settings.web.clone()));
        self.web
            .zone
            .store(Arc::new(settings.web.time_zone.clone().into()));
        for certificates in &self.certificates {
            certificates.refresh();
        }
        self.metrics.config_reloaded(true, self.desk.now());
        self.settings.store(Arc::new(settings));
        Ok(())
    }

    /// What it serves with.
    pub fn settings(&self) -> Arc<Settings> {
        self.settings.load_full()
    }

    /// Counters, for whoever reports on a reload that was refused.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// How it should end now that it is asked to: with notice, where somebody takes notice.
    pub fn farewell(&self) -> Farewell {
        match self.health.is_watched(Instant::now()) {
            true => Farewell::Announced,
            false => Farewell::AtOnce,
        }
    }

    /// A hold on its listening sockets, for another process. None are left once it ends.
    ///
    /// # Errors
    ///
    /// Where the system gives no more descriptors.
    pub fn sockets(&self) -> io::Result<Sockets> {
        let sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        sockets.try_clone()
    }

    /// Writes down what only this process knows, for another that goes on from here.
    pub async fn write_down(&self) {
        if let Err(error) = self.web.visits.write_last_use().await {
            tracing::warn!(%error, "when sessions were last used could not be written");
        }
    }

    /// Stops: nothing new is accepted, what is under way may end.
    pub async fn stop(&self) {
        self.leave(Farewell::AtOnce).await;
    }

    /// Comes to its end, and returns when it is over.
    pub async fn leave(&self, farewell: Farewell) {
        let half = self.settings().gateway.drain / 2;
        match farewell {
            Farewell::AtOnce => self.health.stop(),
            Farewell::Announced => {
                self.health.stop();
                self.stay(Stage::Leaving, half).await;
            }
            // Who asks this one for its health means the gateway, which is well.
            Farewell::HandedOver => {
                self.let_go();
                self.stay(Stage::HandedOver, half).await;
            }
        }
        self.let_go();
        self.stage.send_replace(Stage::Closing);
        let mut serving = self.serving.lock().await;
        while serving.join_next().await.is_some() {}
        // Last: whose session ends meanwhile is still noticed, and letters still go out.
        self.stop.send_replace(true);
        let mut tasks = self.tasks.lock().await;
        while tasks.join_next().await.is_some() {}
    }

    /// At this stage for so long, or until nobody is connected any more.
    async fn stay(&self, stage: Stage, at_most: Duration) {
        self.stage.send_replace(stage);
        let mut serving = self.serving.lock().await;
        let over = async { while serving.join_next().await.is_some() {} };
        // Both are as good: what follows looks itself.
        let _ = tokio::time::timeout(at_most, over).await;
    }

    /// As long as one hold on a socket is left, the system takes connections there that nobody answers.
    fn let_go(&self) {
        let mut sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        *sockets = Sockets::default();
    }
}

/// Health is shown until the very end, except where another process shows its own at that address.
pub(super) async fn admin_ends(mut stopped: watch::Receiver<bool>, mut stage: watch::Receiver<Stage>) {
    tokio::select! {
        _ = stopped.wait_for(|stopped| *stopped) => {}
        () = Stage::comes(&mut stage, |stage| *stage == Stage::HandedOver) => {}
    }
}
