//! Keys that come and go, and what outlives them.

use super::*;
use crate::base::entropy::OsEntropy;

const NOW: Timestamp = Timestamp::from_unix_seconds(1_700_000_000);

fn ring(printed: &Secret<String>) -> Keyring {
    Keyring::parse(printed.expose()).unwrap()
}

fn named(keys: &Keyring) -> [u8; 32] {
    keys.digest(Purpose::CounterName, &[b"anna"])
}

/// Whether the data was written with the first key of `keys`.
fn written_with(keys: &Keyring) -> impl Fn(&Keyring) -> bool {
    let check = keys.digest(Purpose::KeyCheck, &[b"x"]);
    move |other| other.digest(Purpose::KeyCheck, &[b"x"]) == check
}

#[test]
fn a_key_that_was_dropped_leaves_what_cannot_be_made_anew() {
    let old = Keyring::generate(&OsEntropy);
    let sealed = old
        .seal(Purpose::AppSecret, b"anna", b"secret", &OsEntropy)
        .unwrap();
    let code = old.digest(Purpose::RecoveryCode, &[b"code"]);
    let cookie = Token::draw(&OsEntropy).print("doorward", &old);
    let name = named(&old);

    let announced = ring(&old.with_another(&OsEntropy));
    announced.inherit(written_with(&old), None).unwrap();
    assert_eq!(
        announced.seal_anew(Purpose::AppSecret, b"anna", &sealed, &OsEntropy),
        Ok(None)
    );
    let made = announced.digest(Purpose::RecoveryCode, &[b"code"]);
    assert_eq!(made, code, "a key that was announced makes nothing");

    let rotated = ring(&announced.with_the_last_first());
    rotated.inherit(written_with(&old), None).unwrap();
    assert_ne!(rotated.digest(Purpose::RecoveryCode, &[b"code"]), code);
    assert_eq!(named(&rotated), name, "counts go on");
    let anew = rotated.seal_anew(Purpose::AppSecret, b"anna", &sealed, &OsEntropy);
    let anew = anew.unwrap().unwrap();
    assert_eq!(
        announced
            .open(Purpose::AppSecret, b"anna", &anew)
            .unwrap()
            .expose(),
        b"secret"
    );
    let heirlooms = rotated.heirlooms(&OsEntropy, NOW).unwrap();

    let alone = ring(&rotated.with_the_first_alone());
    alone.inherit(written_with(&rotated), Some(&heirlooms)).unwrap();
    assert_eq!((alone.len(), alone.rotated()), (1, Some(NOW)));
    assert!(alone.verify(Purpose::RecoveryCode, &[b"code"], &code));
    assert!(Token::recognise("doorward", cookie.expose(), &alone).is_some());
    assert_eq!(named(&alone), name);
    assert_eq!(
        alone.open(Purpose::AppSecret, b"anna", &anew).unwrap().expose(),
        b"secret"
    );
    assert_eq!(
        alone.open(Purpose::AppSecret, b"anna", &sealed).unwrap_err(),
        SealError
    );
    let form = old.digest(Purpose::FormToken, &[b"x"]);
    assert!(
        !alone.verify(Purpose::FormToken, &[b"x"], &form),
        "the old key is gone"
    );

    // A second time: what the first one handed down goes on.
    let again = ring(&ring(&alone.with_another(&OsEntropy)).with_the_last_first());
    again.inherit(written_with(&alone), Some(&heirlooms)).unwrap();
    assert_eq!(named(&again), name);
    let later = NOW.plus(std::time::Duration::from_secs(1));
    let heirlooms = again.heirlooms(&OsEntropy, later).unwrap();
    let newest = ring(&again.with_the_first_alone());
    newest.inherit(written_with(&again), Some(&heirlooms)).unwrap();
    assert_eq!((named(&newest), newest.rotated()), (name, Some(later)));
    assert!(newest.verify(Purpose::RecoveryCode, &[b"code"], &code));
    let stranger = Keyring::generate(&OsEntropy);
    assert!(stranger.inherit(|_| true, Some(&heirlooms)).is_err());
}

#[test]
fn a_key_that_was_announced_and_never_used_changes_no_name() {
    let old = Keyring::generate(&OsEntropy);
    let cut_off = ring(&old.with_another(&OsEntropy));
    let rotated = ring(&ring(&cut_off.with_another(&OsEntropy)).with_the_last_first());
    rotated.inherit(written_with(&old), None).unwrap();
    assert_eq!((rotated.len(), named(&rotated)), (3, named(&old)));
    let heirlooms = rotated.heirlooms(&OsEntropy, NOW).unwrap();
    rotated.inherit(written_with(&rotated), Some(&heirlooms)).unwrap();
    assert_eq!(named(&rotated), named(&old));
}
