//! A Redis that nodes share.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;

use rustix::process::Signal;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;

use super::binary::free_address;
use super::process::Process;
use super::wait::eventually;

/// 32 bytes in base64, the same for every node.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n";

/// Debian's `redis-server` on a free port, with an append-only file. Ends when it is dropped.
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
        let (folder, address) = (TempDir::new().unwrap(), free_address());
        let process = launch(&folder, address, options);
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
        let key = self.folder.path().join("master.key");
        fs::write(&key, KEY).unwrap();
        json!({
            "store": { "redis": format!("redis://{address}") },
            "master_key": format!("file:{}", key.display()),
        })
    }

    /// Makes it another one's replica.
    pub async fn follow(&self, primary: &Self) {
        let port = primary.address.port().to_string();
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

fn launch(folder: &TempDir, address: SocketAddr, options: &[&str]) -> Process {
    let mut command = Command::new("redis-server");
    command
        .args(["--bind", "127.0.0.1", "--port", &address.port().to_string()])
        .arg("--dir")
        .arg(folder.path())
        .args(["--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        .args(["--repl-diskless-sync-delay", "0"])
        .args(options);
    Process::start(command, folder.path(), "redis")
}
