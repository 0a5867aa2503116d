//! The shipped program: started as an operator starts it, with a configuration file in a folder of its own.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;

use super::client::Client;
use super::process::Process;
use super::smtp::Smtp;
use super::wait::eventually;

/// A folder with a configuration and what the program keeps, and the means to run the program there.
pub struct Installation {
    pub folder: TempDir,
    pub address: SocketAddr,
    pub admin: SocketAddr,
    /// The first site's origin.
    pub origin: String,
    pub config: Value,
}

/// A running gateway. Killed when it is dropped.
pub struct Binary {
    pub process: Process,
    address: SocketAddr,
    origin: String,
}

impl Installation {
    /// One site, `http://localhost:PORT`, before `upstream`, with mail to `smtp`. `changes` are laid over that: maps
    /// are merged, everything else (lists, too) is replaced, `null` removes a key. A site without a URL gets that one.
    pub fn new(upstream: &str, smtp: &Smtp, changes: &Value) -> Self {
        let folder = TempDir::new().unwrap();
        let (address, admin) = (free_address(), free_address());
        let origin = format!("http://localhost:{}", address.port());
        let mut config = json!({
            "listen": address.to_string(),
            "state": folder.path().join("state"),
            "sites": [{ "url": origin, "upstream": upstream }],
            "mail": { "from": "Portal <no-reply@portal.test>", "smtp": smtp.url() },
            "passwords": { "hash": { "memory": "19MiB", "passes": 2, "lanes": 1 } },
            "admin": { "listen": admin.to_string() },
        });
        merge(&mut config, changes);
        if config["sites"][0]["url"].is_null() {
            config["sites"][0]["url"] = origin.clone().into();
        }
        let origin = config["sites"][0]["url"].as_str().map_or(origin, str::to_owned);
        let installation = Self {
            folder,
            address,
            admin,
            origin,
            config,
        };
        installation.write_config();
        installation
    }

    pub fn config_path(&self) -> PathBuf {
        self.folder.path().join("config.yaml")
    }

    /// Writes the configuration (JSON is YAML), by a rename as careful editors do it.
    pub fn write_config(&self) {
        self.write_config_text(&serde_json::to_string_pretty(&self.config).unwrap());
    }

    pub fn write_config_text(&self, text: &str) {
        let new = self.folder.path().join("config.new");
        fs::write(&new, text).unwrap();
        fs::rename(&new, self.config_path()).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_doorward"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("NO_COLOR", "1")
            .env("DOORWARD_CONFIG", self.config_path());
        command
    }

    /// Runs a verb to its end, with `input` on its standard input.
    pub async fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        let input = input.to_owned();
        let run = move || {
            let mut child = command
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            // A verb that reads nothing may be gone already.
            let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
            child.wait_with_output().unwrap()
        };
        tokio::task::spawn_blocking(run).await.unwrap()
    }

    /// Runs a verb that must succeed; what it printed.
    pub async fn succeed(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input).await;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{arguments:?}: {}\n{printed}{errors}",
            output.status
        );
        printed
    }

    /// Adds an account with a password, as an operator does it.
    pub async fn add_account(&self, email: &str, password: &str, options: &[&str]) {
        let arguments = [&["user", "add", email, "--password-stdin"], options].concat();
        self.succeed(&arguments, &format!("{password}\n")).await;
    }

    /// Starts the gateway and waits until it accepts connections.
    pub async fn start(&self) -> Binary {
        let mut binary = self.launch();
        let address = self.address;
        eventually("the gateway's listener", || {
            if let Some(status) = binary.process.has_ended() {
                panic!("the gateway ended with {status}\n{}", binary.log());
            }
            async move { TcpStream::connect(address).await.ok() }
        })
        .await;
        binary
    }

    /// Starts the gateway without waiting for anything.
    pub fn launch(&self) -> Binary {
        let process = Process::start(self.command(&["run"]), self.folder.path(), "doorward");
        Binary {
            process,
            address: self.address,
            origin: self.origin.clone(),
        }
    }
}

impl Binary {
    /// A new browser profile at the first site.
    pub fn client(&self) -> Client {
        Client::new(&self.origin, self.address)
    }

    /// Everything it has printed.
    pub fn log(&self) -> String {
        self.process.stdout() + &self.process.stderr()
    }

    pub fn reload(&self) {
        self.process.signal(Signal::HUP);
    }

    /// SIGTERM, and waits for its end.
    pub async fn stop(&mut self) -> ExitStatus {
        self.process.signal(Signal::TERM);
        self.process.ended().await
    }
}

/// An address on loopback that nobody listens on just now. Its port is below those that the kernel gives to
/// outgoing connections, one of which could have it by the time somebody listens.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    const PORTS: Range<u16> = 20_000..32_000;
    let begin = std::process::id() as usize * 97;
    loop {
        let count = usize::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + ((begin + count) % PORTS.len()) as u16;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

/// Lays `changes` over `base`.
pub fn merge(base: &mut Value, changes: &Value) {
    match (base, changes) {
        (Value::Object(base), Value::Object(changes)) => {
            for (key, change) in changes {
                if change.is_null() {
                    base.remove(key);
                } else {
                    merge(base.entry(key).or_insert(Value::Null), change);
                }
            }
        }
        (base, changes) => base.clone_from(changes),
    }
}
