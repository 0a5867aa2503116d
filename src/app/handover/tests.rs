//! The conversation itself; what it is for is tried with the shipped program.

use std::os::fd::AsRawFd as _;
use std::os::unix::fs::symlink;

use tempfile::TempDir;

use super::*;

fn state() -> (TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("state");
    (place, folder)
}

#[tokio::test]
async fn sockets_come_in_their_order_and_are_not_for_children() {
    let (one, other) = UnixStream::pair().unwrap();
    let (mut one, mut other) = (Wire::new(one), Wire::new(other));
    let mut old = Sockets::default();
    let first = old.listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let at = first.local_addr().unwrap();
    let (_place, folder) = state();
    let handover = Handover::open(&folder).await.unwrap();
    let mut all: Vec<_> = old.iter().map(|(_, socket)| socket).collect();
    all.push(handover.listener.as_fd());
    let text = format!(r#"{{"addresses":["{at}"],"later":"more"}}"#);
    one.send_with(&text, &all).await.unwrap();
    one.send(READY).await.unwrap();

    let (text, sockets) = other.receive_with(AT_ONCE).await.unwrap();
    for socket in &sockets {
        let flags = rustix::io::fcntl_getfd(socket).unwrap();
        assert!(
            flags.contains(rustix::io::FdFlags::CLOEXEC),
            "{}",
            socket.as_raw_fd()
        );
    }
    assert!(divide(r#"{"addresses":[]}"#, Vec::new()).is_err());
    let (_, mut inherited) = divide(&text, sockets).unwrap();
    assert_eq!(inherited.listen(at).unwrap().local_addr().unwrap(), at);
    other.expect(READY, AT_ONCE).await.unwrap();
    drop(one);
    assert!(other.expect(YOURS, AT_ONCE).await.is_err());
}

#[tokio::test]
async fn the_place_is_private_and_only_one_process_has_it() {
    let (_place, folder) = state();
    let handover = Handover::open(&folder).await.unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o7777;
    assert_eq!((mode(&folder), mode(handover.path())), (0o700, 0o600));
    let second = Handover::open(&folder).await.unwrap_err();
    assert!(matches!(second, HandoverError::Taken(_)), "{second}");

    // A process that was killed leaves the file behind.
    drop(handover);
    assert!(folder.join(SOCKET).exists());
    Handover::open(&folder).await.unwrap();
}

#[tokio::test]
async fn where_nobody_runs_there_is_nothing_to_take_over() {
    let (_place, folder) = state();
    let refusal = |error: HandoverError| error.to_string();
    let claimed = Inheritance::claim(&folder).await.err().map(refusal);
    assert!(claimed.unwrap().contains("does not exist"));
    drop(Handover::open(&folder).await.unwrap());
    let claimed = Inheritance::claim(&folder).await.err().map(refusal);
    assert!(claimed.unwrap().contains("start without --upgrade"));
    fs::remove_file(folder.join(SOCKET)).unwrap();
    let claimed = Inheritance::claim(&folder).await.err().map(refusal);
    assert!(claimed.unwrap().contains("start without --upgrade"));
}

#[tokio::test]
async fn what_somebody_planted_in_its_place_is_left_alone() {
    let (place, folder) = state();
    let _elsewhere = UnixListener::bind(place.path().join("elsewhere")).unwrap();
    drop(Handover::open(&folder).await.unwrap());
    let path = folder.join(SOCKET);
    fs::remove_file(&path).unwrap();
    symlink(place.path().join("elsewhere"), &path).unwrap();
    let refused = Inheritance::claim(&folder).await.err().unwrap();
    assert!(matches!(refused, HandoverError::Foreign { .. }), "{refused}");
    let refused = Handover::open(&folder).await.unwrap_err();
    assert!(matches!(refused, HandoverError::Foreign { .. }), "{refused}");
    assert!(fs::symlink_metadata(&path).unwrap().is_symlink());
}
