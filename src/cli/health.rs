//! `health`: asks the admin listener of the gateway that runs here.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::Context;

use super::{Arguments, Failure, load};

/// The longest that an answer may take.
const WITHIN: Duration = Duration::from_secs(3);

/// Prints what `/readyz` says.
///
/// # Errors
///
/// [`Failure::Failed`] where the gateway cannot do its work, or does not answer.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let loaded = load(arguments, "Nothing was asked.")?;
    let admin = &loaded.settings.gateway.admin;
    let answer = ask(
        admin.address,
        admin.token.as_ref().map(|token| token.expose().as_str()),
    )
    .with_context(|| format!("no answer from {}; is the gateway running?", admin.address))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer.as_str(), ""));
    println!("{}", body.trim());
    if head.split(' ').nth(1) == Some("200") {
        Ok(())
    } else {
        Err(Failure::Failed.into())
    }
}

fn ask(address: SocketAddr, token: Option<&str>) -> std::io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, WITHIN)?;
    stream.set_read_timeout(Some(WITHIN))?;
    stream.set_write_timeout(Some(WITHIN))?;
    let authorization = token
        .map(|token| format!("Authorization: Bearer {token}\r\n"))
        .unwrap_or_default();
    write!(
        stream,
        "GET /readyz HTTP/1.1\r\nHost: {address}\r\n{authorization}Connection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer)?;
    Ok(answer)
}
