//! The composition root: settings in, a running gateway out.
//!
//! [`App::start`] opens everything or nothing: key, store, sockets, pages, proxy. Time and randomness
//! come from the [`World`] that is handed in; the program hands in the real ones, tests turn the
//! clock by hand and run the same code on real sockets.

mod course;
mod doors;
mod faces;
pub mod handover;
mod postmark;
mod posts;
mod upkeep;
mod visits;
mod witness;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock};

use arc_swap::{ArcSwap, ArcSwapOption};
use rustls::pki_types::CertificateDer;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::base::clock::{Clock, SteadyClock, SystemClock};
use crate::base::entropy::{Entropy, OsEntropy};
use crate::base::seal::Keyring;
use crate::base::time::Timestamp;
use crate::config::Settings;
use crate::gateway::certificates::Certificates;
use crate::gateway::listener::BindError;
use crate::gateway::pages::Pages;
use crate::gateway::site::SiteError;
use crate::gateway::sockets::Sockets;
use crate::gateway::stage::Stage;
use crate::gateway::{self, Handle, Parts};
use crate::messaging::current::Current;
use crate::messaging::sms::Sms;
use crate::messaging::smtp::Smtp;
use crate::messaging::{Messenger, SendError, TextError, TextMessenger};
use crate::observe::admin::Admin;
use crate::observe::audit::{Trail, TrailError};
use crate::observe::health::Health;
use crate::observe::log::Log;
use crate::observe::metrics::Metrics;
use crate::observe::settings::AuditSettings;
use crate::service::Desk;
use crate::service::hashing::Hashing;
use crate::service::noted::Noted;
use crate::service::seats::Seats;
use crate::service::visit;
use crate::store::folder::OpenMode;
use crate::store::key_file::KeyFile;
use crate::store::redis::{self, RedisStore};
use crate::store::settings::{Place, RedisSettings};
use crate::store::sqlite::{OpenError, SqliteStore};
use crate::store::{ReadError, Store, WriteError, master_key};
use crate::web::{self, Web};

pub use course::Farewell;
use doors::Doors;

/// What a program draws time and randomness from, and where it logs.
#[derive(Clone)]
pub struct World {
    /// Wall time.
    pub clock: Arc<dyn Clock>,
    /// What is compared with the clock of a store that has one of its own. It is `clock`, unless a test turns that by
    /// hand.
    pub machine_clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The log of requests.
    pub log: Option<Arc<Log>>,
    /// Certificate authorities that the mail server and the provider of text messages may have besides
    /// the machine's.
    pub roots: Vec<CertificateDer<'static>>,
    /// Where pages are made, if not where requests are forwarded.
    pub pages_on: Option<tokio::runtime::Handle>,
}

impl World {
    /// The real one.
    pub fn real(log: Option<Arc<Log>>) -> Self {
        Self {
            clock: Arc::new(SystemClock),
            machine_clock: Arc::new(SystemClock),
            entropy: Arc::new(OsEntropy),
            log,
            roots: Vec::new(),
            pages_on: None,
        }
    }
}

/// Why the gateway did not start. Nothing runs then.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A socket, or a certificate for it.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The admin listener's socket.
    #[error("cannot listen on {address} for health and metrics")]
    Admin {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store cannot be opened.
    #[error("cannot open the store")]
    Store(#[from] OpenError),
    /// Redis cannot be used.
    #[error("cannot open the store")]
    Redis(#[from] redis::OpenError),
    /// The master key.
    #[error(transparent)]
    Key(#[from] master_key::KeyError),
    /// The store does not answer.
    #[error("the store does not answer")]
    Read(#[from] ReadError),
    /// The store does not take anything.
    #[error("the store does not take anything")]
    Write(#[from] WriteError),
    /// A site.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The mail server's settings.
    #[error("cannot prepare mail")]
    Mail(#[from] SendError),
    /// The settings of the provider of text messages.
    #[error("cannot prepare text messages")]
    TextMessages(#[from] TextError),
    /// The audit file.
    #[error(transparent)]
    Trail(#[from] TrailError),
}

/// Everything that needs no socket: what the command line works on, too.
pub struct Office {
    /// The stories.
    pub desk: Arc<Desk>,
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// The way to the mail server, which a reload replaces.
    pub mail: Arc<Current>,
    /// The key file, held: a rotation waits for whoever has not taken up the newest one.
    pub key_file: Option<KeyFile>,
}

/// A running gateway.
pub struct App {
    /// The stories.
    pub desk: Arc<Desk>,
    /// Where it listens.
    pub addresses: Vec<SocketAddr>,
    /// Where health and metrics are shown.
    pub admin: SocketAddr,
    web: Arc<Web>,
    handle: Handle,
    metrics: Arc<Metrics>,
    mail: Arc<Current>,
    world: World,
    settings: ArcSwap<Settings>,
    health: Arc<Health>,
    certificates: Vec<Arc<Certificates>>,
    sockets: Mutex<Sockets>,
    stage: watch::Sender<Stage>,
    serving: tokio::sync::Mutex<JoinSet<()>>,
    stop: watch::Sender<bool>,
    tasks: tokio::sync::Mutex<JoinSet<()>>,
}

/// Opens key and store, and puts the stories on top.
///
/// # Errors
///
/// [`StartError`].
pub async fn open_office(settings: &Settings, world: &World, mode: OpenMode) -> Result<Office, StartError> {
    let (store, keys) = open_store(settings, world, mode, Silence::Fails).await?;
    let newest = store.newest_time(world.clock.now()).await?;
    // What only looks leaves no file behind: it would be its user's, and not the gateway's.
    let audit = match mode {
        OpenMode::Create => settings.observe.audit.clone(),
        OpenMode::Existing => AuditSettings {
            file: None,
            ..settings.observe.audit.clone()
        },
    };
    furnish(settings, world, (store, keys), &audit, newest).await
}

/// What a store that lies elsewhere and does not answer at the start is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Silence {
    /// A reason to give up: somebody is waiting for an outcome.
    Fails,
    /// An outage like any other: nobody is let in until it is over.
    Passes,
}

/// As [`open_office`], for the gateway itself: where Redis does not answer it starts all the same.
async fn open_gateway_office(settings: &Settings, world: &World) -> Result<Office, StartError> {
    let (store, keys) = open_store(settings, world, OpenMode::Create, Silence::Passes).await?;
    let now = world.clock.now();
    let newest = match store.newest_time(now).await {
        // Looked at again as soon as there is an answer.
        Err(WriteError::Unavailable(_)) if matches!(settings.store.place, Place::Redis(_)) => now,
        newest => newest?,
    };
    furnish(settings, world, (store, keys), &settings.observe.audit, newest).await
}

async fn furnish(
    settings: &Settings,
    world: &World,
    (store, keys): (Arc<dyn Store>, Arc<Keyring>),
    audit: &AuditSettings,
    newest: Timestamp,
) -> Result<Office, StartError> {
    let metrics = Arc::new(Metrics::new(env!("CARGO_PKG_VERSION")));
    let trail = Arc::new(Trail::open(audit, Arc::clone(&metrics))?);
    let key_file = KeyFile::hold(&settings.store, &*store, &keys).await?;
    let mail = Arc::new(Current::new(messenger_of(settings, world)?));
    let messenger = Arc::clone(&mail) as Arc<dyn Messenger>;
    let messenger: Arc<dyn Messenger> = Arc::new(postmark::Postmark::new(messenger, Arc::clone(&metrics)));
    let text_messenger = text_messenger_of(settings, &world.roots, &metrics)?;
    let clock = Arc::new(SteadyClock::new(Arc::clone(&world.clock)));
    clock.at_least(newest);
    let desk = Desk {
        store,
        keys,
        clock,
        entropy: Arc::clone(&world.entropy),
        messenger,
        text_messenger: ArcSwapOption::new(text_messenger.map(Arc::new)),
        hashing: Hashing::start(settings.service.hashing, Arc::clone(&world.entropy)),
        seats: Seats::default(),
        trail,
        noted: Noted::default(),
        letters: Arc::new(Notify::new()),
        rules: ArcSwap::from_pointee(settings.identity.clone()),
        house_names: ArcSwap::from_pointee(house_names(settings)),
    };
    desk.trust_wall_clock();
    Ok(Office {
        desk: Arc::new(desk),
        metrics,
        mail,
        key_file,
    })
}

async fn open_store(
    settings: &Settings,
    world: &World,
    mode: OpenMode,
    silence: Silence,
) -> Result<(Arc<dyn Store>, Arc<Keyring>), StartError> {
    let folder = &settings.store.state;
    let setting = &settings.store.master_key;
    // A command that only looks makes nothing: what it made would be its user's, not the service's.
    let keys = match mode {
        OpenMode::Create => master_key::load(folder, setting, &*world.entropy)?,
        OpenMode::Existing => master_key::load_existing(folder, setting)?,
    };
    let keys = Arc::new(keys);
    let place = &settings.store.place;
    let store = open_place(place, folder, &keys, &world.machine_clock, mode, silence).await?;
    Ok((store, keys))
}

async fn open_place(
    place: &Place,
    folder: &Path,
    keys: &Arc<Keyring>,
    clock: &Arc<dyn Clock>,
    mode: OpenMode,
    silence: Silence,
) -> Result<Arc<dyn Store>, StartError> {
    Ok(match place {
        Place::Embedded => {
            let store = SqliteStore::open(folder, mode)?;
            master_key::verify(&store, keys).await?;
            Arc::new(store)
        }
        // It looks at the key itself, whenever it connects.
        Place::Redis(redis) => Arc::new(open_redis(redis, keys, clock, silence).await?),
    })
}

/// Opens another store than the configured one, for the same master key, and makes it where there is none. An
/// embedded one lies in `folder`.
///
/// # Errors
///
/// [`StartError`].
pub async fn open_other_store(
    place: &Place,
    folder: &Path,
    keys: &Arc<Keyring>,
) -> Result<Arc<dyn Store>, StartError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    open_place(place, folder, keys, &clock, OpenMode::Create, Silence::Fails).await
}

async fn open_redis(
    settings: &RedisSettings,
    keys: &Arc<Keyring>,
    clock: &Arc<dyn Clock>,
    silence: Silence,
) -> Result<RedisStore, redis::OpenError> {
    let store = RedisStore::new(settings, Some(Arc::clone(keys)), Some(Arc::clone(clock)));
    match store.connect().await {
        Err(error) if error.may_pass() && silence == Silence::Passes => {
            tracing::error!(error = %error.words(), "nobody is let in until the store answers");
        }
        outcome => outcome?,
    }
    Ok(store)
}

/// The way to the mail server.
///
/// # Errors
///
/// [`StartError::Mail`] if its settings cannot be used.
pub fn messenger_of(settings: &Settings, world: &World) -> Result<Box<dyn Messenger>, StartError> {
    let smtp = Smtp::trusting(
        &world.roots,
        settings.messaging.clone(),
        &settings.web.prefix,
        Arc::clone(&settings.catalog),
        Arc::clone(&world.clock),
    )?;
    Ok(Box::new(smtp))
}

/// The way to the provider of text messages, if there is one.
fn text_messenger_of(
    settings: &Settings,
    roots: &[CertificateDer<'static>],
    metrics: &Arc<Metrics>,
) -> Result<Option<Arc<dyn TextMessenger>>, StartError> {
    let Some(provider) = settings.messaging.sms.clone() else {
        return Ok(None);
    };
    let sms = Sms::trusting(
        roots,
        provider,
        &settings.web.brand.name,
        Arc::clone(&settings.catalog),
    )?;
    let sms: Arc<dyn TextMessenger> = Arc::new(sms);
    Ok(Some(Arc::new(postmark::Postmark::new(sms, Arc::clone(metrics)))))
}

/// What a guesser of any account here would try first.
fn house_names(settings: &Settings) -> Vec<String> {
    let mut names = vec![settings.web.brand.name.clone()];
    names.extend(settings.gateway.sites.iter().map(|site| site.host.clone()));
    names
}

impl App {
    /// Starts everything, or nothing.
    ///
    /// # Errors
    ///
    /// [`StartError`] says what stood in the way.
    pub async fn start(settings: Settings, world: World) -> Result<Self, StartError> {
        Self::start_on(Sockets::default(), settings, world).await
    }

    /// The same, on sockets that another process has listened on where they are among `sockets`. When it
    /// returns, connections are accepted and answered.
    ///
    /// # Errors
    ///
    /// [`StartError`]. The sockets stay with the other process then.
    pub async fn start_on(sockets: Sockets, settings: Settings, world: World) -> Result<Self, StartError> {
        let doors = Doors::open(sockets, &settings.gateway)?;
        let office = open_gateway_office(&settings, &world).await?;
        let Office {
            desk,
            metrics,
            mail,
            key_file,
        } = office;
        let visits = Arc::new(visit::Visits::new(Arc::clone(&desk)));
        let handle_cell: Arc<OnceLock<Handle>> = Arc::default();
        let web = Arc::new(pages(&settings, &desk, &visits, Arc::clone(&handle_cell)));
        let health = Arc::new(Health::default());
        let witness = Arc::new(witness::Witness {
            log: world.log.clone(),
            metrics: Arc::clone(&metrics),
            trail: Arc::clone(&desk.trail),
            health: Arc::clone(&health),
            clock: Arc::clone(&world.clock),
        });
        let steady: Arc<dyn Clock> = Arc::clone(&desk.clock) as Arc<dyn Clock>;
        let parts = Parts {
            visits: Arc::new(visits::Visits::new(Arc::clone(&visits), Arc::clone(&desk))),
            posts: Arc::new(posts::Posts::new(Arc::clone(&desk), Arc::clone(&visits))),
            faces: Arc::new(faces::Faces::new(Arc::clone(&web))),
            witness: Arc::clone(&witness) as Arc<dyn gateway::ports::Witness>,
            pages: Pages::on(web::router(Arc::clone(&web)), world.pages_on.clone()),
            clock: Arc::clone(&steady),
            form_body: settings.web.form_body,
        };
        let (reception, handle) = gateway::assemble(&settings.gateway, parts, &*world.entropy).await?;
        let _ = handle_cell.set(handle.clone());
        let (stop, stopped) = watch::channel(false);
        let (stage, at_stage) = watch::channel(Stage::Open);
        let (mut serving, mut tasks) = (JoinSet::new(), JoinSet::new());
        serving.spawn(reception.serve(doors.bound, at_stage.clone()));
        let upkeep = Arc::new(upkeep::Upkeep {
            desk: Arc::clone(&desk),
            key_file: key_file.map(tokio::sync::Mutex::new),
            visits: Arc::clone(&visits),
            health: Arc::clone(&health),
            metrics: Arc::clone(&metrics),
            takes: AtomicBool::new(true),
            events_for: settings.observe.audit.keep,
            portals: handle.clone(),
            certificates: doors.certificates.clone(),
        });
        tasks.spawn(Arc::clone(&upkeep).run(stopped.clone()));
        tasks.spawn(upkeep.watch(stopped.clone()));
        tasks.spawn(outbox(&desk, Arc::clone(&witness) as _, steady, stopped.clone()));
        let admin = Arc::new(Admin {
            metrics: Arc::clone(&metrics),
            health: Arc::clone(&health),
            token: settings.gateway.admin.token.clone(),
        });
        tasks.spawn(admin.serve(doors.admin, course::admin_ends(stopped, at_stage)));
        Ok(Self {
            desk,
            addresses: doors.addresses,
            admin: doors.admin_address,
            web,
            handle,
            metrics,
            mail,
            world,
            settings: ArcSwap::from_pointee(settings),
            health,
            certificates: doors.certificates,
            sockets: Mutex::new(doors.sockets),
            stage,
            serving: tokio::sync::Mutex::new(serving),
            stop,
            tasks: tokio::sync::Mutex::new(tasks),
        })
    }
}

fn outbox(
    desk: &Arc<Desk>,
    watcher: Arc<dyn crate::messaging::outbox::Watcher>,
    clock: Arc<dyn Clock>,
    stop: watch::Receiver<bool>,
) -> impl Future<Output = ()> + Send + 'static {
    let outbox = crate::messaging::outbox::Outbox {
        queue: Arc::new(crate::service::outbox::StoredLetters::new(Arc::clone(desk))),
        messenger: Arc::clone(&desk.messenger),
        watcher,
        clock,
    };
    let wake = Arc::clone(&desk.letters);
    async move { outbox.run(&wake, stop).await }
}

fn pages(
    settings: &Settings,
    desk: &Arc<Desk>,
    visits: &Arc<visit::Visits>,
    handle: Arc<OnceLock<Handle>>,
) -> Web {
    let rules_of = Arc::clone(desk);
    Web {
        desk: Arc::clone(desk),
        visits: Arc::clone(visits),
        settings: ArcSwap::from_pointee(settings.web.clone()),
        zone: ArcSwap::from_pointee(settings.web.time_zone.clone().into()),
        catalog: ArcSwap::new(Arc::clone(&settings.catalog)),
        lacks: Box::new(move |visitor, arrival, wanted| {
            let rules = rules_of.rules.load();
            let now = rules_of.now();
            let standing = visitor.standing(&rules, now);
            handle
                .get()
                .and_then(|handle| handle.missing(arrival, wanted, &standing, now))
        }),
    }
}
