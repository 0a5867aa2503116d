//! A Redis that nodes share.

use std::net::SocketAddr;
use std::process::Command;

use tempfile::TempDir;
use tokio::net::TcpStream;

use super::binary::free_address;
use super::process::Process;
use super::wait::eventually;

/// Debian's `redis-server` on a free port, with an append-only file. Ends when it is dropped.
pub struct Redis {
    pub process: Process,
    folder: TempDir,
    address: SocketAddr,
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
        self.process = launch(&self.folder, self.address, &[]);
        self.is_up().await;
    }

    pub fn url(&self) -> String {
        format!("redis://{}", self.address)
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
        .args(options);
    Process::start(command, folder.path(), "redis")
}
