//! A Redis of one's own on a free port, gone with the test: `redis-server` of the PATH, or whatever
//! `DOORWARD_REDIS_SERVER` names, by its absolute path (another version, Valkey).

use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::ops::Range;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::store::settings::{Address, RedisSettings, Through};

/// How far above its own port a node of a Cluster has the one for the others.
const BUS: u16 = 10_000;

/// Runs until it is dropped, or until the test process ends, however that ends.
pub(super) struct Server {
    shell: Child,
    folder: TempDir,
    port: u16,
}

impl Server {
    pub(super) fn start(options: &[&str]) -> Self {
        Self::start_somewhere(|port, folder| Self::start_on(port, folder, options))
    }

    /// A node that is to be one of a Cluster. The nodes talk to each other on a port that lies above its own.
    pub(super) fn start_in_cluster() -> Self {
        Self::start_somewhere(|port, folder| {
            TcpListener::bind(("127.0.0.1", port + BUS)).ok()?;
            let options = ["--cluster-enabled", "yes", "--cluster-node-timeout", "2000"];
            Self::start_on(port, folder, &options)
        })
    }

    /// A Sentinel that watches `primary` under the name `main`; two of them decide.
    pub(super) fn start_sentinel(primary: &Self) -> Self {
        Self::start_somewhere(|port, folder| {
            let path = folder.path();
            let lines = format!(
                "port {port}\nbind 127.0.0.1\ndir {0}\npidfile {0}/pid\nsentinel monitor main 127.0.0.1 {1} 2\n\
                 sentinel down-after-milliseconds main 1000\nsentinel failover-timeout main 5000\n",
                path.display(),
                primary.port
            );
            std::fs::write(path.join("sentinel.conf"), lines).unwrap();
            Self::launch(port, folder, "\"$0\" \"$2/sentinel.conf\" --sentinel", &[])
        })
    }

    /// Where nobody listens.
    pub(super) fn nowhere() -> Address {
        Address {
            host: "127.0.0.1".to_owned(),
            port: free_port(),
        }
    }

    fn start_somewhere(start: impl Fn(u16, TempDir) -> Option<Self>) -> Self {
        for _ in 0..10 {
            // Somebody else may have taken the port since; then it ends at once.
            if let Some(server) = start(free_port(), TempDir::new().unwrap()) {
                return server;
            }
        }
        panic!("redis-server does not start (run `make test`, which installs it)");
    }

    fn start_on(port: u16, folder: TempDir, options: &[&str]) -> Option<Self> {
        let server = "\"$0\" --port \"$1\" --bind 127.0.0.1 --dir \"$2\" --save '' --daemonize no \
                      --appendonly no --pidfile \"$2/pid\" --repl-diskless-sync-delay 0 \"${@:3}\"";
        Self::launch(port, folder, server, options)
    }

    fn launch(port: u16, folder: TempDir, server: &str, options: &[&str]) -> Option<Self> {
        // The shell ends the server when its standard input closes.
        let script = format!("{server} >\"$2/log\" 2>&1 </dev/null & cat >/dev/null; kill -9 $!");
        let mut command = Command::new("/bin/bash");
        command
            .args(["-c", &script])
            .arg(std::env::var_os("DOORWARD_REDIS_SERVER").unwrap_or_else(|| "redis-server".into()))
            .arg(port.to_string())
            .arg(folder.path())
            .args(options)
            .stdin(Stdio::piped());
        let server = Self {
            shell: command.spawn().unwrap(),
            folder,
            port,
        };
        server.is_up().then_some(server)
    }

    fn is_up(&self) -> bool {
        let until = Instant::now() + Duration::from_secs(10);
        while Instant::now() < until {
            let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
            if (log.contains("Ready to accept connections") || log.contains("+monitor master"))
                && TcpStream::connect(("127.0.0.1", self.port)).is_ok()
            {
                return true;
            }
            if log.contains("Failed listening") || log.contains("FATAL") || log.contains("not found") {
                break;
            }
            sleep(Duration::from_millis(5));
        }
        false
    }

    /// Ends it, as a power cut would, and gives back what starts it again in the same place.
    pub(super) fn kill(mut self) -> impl FnOnce() -> Self {
        self.end();
        let port = self.port;
        move || Self::start_on(port, TempDir::new().unwrap(), &[]).expect("its port is still free")
    }

    fn end(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Ends it at once, and for good.
    pub(super) fn stop(&self) {
        kill_process(self.process(), Signal::KILL).unwrap();
    }

    /// Makes it another one's replica.
    pub(super) fn follow(&self, primary: &Self) {
        self.ask(&["replicaof", "127.0.0.1", &primary.port.to_string()]);
        let until = Instant::now() + Duration::from_secs(10);
        while !self
            .ask(&["info", "replication"])
            .contains("master_link_status:up")
        {
            assert!(Instant::now() < until, "it does not follow");
            sleep(Duration::from_millis(20));
        }
    }

    /// Stops it in its tracks, or lets it go on.
    pub(super) fn freeze(&self, frozen: bool) {
        let process = self.process();
        let signal = if frozen { Signal::STOP } else { Signal::CONT };
        kill_process(process, signal).unwrap();
    }

    fn process(&self) -> Pid {
        let text = std::fs::read_to_string(self.folder.path().join("pid")).unwrap();
        Pid::from_raw(text.trim().parse().unwrap()).unwrap()
    }

    pub(super) fn settings(&self) -> RedisSettings {
        RedisSettings {
            address: Address {
                host: "127.0.0.1".to_owned(),
                port: self.port,
            },
            tls: false,
            through: Through::Nothing,
            user: None,
            password: None,
            database: 0,
            wait_replicas: 0,
        }
    }

    /// Asks as `redis-cli` would; the answer as it prints it.
    pub(super) fn ask(&self, words: &[&str]) -> String {
        let mut asked = Command::new("redis-cli")
            .args(["-p", &self.port.to_string()])
            .args(words)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut answer = String::new();
        asked.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
        assert!(asked.wait().unwrap().success(), "{words:?}: {answer}");
        answer.trim_end().to_owned()
    }
}

/// Below the ports that the kernel gives to outgoing connections, one of which could have it by the time the
/// server listens.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    const PORTS: Range<u16> = 10_000..20_000;
    let begin = std::process::id() as usize * 97;
    loop {
        let count = usize::from(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = PORTS.start + ((begin + count) % PORTS.len()) as u16;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
