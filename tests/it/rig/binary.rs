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
    /// The authority whose certificates the machine trusts, if not the machine's own.
    pub trusting: Option<PathBuf>,
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
            trusting: None,
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
        if let Some(authority) = &self.trusting {
            command.env("SSL_CERT_FILE", authority);
        }
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
        binary.accepts().await;
        binary
    }

    /// Writes a configuration for a second gateway on the same state, with sockets of its own; its file, and
    /// where that one listens.
    pub fn write_config_beside(&self) -> (PathBuf, SocketAddr) {
        let address = free_address();
        let mut config = self.config.clone();
        config["listen"] = address.to_string().into();
        config["admin"]["listen"] = free_address().to_string().into();
        let path = self.folder.path().join("beside.yaml");
        fs::write(&path, serde_json::to_string_pretty(&config).unwrap()).unwrap();
        (path, address)
    }

    /// Starts a second gateway for the same site on the same state, with sockets of its own.
    pub async fn start_beside(&self) -> Binary {
        let (path, address) = self.write_config_beside();
        let mut command = self.command(&["run"]);
        command.env("DOORWARD_CONFIG", &path);
        let mut binary = Binary {
            process: Process::start(command, self.folder.path(), "beside"),
            address,
            origin: self.origin.clone(),
        };
        binary.accepts().await;
        binary
    }

    /// Starts the gateway with its state on a disk of so many KiB, which it alone sees.
    pub async fn start_on_small_disk(&self, kib: u32) -> Binary {
        let state = self.config["state"].as_str().unwrap();
        fs::create_dir_all(state).unwrap();
        let script = format!("mount -t tmpfs -o size={kib}k,mode=0700 small '{state}' && exec \"$0\" run");
        let mut command = Command::new("unshare");
        let program = env!("CARGO_BIN_EXE_doorward");
        command
            .args(["-m", "sh", "-c", &script, program])
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .env("DOORWARD_CONFIG", self.config_path());
        let mut binary = Binary {
            process: Process::start(command, self.folder.path(), "doorward"),
            address: self.address,
            origin: self.origin.clone(),
        };
        binary.accepts().await;
        binary
    }

    /// Starts a verb without waiting for its end.
    pub fn launch_verb(&self, arguments: &[&str], name: &str) -> Process {
        Process::start(self.command(arguments), self.folder.path(), name)
    }

    /// Starts the gateway without waiting for anything.
    pub fn launch(&self) -> Binary {
        self.launch_as("doorward", &["run"], &[])
    }

    /// … with these arguments and variables; its log is `name`'s.
    pub fn launch_as(&self, name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Binary {
        let mut command = self.command(arguments);
        command.envs(variables.iter().copied());
        Binary {
            process: Process::start(command, self.folder.path(), name),
            address: self.address,
            origin: self.origin.clone(),
        }
    }
}

impl Binary {
    /// Returns once it accepts connections.
    async fn accepts(&mut self) {
        let address = self.address;
        eventually("the gateway's listener", || {
            if let Some(status) = self.process.has_ended() {
                panic!("the gateway ended with {status}\n{}", self.log());
            }
            async move { TcpStream::connect(address).await.ok() }
        })
        .await;
    }

    /// A new browser profile at the first site.
    pub fn client(&self) -> Client {
        Client::new(&self.origin, self.address)
    }

    /// Everything it has printed.
    pub fn log(&self) -> String {
        self.process.stdout() + &self.process.stderr()
    }

    /// Waits until its log says so.
    pub async fn says(&mut self, what: &str) {
        let mut read = 0;
        eventually(what, || {
            // Under load a log grows fast: what was read is not read again, besides half a line.
            let news = self.process.stderr_from(read);
            let said = news.contains(what);
            read += news.rfind('\n').map_or(0, |end| end as u64 + 1);
            if !said && let Some(status) = self.process.has_ended() {
                panic!("{what}: the gateway ended with {status}\n{}", self.log());
            }
            std::future::ready(said.then_some(()))
        })
        .await;
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
