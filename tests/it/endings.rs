//! What is still open when its session ends: closed within two seconds, whatever ended it.

use std::time::Duration;

use doorward::identity::account::Status;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::rig::client::Client;
use crate::rig::gateway::Rig;

const ANNA: &str = "anna@example.com";
const WITHIN: Duration = Duration::from_secs(2);

/// Opens a WebSocket and an event stream, lets something end their session, and sees both end.
async fn both_end_after(end: impl AsyncFnOnce(&Rig, &mut Client)) {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut client = rig.signed_in(ANNA).await;
    let origin = rig.place.origin.clone();
    let mut socket = client.websocket("/ws", Some(&origin)).await.unwrap();
    socket.send(Frame::text("hello")).await.unwrap();
    assert_eq!(socket.next().await.unwrap().unwrap(), Frame::text("hello"));
    let (head, mut events) = client.stream("/events").await;
    assert_eq!(head.status, 200);
    rig.up.streams(2).await;

    end(&rig, &mut client).await;

    let over = async {
        while let Some(Ok(_)) = socket.next().await {}
        events.rest().await;
        rig.up.streams(0).await;
    };
    assert!(timeout(WITHIN, over).await.is_ok(), "something is still open");
}

#[tokio::test]
async fn sign_out_ends_what_is_open() {
    both_end_after(async |_, client| {
        let page = client.open("/_auth/sign-out").await.expect("sign-out");
        let form = page.form("/_auth/sign-out");
        client.submit(&page, &form).await.expect("signed-out");
    })
    .await;
}

#[tokio::test]
async fn a_lock_ends_what_is_open() {
    both_end_after(async |rig, _| {
        let now = rig.now();
        rig.change(ANNA, |account| account.status = Status::Locked { since: now })
            .await;
    })
    .await;
}

#[tokio::test]
async fn idleness_ends_what_is_open_though_the_portal_goes_on_talking() {
    both_end_after(async |rig, _| {
        rig.up.emit("still here");
        rig.advance(Duration::from_secs(3601));
    })
    .await;
}
