//! `doorward demo`: everything at once, nothing kept.
//!
//! The sample portal, the gateway in front of it with the repository's `config.yaml`, two accounts,
//! and a mailbox page that shows every letter and text message as it arrives. Only what has to be is
//! replaced in the configuration: where things are kept, the mail server, the portal's port, the sockets;
//! and text messages, which are off in the file for want of a provider, are on.

pub mod mailbox;
pub mod portal;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::{App, World};
use crate::base::clock::{Clock, SystemClock};
use crate::base::entropy::{self, OsEntropy};
use crate::base::id::AccountId;
use crate::config::{self, Machine, Settings};
use crate::gateway::settings::{ListenerSetting, UpstreamSetting};
use crate::identity::account::{Account, EmailAddress, Group, Password};
use crate::identity::password::Typed;
use crate::identity::settings::SmsSettings;
use crate::messaging::settings::{MailSecurity, MailServer};
use crate::messaging::sms::{Escaping, Provider, Template};
use crate::observe::log::Log;
use crate::observe::settings::{LogLevel, LogSettings};
use crate::service::Desk;
use crate::store::Change;
use mailbox::Mailbox;

/// Where the demo listens.
#[derive(Debug, Args)]
pub struct Options {
    /// Where the portal is shown. The mailbox takes the port after it.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
}

/// Somebody who lives in the demo.
struct Resident {
    email: &'static str,
    first_name: &'static str,
    last_name: &'static str,
    password: &'static str,
    groups: &'static [&'static str],
    what_to_try: &'static str,
}

const RESIDENTS: [Resident; 2] = [
    Resident {
        email: "anna@example.com",
        first_name: "Anna",
        last_name: "Berg",
        password: "demo anna demo portal",
        groups: &["admins"],
        what_to_try: "a code by email; may see /admin/",
    },
    Resident {
        email: "ben@example.com",
        first_name: "Ben",
        last_name: "Ott",
        password: "demo ben demo portal",
        groups: &[],
        what_to_try: "set up an app under Account",
    },
];

/// Runs until Ctrl-C.
///
/// # Errors
///
/// A busy port, say.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let quiet = LogSettings {
        level: LogLevel::Warn,
        ..LogSettings::default()
    };
    let log = Arc::new(Log::install(quiet, Arc::clone(&clock))?);
    let state = Scratch::make()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(serve(options, &state, &log, clock));
    log.flush();
    done
}

async fn serve(
    options: &Options,
    state: &Scratch,
    log: &Arc<Log>,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<()> {
    let portal = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let smtp = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let phones = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let mailbox_at = SocketAddr::new(
        options.listen.ip(),
        options
            .listen
            .port()
            .checked_add(1)
            .context("there is no port after 65535 for the mailbox")?,
    );
    let shown = listen(mailbox_at).await?;
    let mut settings = settings(options.listen, &state.0, portal.local_addr()?, smtp.local_addr()?)?;
    text_messages(&mut settings, phones.local_addr()?);
    let origin = settings
        .gateway
        .sites
        .first()
        .map(|site| site.origin.clone())
        .unwrap_or_default();
    let (stop, stopped) = watch::channel(false);
    let mailbox = Mailbox::new(clock);
    tokio::spawn(portal::serve(portal, over(stopped.clone())));
    tokio::spawn(Arc::clone(&mailbox).receive(smtp, over(stopped.clone())));
    tokio::spawn(Arc::clone(&mailbox).receive_texts(phones, over(stopped.clone())));
    tokio::spawn(mailbox.show(shown, over(stopped)));
    let app = App::start(settings, World::real(Some(Arc::clone(log)))).await?;
    for resident in &RESIDENTS {
        move_in(&app.desk, resident).await?;
    }
    announce(&origin, mailbox_at);
    tokio::signal::ctrl_c().await?;
    println!("\nStopping. Nothing is kept.");
    stop.send_replace(true);
    app.stop().await;
    Ok(())
}

async fn over(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => anyhow!(
                "{address} is in use by another program; name other ports with --listen 127.0.0.1:9000"
            ),
            _ => anyhow!("cannot listen on {address}: {error}"),
        })
}

/// The repository's configuration, with what has to be replaced.
fn settings(at: SocketAddr, state: &Path, portal: SocketAddr, smtp: SocketAddr) -> anyhow::Result<Settings> {
    let loaded = config::parse(config::DEFAULT_FILE, "config.yaml", state, &Machine)
        .map_err(|report| anyhow!("{report}"))?;
    let mut settings = loaded.settings;
    settings.gateway.listeners = vec![ListenerSetting::plain(at)];
    settings.gateway.admin.address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    settings.store.state = state.to_path_buf();
    settings.messaging.server = MailServer {
        host: smtp.ip().to_string(),
        port: smtp.port(),
        security: MailSecurity::Loopback,
        login: None,
    };
    for site in &mut settings.gateway.sites {
        site.upstream = UpstreamSetting::plain(&portal.ip().to_string(), portal.port());
        // On another address than this machine the host in the browser is that address.
        let host = if at.ip().is_loopback() {
            site.host.clone()
        } else {
            at.ip().to_string()
        };
        site.origin = format!("http://{host}:{}", at.port());
        site.host = host;
    }
    Ok(settings)
}

/// Switches text messages on, by way of the mailbox.
fn text_messages(settings: &mut Settings, phones: SocketAddr) {
    let read = |text: &str| Template::read(text, Escaping::Percent).ok();
    let (url, body) = (
        read(&format!("http://{phones}/")),
        read("from={from}&to={to}&text={text}"),
    );
    settings.messaging.sms = url.map(|url| Provider {
        url,
        method: http::Method::POST,
        headers: Vec::new(),
        body,
        content_type: "application/x-www-form-urlencoded".to_owned(),
        from: Some("Portal".to_owned()),
    });
    settings.identity.second_factor.sms = Some(SmsSettings::default());
}

async fn move_in(desk: &Desk, resident: &Resident) -> anyhow::Result<()> {
    let now = desk.now();
    let mut account = Account::new(
        AccountId::draw(&*desk.entropy),
        EmailAddress::parse(resident.email)?,
        now,
    );
    resident.first_name.clone_into(&mut account.first_name);
    resident.last_name.clone_into(&mut account.last_name);
    account.groups = resident
        .groups
        .iter()
        .filter_map(|name| Group::parse(name))
        .collect();
    let cost = desk.rules.load().passwords.hash;
    let hash = desk.hashing.hash(Typed::new(resident.password)?, cost).await?;
    account.password = Some(Password { hash, changed: now });
    desk.commit(vec![Change::CreateAccount(account)], now).await?;
    Ok(())
}

fn announce(origin: &str, mailbox: SocketAddr) {
    let mailbox_host = if mailbox.ip().is_loopback() {
        "localhost".to_owned()
    } else {
        mailbox.ip().to_string()
    };
    println!("Demo (a demonstration: nothing is kept; stop with Ctrl-C)\n");
    println!("  Portal    {origin}/");
    println!(
        "  Mailbox   http://{mailbox_host}:{}/        every mail and text message, newest first\n",
        mailbox.port()
    );
    for resident in &RESIDENTS {
        println!(
            "  {:<18} {:<24} {}",
            resident.email, resident.password, resident.what_to_try
        );
    }
    println!("\nWhat to try");
    println!("  1. Open the portal, sign in as Anna, and take the code from the mailbox.");
    println!("  2. Look at {origin}/headers: what the portal is told about her.");
    println!("  3. Under Account, set up an authenticator app and recovery codes; sign out and in again.");
    println!(
        "  4. Add a phone number there, sign out, and sign in with \"Try another way\": the text message"
    );
    println!("     arrives in the mailbox. Any mobile number will do; nothing leaves this machine.");
    println!("  5. Open {origin}/public/ in a private window: a rule lets everybody in there.");
}

/// A folder that goes with the process.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn make() -> anyhow::Result<Self> {
        let name = data_encoding::HEXLOWER.encode(&entropy::bytes::<8>(&OsEntropy));
        let path = std::env::temp_dir().join(format!("doorward-demo-{name}"));
        std::fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        let open = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o700);
        std::fs::set_permissions(&path, open)?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind is a temporary folder of throw-away accounts.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
