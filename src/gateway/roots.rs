//! The authorities that the machine trusts, for portals that speak TLS.
//!
//! Pingora reads them when it is put together and panics where one of them cannot be read. They are
//! looked at here first: without readable ones a portal that needs them is refused as configured, and
//! all others are served.

use std::sync::OnceLock;

use rustls::RootCertStore;

/// An authority file that holds none, in place of the machine's.
const NONE: &str = "/dev/null";

/// Whether the machine's authorities can be read; if not, why.
///
/// # Errors
///
/// What is wrong with them.
pub fn readable() -> Result<(), &'static str> {
    static LOOKED: OnceLock<Result<(), String>> = OnceLock::new();
    LOOKED.get_or_init(look).as_ref().copied().map_err(String::as_str)
}

fn look() -> Result<(), String> {
    let found = rustls_native_certs::load_native_certs();
    if let Some(error) = found.errors.first() {
        return Err(error.to_string());
    }
    let mut roots = RootCertStore::empty();
    for certificate in found.certs {
        roots.add(certificate).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What Pingora is to read them from. `None`: wherever the machine keeps them.
pub fn file() -> Option<String> {
    readable().is_err().then(|| NONE.to_owned())
}
