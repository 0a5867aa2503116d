//! What a service manager is told, in which order.

use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use super::{Scene, stranger};
use crate::rig::wait::{PATIENCE, eventually};

/// A service manager's end of `NOTIFY_SOCKET`.
struct Manager(UnixDatagram);

impl Manager {
    /// The next news, besides that of the watchdog.
    async fn hears(&self) -> String {
        loop {
            let news = self.next().await;
            if news != "WATCHDOG=1" {
                return news;
            }
        }
    }

    async fn next(&self) -> String {
        let socket = self.0.try_clone().unwrap();
        let heard = tokio::task::spawn_blocking(move || {
            let mut octets = [0; 1024];
            let count = socket.recv(&mut octets).expect("news for the service manager");
            String::from_utf8_lossy(&octets[..count]).into_owned()
        });
        heard.await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_service_manager_hears_of_start_reload_upgrade_and_stop() {
    let mut scene = Scene::set(&json!({ "drain": "2s" })).await;
    let path = scene.place.folder.path().join("notify");
    let manager = Manager(UnixDatagram::bind(&path).unwrap());
    manager.0.set_read_timeout(Some(PATIENCE)).unwrap();
    let variables = [
        ("NOTIFY_SOCKET", path.to_str().unwrap()),
        ("WATCHDOG_USEC", "400000"),
    ];
    let mut old = scene.place.launch_as("doorward", &["run"], &variables);
    assert_eq!(manager.next().await, "READY=1\nSTATUS=serving");
    assert_eq!(manager.next().await, "WATCHDOG=1");
    assert_eq!(manager.next().await, "WATCHDOG=1");

    for (change, status) in [
        (json!({ "brand": { "name": "Other" } }), "serving"),
        (
            json!({ "prefix": "/gate" }),
            "serving; the new configuration was refused",
        ),
    ] {
        scene.change(&change);
        old.reload();
        let news = manager.hears().await;
        let time = news.strip_prefix("RELOADING=1\nMONOTONIC_USEC=");
        assert!(time.is_some_and(|it| it.parse::<u64>().is_ok()), "{news}");
        assert_eq!(manager.hears().await, format!("READY=1\nSTATUS={status}"));
    }

    // One that cannot start is no news for the service manager.
    scene.place.write_config_text("sites: [\n");
    old.process.signal(Signal::USR2);
    old.says("the new process did not take over; this one goes on")
        .await;
    assert_eq!(stranger(&old, "/").await, 401);

    // What needs a restart needs an upgrade only: `prefix` is another now.
    scene.place.write_config();
    old.process.signal(Signal::USR2);
    let news = manager.hears().await;
    let pid = news
        .strip_prefix("MAINPID=")
        .and_then(|it| it.strip_suffix("\nREADY=1"));
    let pid: i32 = pid
        .and_then(|it| it.parse().ok())
        .unwrap_or_else(|| panic!("{news}"));
    assert_ne!(pid.unsigned_abs(), old.process.id());
    assert_eq!(manager.hears().await, "READY=1\nSTATUS=serving");
    assert!(old.process.ended().await.success(), "{}", old.log());
    assert_eq!(manager.next().await, "WATCHDOG=1", "the new one is watched, too");
    assert_eq!(stranger(&old, "/gate/sign-in").await, 200);

    kill_process(Pid::from_raw(pid).unwrap(), Signal::TERM).unwrap();
    assert!(manager.hears().await.starts_with("STOPPING=1\n"));
    eventually("the end of the new process", || {
        let gone =
            std::net::TcpStream::connect_timeout(&scene.place.address, Duration::from_secs(1)).is_err();
        std::future::ready(gone.then_some(()))
    })
    .await;
    assert!(!scene.place.folder.path().join("state/upgrade.sock").exists());
}
