//! Every page of the table, asked for by those whom it is not for.

use doorward::web::Demands;
use doorward::web::routes::ROUTES;

use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::walk;

const ANNA: &str = "anna@example.com";

fn address(path: &str) -> String {
    format!("/_auth{}", path.replace("{name}", "nothing"))
}

#[tokio::test]
async fn a_stranger_learns_nothing_and_is_sent_to_the_sign_in() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;

    for route in ROUTES {
        let path = address(route.path);
        for method in ["GET", "POST"] {
            let mut stranger = rig.client();
            let page = match method {
                "GET" => stranger.get(&path).await,
                _ => stranger.post(&path, "begin=app&remember=yes&saved=yes").await,
            };
            let told = format!("{method} {path}: {}", page.status);
            assert!(!page.text().contains("anna"), "{told}");
            match (route.demands, page.status) {
                (Demands::Nothing, 200 | 404 | 405 | 410 | 422) | (_, 405) => {}
                (Demands::Flow | Demands::Session | Demands::Owner, 303) => {
                    assert!(page.location().starts_with("/_auth/sign-in"), "{told}");
                }
                _ => panic!("{told}"),
            }
        }
    }
    assert_eq!(rig.up.hits(), 0);
    assert_eq!(rig.smtp.count(), 0);
}

#[tokio::test]
async fn whoever_is_half_signed_in_gets_no_further_than_the_code() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut half = rig.client();
    let page = half.open("/").await.expect("sign-in");
    walk::give_password(&mut half, &page, ANNA, PASSWORD)
        .await
        .expect("code-email");
    let before = serde_json::to_string(&rig.account(ANNA).await).unwrap();

    for route in ROUTES
        .iter()
        .filter(|it| matches!(it.demands, Demands::Session | Demands::Owner))
    {
        let path = address(route.path);
        let page = half.get(&path).await;
        if page.status != 405 {
            assert_eq!(page.status, 303, "{path}");
            assert!(
                page.location().starts_with("/_auth/sign-in"),
                "{path}: {}",
                page.location()
            );
        }
        let page = half.post(&path, "begin=app&remember=yes&saved=yes&lang=de").await;
        assert!(matches!(page.status, 303 | 403 | 405), "{path}: {}", page.status);
    }

    assert_eq!(
        serde_json::to_string(&rig.account(ANNA).await).unwrap(),
        before,
        "MFA-04"
    );
    half.open("/_auth/account").await.expect("code-email");
}

#[tokio::test]
async fn what_does_not_exist_yet_is_not_found() {
    let rig = Rig::start().await;
    rig.add(ANNA).await;
    let mut anna = rig.signed_in(ANNA).await;

    for path in [
        "account/",
        "account/app/",
        "accounts",
        "terms",
        "register",
        "register/check",
        "register/waiting",
        "register/details",
        "register/link/x",
    ] {
        for mut client in [anna.clone(), rig.client()] {
            let page = client.get(&format!("/_auth/{path}")).await;
            assert_eq!(page.status, 404, "{path}");
        }
    }
    anna.open("/.well-known/change-password")
        .await
        .expect("account-password");
}
