//! Who is at the other end, as far as a connection tells.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

/// A client's address. IPv4-mapped IPv6 addresses are IPv4 addresses here, so that one client
/// has one throttle count however it came in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ClientAddr(IpAddr);

impl ClientAddr {
    /// From a socket or a forwarding header.
    pub fn new(address: IpAddr) -> Self {
        Self(address.to_canonical())
    }

    /// The address.
    pub const fn ip(self) -> IpAddr {
        self.0
    }

    /// The network that counts as one client: IPv4 /32, IPv6 /64.
    pub fn network(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(address) => IpAddr::V6(masked(address, 64)),
        }
    }

    /// The larger network an IPv6 client may draw networks from: /48. `None` for IPv4.
    pub fn site_network(self) -> Option<IpAddr> {
        match self.0 {
            IpAddr::V4(_) => None,
            IpAddr::V6(address) => Some(IpAddr::V6(masked(address, 48))),
        }
    }

    /// Whether it is this machine.
    pub fn is_loopback(self) -> bool {
        self.0.is_loopback()
    }

    /// An address for tests and for commands that have no client.
    pub const fn unspecified() -> Self {
        Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }
}

impl fmt::Display for ClientAddr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

fn masked(address: Ipv6Addr, bits: u32) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - bits)))
}

/// A browser and a system, as a person would name them: "Firefox on Windows".
///
/// Low on purpose: a family and a system, no versions, so that it says enough to recognise a
/// device and too little to follow one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UserAgent {
    /// The browser's family.
    pub browser: Browser,
    /// The operating system.
    pub system: System,
}

/// Families of browsers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Browser {
    /// Mozilla Firefox.
    Firefox,
    /// Microsoft Edge.
    Edge,
    /// Opera.
    Opera,
    /// Samsung Internet.
    Samsung,
    /// Google Chrome, Chromium.
    Chrome,
    /// Apple Safari.
    Safari,
    /// Any other.
    Other,
}

/// Operating systems.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum System {
    /// Microsoft Windows.
    Windows,
    /// Apple iPhone.
    Iphone,
    /// Apple iPad.
    Ipad,
    /// Apple macOS.
    Mac,
    /// Android.
    Android,
    /// Chrome OS.
    ChromeOs,
    /// Linux.
    Linux,
    /// Any other.
    Other,
}

impl UserAgent {
    /// Reads a `User-Agent` header (RFC 9110 §10.1.5) as far as it can be believed.
    pub fn read(header: &str) -> Self {
        let has = |word: &str| header.contains(word);
        let browser = match () {
            () if has("Edg/") || has("EdgA/") || has("EdgiOS/") => Browser::Edge,
            () if has("OPR/") => Browser::Opera,
            () if has("SamsungBrowser/") => Browser::Samsung,
            () if has("Firefox/") || has("FxiOS/") => Browser::Firefox,
            () if has("Chrome/") || has("CriOS/") || has("Chromium/") => Browser::Chrome,
            () if has("Safari/") => Browser::Safari,
            () => Browser::Other,
        };
        let system = match () {
            () if has("iPhone") => System::Iphone,
            () if has("iPad") => System::Ipad,
            () if has("Android") => System::Android,
            () if has("Windows") => System::Windows,
            () if has("Mac OS X") || has("Macintosh") => System::Mac,
            () if has("CrOS") => System::ChromeOs,
            () if has("Linux") => System::Linux,
            () => System::Other,
        };
        Self { browser, system }
    }
}

impl Browser {
    /// The name people know it by; `None` where there is none to show.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Firefox => Some("Firefox"),
            Self::Edge => Some("Edge"),
            Self::Opera => Some("Opera"),
            Self::Samsung => Some("Samsung Internet"),
            Self::Chrome => Some("Chrome"),
            Self::Safari => Some("Safari"),
            Self::Other => None,
        }
    }
}

impl System {
    /// The name people know it by; `None` where there is none to show.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Windows => Some("Windows"),
            Self::Iphone => Some("iPhone"),
            Self::Ipad => Some("iPad"),
            Self::Mac => Some("Mac"),
            Self::Android => Some("Android"),
            Self::ChromeOs => Some("Chrome OS"),
            Self::Linux => Some("Linux"),
            Self::Other => None,
        }
    }
}
