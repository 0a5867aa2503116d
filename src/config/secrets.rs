//! Secrets: where they are said to be, and what is there.
//!
//! | written | means |
//! |---|---|
//! | `file:PATH` | the file, relative to the configuration file |
//! | `env:NAME` | the environment variable |
//! | `cred:NAME` | the systemd credential: `$CREDENTIALS_DIRECTORY/NAME` |
//! | anything else | the secret itself, with a warning |
//!
//! One line break at the end is not part of a secret; editors put it there. An empty secret is
//! none. What is read here never enters a message.

use std::path::Path;

use zeroize::Zeroize as _;

use super::environment::{Environment, io_words};
use super::scalar::Fault;
use crate::base::secret::Secret;

/// Octets in the longest secret: a file of many keys.
const MAX_OCTETS: usize = 64 * 1024;

/// Whether `written` says where a secret is, rather than being one.
pub(super) fn is_reference(written: &str) -> bool {
    ["file:", "env:", "cred:"]
        .iter()
        .any(|scheme| written.starts_with(scheme))
}

/// Whether a key of this name, known or mistyped, holds a secret.
pub(super) fn names_secret(key: &str) -> bool {
    const KNOWN_OTHERS: [&str; 5] = ["passes", "passwords", "password_known", "password_unknown", "key"];
    const SECRET: [&str; 6] = [
        "password",
        "token",
        "master_key",
        "secret",
        "passphrase",
        "credential",
    ];
    let key = key.to_lowercase();
    // Registration codes. `recovery_codes` holds none.
    if key == "codes" {
        return true;
    }
    !KNOWN_OTHERS.contains(&key.as_str())
        && SECRET
            .iter()
            .any(|word| key.contains(word) || strsim::jaro_winkler(&key, word) > 0.87)
}

/// Reads the secret that `written` is, or names.
pub(super) fn read(written: &str, base: &Path, machine: &dyn Environment) -> Result<Secret<String>, Fault> {
    let text = if let Some(path) = written.strip_prefix("file:") {
        from_file(&base.join(path), machine)?
    } else if let Some(name) = written.strip_prefix("env:") {
        machine.variable(name).ok_or_else(|| {
            Fault::new(
                "names a variable that is not set",
                "set it for the gateway's process",
            )
        })?
    } else if let Some(name) = written.strip_prefix("cred:") {
        credential(name, machine)?
    } else {
        written.to_owned()
    };
    finish(text)
}

fn credential(name: &str, machine: &dyn Environment) -> Result<String, Fault> {
    if name.is_empty() || name.contains('/') || name.starts_with('.') {
        return Err(Fault::new(
            "names no credential",
            "`cred:` takes a name as in LoadCredential=, not a path",
        ));
    }
    let folder = machine.variable("CREDENTIALS_DIRECTORY").ok_or_else(|| {
        Fault::new(
            "names a systemd credential, but there are none",
            "set LoadCredential= in the unit, or use `file:`",
        )
    })?;
    from_file(&Path::new(&folder).join(name), machine)
}

fn from_file(path: &Path, machine: &dyn Environment) -> Result<String, Fault> {
    let bytes = machine.read(path).map_err(|error| {
        Fault::new(
            format!("cannot be read from {}", path.display()),
            io_words(&error),
        )
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let mut bytes = error.into_bytes();
        bytes.zeroize();
        Fault::new("is not UTF-8 text", "the file holds something else")
    })
}

fn finish(mut text: String) -> Result<Secret<String>, Fault> {
    let kept = text
        .strip_suffix('\n')
        .map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    let length = kept.len();
    text.truncate(length);
    let secret = Secret::new(text);
    if secret.expose().is_empty() {
        return Err(Fault::new("is empty", "an empty secret protects nothing"));
    }
    if secret.expose().len() > MAX_OCTETS {
        return Err(Fault::new(
            "is longer than 64KiB",
            "this is not the file that was meant",
        ));
    }
    Ok(secret)
}
