//! A Redis that nodes share: `redis-server` of the PATH, or whatever `DOORWARD_REDIS_SERVER` names, by its
//! absolute path (another version, Valkey):
//!
//! ```sh
//! DOORWARD_REDIS_SERVER=/opt/redis-6.2/redis-server cargo test --test it -- two_nodes shared_ failover
//! DOORWARD_REDIS_SERVER=/opt/redis-6.2/redis-server cargo test --lib store::redis
//! ```
//!
//! `shared_outage::loading` slows a server down in a way that Redis 6.2 does not know yet, and
//! `shared_store::over_tls_with_a_user_of_its_own` needs one that was built with TLS.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;

use super::binary::free_address;
use super::process::Process;
use super::wait::eventually;

/// What is started; an absolute path.
const SERVER: &str = "DOORWARD_REDIS_SERVER";

/// 32 bytes in base64, the same for every node.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

/// A server on a free port, with an append-only file. Ends when it is dropped.
pub struct Redis {
    pub process: Process,
    folder: TempDir,
    pub address: SocketAddr,
}

impl Redis {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With more options: `--maxmemory-policy`, `allkeys-lru`.
    pub async fn start_with(options: &[&str]) -> Self {
        Self::start_at(free_address(), options).await
    }

    /// … on this address.
    pub async fn start_at(address: SocketAddr, options: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let process = launch(&folder, address, options);
        Self::started(process, folder, address).await
    }

    /// A Sentinel with these further lines in its configuration.
    pub async fn start_sentinel(lines: &str) -> Self {
        let (folder, address) = (TempDir::new().unwrap(), free_address());
        let (file, path) = (folder.path().join("sentinel.conf"), folder.path().display());
        let own = format!("port {}\nbind 127.0.0.1\ndir {path}\n{lines}", address.port());
        fs::write(&file, own).unwrap();
        let mut command = server();
        command.arg(&file).arg("--sentinel");
        let process = Process::start(command, folder.path(), "sentinel");
        Self::started(process, folder, address).await
    }

    async fn started(process: Process, folder: TempDir, address: SocketAddr) -> Self {
        let redis = Self {
            process,
            folder,
            address,
        };
        redis.is_up().await;
        redis
    }

    async fn is_up(&self) {
        let address = self.address;
        eventually("Redis", || async move { TcpStream::connect(address).await.ok() }).await;
    }

    /// Ends it at once, as a power cut does.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Starts it again, with what it has kept.
    pub async fn start_again(&mut self) {
        self.start_again_with(&[]).await;
    }

    /// … and these options.
    pub async fn start_again_with(&mut self, options: &[&str]) {
        self.process = launch(&self.folder, self.address, options);
        self.is_up().await;
    }

    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
    }

    /// What a configuration says to keep everything here.
    pub fn settings(&self) -> Value {
        self.settings_by(self.address)
    }

    /// … by a detour.
    pub fn settings_by(&self, address: SocketAddr) -> Value {
        json!({
            "store": { "redis": format!("redis://{address}") },
            "master_key": master_key_in(self.folder.path()),
        })
    }

    /// Makes it another one's replica.
    pub async fn follow(&self, primary: &Self) {
        self.follow_by(primary.address).await;
    }

    /// … by a detour.
    pub async fn follow_by(&self, address: SocketAddr) {
        let port = address.port().to_string();
        self.ask(&["replicaof", "127.0.0.1", &port]).await;
        eventually("replication", || async {
            self.ask(&["info", "replication"])
                .await
                .contains("master_link_status:up")
                .then_some(())
        })
        .await;
    }

    /// Stops it in its tracks, or lets it go on.
    pub fn freeze(&self, frozen: bool) {
        self.process
            .signal(if frozen { Signal::STOP } else { Signal::CONT });
    }

    /// Cuts every connection on which it tells of changes; how many there were.
    pub async fn cut_tracking(&self) -> usize {
        let mut cut = 0;
        for client in self.ask(&["client", "list"]).await.lines() {
            let field = |name: &str| client.split(' ').find_map(|it| it.strip_prefix(name));
            if field("flags=").unwrap().contains('t') {
                self.ask(&["client", "kill", "id", field("id=").unwrap()]).await;
                cut += 1;
            }
        }
        cut
    }

    /// Asks as `redis-cli` would; the answer as it prints it.
    pub async fn ask(&self, words: &[&str]) -> String {
        let mut command = Command::new("redis-cli");
        command.args(["-p", &self.address.port().to_string()]).args(words);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap())
            .await
            .unwrap();
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }
}

fn server() -> Command {
    Command::new(std::env::var_os(SERVER).unwrap_or_else(|| "redis-server".into()))
}

/// Writes the key of every installation on Redis; what a configuration says for it.
pub fn master_key_in(folder: &Path) -> String {
    let file = folder.join("master.key");
    fs::write(&file, KEY).unwrap();
    format!("file:{}", file.display())
}

fn launch(folder: &TempDir, address: SocketAddr, options: &[&str]) -> Process {
    let mut command = server();
    command
        .args(["--bind", "127.0.0.1", "--port", &address.port().to_string()])
        .arg("--dir")
        .arg(folder.path())
        .args(["--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        .args(["--repl-diskless-sync-delay", "0"])
        .args(options);
    Process::start(command, folder.path(), "redis")
}
