//! What the service manager is told, where there is one that listens (sd_notify(3)).
//!
//! Its manners are those of systemd: one datagram for each piece of news, to the socket that
//! `NOTIFY_SOCKET` names. News that does not arrive changes nothing here.

use std::ffi::OsString;
use std::io;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Names the process that the watchdog is meant for.
pub const WATCHDOG_PID: &str = "WATCHDOG_PID";

/// Nobody waits longer for a service manager that does not read.
const PATIENCE: Duration = Duration::from_millis(500);

/// Who watches over this process.
pub struct Supervisor {
    socket: Option<OsString>,
    watchdog: Option<Duration>,
}

impl Supervisor {
    /// As the environment says.
    pub fn of_environment() -> Self {
        let of = |name| std::env::var(name).ok();
        let meant = of(WATCHDOG_PID).is_none_or(|pid| pid == std::process::id().to_string());
        let watchdog = of("WATCHDOG_USEC").and_then(|span| span.parse().ok());
        Self {
            socket: std::env::var_os("NOTIFY_SOCKET"),
            watchdog: watchdog
                .filter(|span| meant && *span > 0)
                .map(Duration::from_micros),
        }
    }

    /// How often it wants to hear that this process is alive.
    pub fn every(&self) -> Option<Duration> {
        Some(self.watchdog? / 2)
    }

    /// The gateway serves, with what it was last told.
    pub fn ready(&self, status: &str) {
        self.notify(&format!("READY=1\nSTATUS={status}"));
    }

    /// The configuration is about to be read again; [`Self::ready`] follows.
    pub fn reloading(&self) {
        let now = clock_gettime(ClockId::Monotonic);
        let microseconds = now.tv_sec * 1_000_000 + now.tv_nsec / 1000;
        self.notify(&format!("RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// The gateway is about to end.
    pub fn stopping(&self) {
        self.notify("STOPPING=1\nSTATUS=requests under way may end");
    }

    /// Another process is the service now. From here on only that one is listened to.
    pub fn succeeded_by(&self, pid: u32) {
        self.notify(&format!("MAINPID={pid}\nREADY=1"));
    }

    /// The process is alive.
    pub fn alive(&self) {
        if self.watchdog.is_some() {
            self.notify("WATCHDOG=1");
        }
    }

    fn notify(&self, news: &str) {
        let Some(socket) = &self.socket else { return };
        if let Err(error) = send(socket.as_bytes(), news) {
            tracing::warn!(%error, "the service manager cannot be told");
        }
    }
}

fn send(socket: &[u8], news: &str) -> io::Result<()> {
    let address = match socket.strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(std::ffi::OsStr::from_bytes(socket))?,
    };
    let datagrams = UnixDatagram::unbound()?;
    datagrams.set_write_timeout(Some(PATIENCE))?;
    datagrams.connect_addr(&address)?;
    datagrams.send(news.as_bytes()).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(socket: &UnixDatagram) -> String {
        let mut octets = [0; 512];
        socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let count = socket.recv(&mut octets).unwrap();
        String::from_utf8_lossy(&octets[..count]).into_owned()
    }

    fn supervisor(socket: &str) -> Supervisor {
        Supervisor {
            socket: Some(socket.into()),
            watchdog: Some(Duration::from_secs(30)),
        }
    }

    #[test]
    fn news_goes_to_a_path_or_to_an_abstract_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        let manager = supervisor(path.to_str().unwrap());
        manager.ready("serving");
        assert_eq!(heard(&socket), "READY=1\nSTATUS=serving");
        manager.succeeded_by(42);
        assert_eq!(heard(&socket), "MAINPID=42\nREADY=1");
        assert_eq!(manager.every(), Some(Duration::from_secs(15)));

        let name = format!("doorward-{}", std::process::id());
        let address = SocketAddr::from_abstract_name(&name).unwrap();
        let socket = UnixDatagram::bind_addr(&address).unwrap();
        supervisor(&format!("@{name}")).reloading();
        let said = heard(&socket);
        let time = said.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap();
        assert!(time.parse::<u64>().unwrap() > 0, "{said}");
    }

    #[test]
    fn who_is_not_there_is_no_trouble() {
        supervisor("/nonexistent/notify").alive();
        let nobody = Supervisor {
            socket: None,
            watchdog: None,
        };
        nobody.stopping();
        assert_eq!(nobody.every(), None);
    }
}
