//! Codes by text message, through the stories and a store.

use crate::base::language::Language;
use crate::identity::confirm::Intent;
use crate::identity::event::What;
use crate::identity::factor::{Factor, Verdict};
use crate::identity::phone::{Country, PhoneFault};
use crate::identity::settings::{AppSetup, Floor, Method, PhoneStep, SmsSettings, SmsUse};
use crate::identity::sign_in::{Refusal, SetUp, Stage};
use crate::identity::throttle::Waits;
use crate::messaging::{NoticeKind, TextError, TextPurpose};
use crate::service::admin::Operator;
use crate::service::confirm::{AfterConfirm, AfterSend, TypedAnswers};
use crate::service::factor::{AfterCode, TypedCode};
use crate::service::phone::{AfterNumber, AfterPhoneBegin, AfterPhoneCode, AfterPhoneRemoval, WithoutPhone};
use crate::service::set_up::AfterSetUp;
use crate::service::set_up_phone::AfterSetUpNumber;
use crate::service::sign_in::{AfterPassword, Mailing};
use crate::service::testing::{Bench, Browser, PASSWORD};

const ANNA: &str = "anna@example.com";
const NUMBER: &str = "+41791234567";

fn bench(used_as: SmsUse) -> Bench {
    Bench::with(|rules| {
        let second = &mut rules.second_factor;
        if used_as == SmsUse::Method {
            second.methods.push(Method::Sms);
        }
        second.sms = Some(SmsSettings {
            used_as,
            ..SmsSettings::default()
        });
    })
}

/// Signed in, with a phone on the way.
async fn begun(bench: &Bench, browser: &Browser) {
    let visitor = bench.visitor(browser).await.unwrap();
    let begun = bench.desk.begin_phone(&visitor).await.unwrap();
    assert_eq!(begun, AfterPhoneBegin::Begun);
}

async fn enter(bench: &Bench, browser: &Browser, number: Option<&str>) -> AfterNumber {
    let visitor = bench.visitor(browser).await.unwrap();
    bench
        .desk
        .enter_number(number, &visitor, &browser.caller)
        .await
        .unwrap()
}

async fn type_code(bench: &Bench, browser: &mut Browser, code: &str) -> AfterPhoneCode {
    let visitor = bench.visitor(browser).await.unwrap();
    let after = bench
        .desk
        .confirm_phone(code, &visitor, &browser.caller)
        .await
        .unwrap();
    if let AfterPhoneCode::Added { renewed, .. } = &after {
        browser.cookies.session = Some(renewed.cookie.clone());
    }
    after
}

#[tokio::test]
async fn a_phone_is_verified_before_it_counts() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    let mut anna = bench.signed_in(ANNA).await;
    let elsewhere = bench.signed_in(ANNA).await;
    begun(&bench, &anna).await;
    assert_eq!(
        enter(&bench, &anna, Some("044 668 18 00")).await,
        AfterNumber::Fault(PhoneFault::NoCountryCode)
    );
    assert_eq!(
        enter(&bench, &anna, Some(NUMBER)).await,
        AfterNumber::Mailing(Mailing::Sent)
    );
    let text = bench.phones.texts().remove(0);
    assert_eq!((text.to.e164(), text.purpose), (NUMBER, TextPurpose::Phone));
    assert!(
        bench.stored(account.id).await.phone.is_none(),
        "sent is not verified"
    );
    assert_eq!(
        bench.notices(),
        [NoticeKind::NewSignIn],
        "of the second browser alone"
    );

    let wrong = if text.code == "000000" { "000001" } else { "000000" };
    let after = type_code(&bench, &mut anna, wrong).await;
    assert!(
        matches!(after, AfterPhoneCode::Refused(Verdict::Wrong, _)),
        "{after:?}"
    );
    let after = type_code(&bench, &mut anna, &text.code).await;
    assert!(
        matches!(after, AfterPhoneCode::Added { replaced: false, .. }),
        "{after:?}"
    );

    let stored = bench.stored(account.id).await;
    assert_eq!(bench.desk.phone_of(&stored).unwrap().unwrap().e164(), NUMBER);
    assert!(bench.visitor(&elsewhere).await.is_none(), "other sessions end");
    assert!(bench.visitor(&anna).await.is_some(), "this one goes on");
    let number = "•••67".to_owned();
    assert_eq!(bench.notices().last(), Some(&NoticeKind::PhoneAdded { number }));
    assert_eq!(bench.told("phone.added").await, 1);
    let after = type_code(&bench, &mut anna, &text.code).await;
    assert!(matches!(after, AfterPhoneCode::NotBegun), "used up: {after:?}");
}

/// SPEC 8: five wrong codes end it, however many messages they are spread over.
#[tokio::test]
async fn five_wrong_codes_ask_for_the_number_anew() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    let mut anna = bench.signed_in(ANNA).await;
    begun(&bench, &anna).await;
    enter(&bench, &anna, Some(NUMBER)).await;
    for miss in 1..=5 {
        if miss == 3 {
            bench.pass(31);
            enter(&bench, &anna, None).await;
        }
        let codes: Vec<String> = bench.phones.texts().into_iter().map(|it| it.code).collect();
        let wrong = (0..).map(|it| format!("{it:06}")).find(|it| !codes.contains(it));
        let after = type_code(&bench, &mut anna, &wrong.unwrap()).await;
        let over = matches!(&after, AfterPhoneCode::TooMany(number) if number.e164() == NUMBER);
        let again = matches!(after, AfterPhoneCode::Refused(Verdict::Wrong, _));
        assert!(if miss < 5 { again } else { over }, "miss {miss}: {after:?}");
    }
    let code = bench.phones.newest_code();
    let after = type_code(&bench, &mut anna, &code).await;
    assert!(
        matches!(after, AfterPhoneCode::NotBegun),
        "the right code is void: {after:?}"
    );
    let visitor = bench.visitor(&anna).await.unwrap();
    let shown = bench.desk.phone_shown_to(&visitor).await.unwrap().unwrap();
    assert!(shown.number.is_none(), "{shown:?}");
    assert!(bench.stored(account.id).await.phone.is_none());

    // Another message, counted as any: the third to this number, and the last of the hour.
    let sent = enter(&bench, &anna, Some(NUMBER)).await;
    assert_eq!(sent, AfterNumber::Mailing(Mailing::Sent));
    let code = bench.phones.newest_code();
    let after = type_code(&bench, &mut anna, &code).await;
    assert!(matches!(after, AfterPhoneCode::Added { .. }), "{after:?}");
}

#[tokio::test]
async fn another_number_takes_its_place_and_it_can_be_removed() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.signed_in(ANNA).await;
    begun(&bench, &anna).await;
    enter(&bench, &anna, Some("+41 79 765 43 21")).await;
    let stored = bench.stored(account.id).await;
    assert_eq!(
        bench.desk.phone_of(&stored).unwrap().unwrap().e164(),
        NUMBER,
        "until the code"
    );
    let code = bench.phones.newest_code();
    let after = type_code(&bench, &mut anna, &code).await;
    assert!(
        matches!(after, AfterPhoneCode::Added { replaced: true, .. }),
        "{after:?}"
    );
    let replaced = NoticeKind::PhoneReplaced {
        number: "•••21".to_owned(),
        before: "•••67".to_owned(),
    };
    assert_eq!(bench.notices(), [replaced]);
    assert_eq!(
        (bench.told("phone.removed").await, bench.told("phone.added").await),
        (1, 1)
    );

    bench.pass(600);
    let visitor = bench.visitor(&anna).await.unwrap();
    let after = bench.desk.remove_phone(&visitor, &anna.caller).await.unwrap();
    assert!(matches!(after, AfterPhoneRemoval::Confirm), "MFA-18: {after:?}");
    let begin = bench.desk.begin_phone(&visitor).await.unwrap();
    assert_eq!(begin, AfterPhoneBegin::Confirm, "MFA-18");
    let fresh = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&fresh).await.unwrap();
    let after = bench.desk.remove_phone(&visitor, &fresh.caller).await.unwrap();
    assert!(matches!(after, AfterPhoneRemoval::Removed(_)), "{after:?}");
    assert!(bench.stored(account.id).await.phone.is_none());
    assert_eq!(bench.told("phone.removed").await, 2);
    let number = "•••21".to_owned();
    assert_eq!(bench.notices().last(), Some(&NoticeKind::PhoneRemoved { number }));
}

#[tokio::test]
async fn a_required_phone_is_replaced_and_not_removed() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    bench.rule(|rules| {
        rules.second_factor.sms.as_mut().unwrap().phone = PhoneStep::Required;
    });
    let anna = bench.signed_in(ANNA).await;
    let visitor = bench.visitor(&anna).await.unwrap();
    assert_eq!(
        bench.desk.without_phone(visitor.account()),
        WithoutPhone::Forbidden
    );
    let after = bench.desk.remove_phone(&visitor, &anna.caller).await.unwrap();
    assert!(matches!(after, AfterPhoneRemoval::Forbidden), "{after:?}");
    assert!(bench.stored(account.id).await.phone.is_some());
}

#[tokio::test]
async fn an_app_owner_gets_in_by_text_message_under_another_way() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    bench.give_app(account.id).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    assert!(bench.phones.texts().is_empty(), "the app is asked for first");
    let chosen = bench
        .desk
        .choose(Factor::Sms, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(matches!(chosen, AfterCode::Step(_)), "{chosen:?}");
    let text = bench.phones.texts().remove(0);
    assert_eq!((text.to.e164(), text.purpose), (NUMBER, TextPurpose::SignIn));

    let by_mail = bench.code(&mut anna, TypedCode::Email(&text.code)).await;
    assert!(
        matches!(by_mail, AfterCode::Refused(_, Refusal::NotOffered, _)),
        "{by_mail:?}"
    );
    let after = bench.code(&mut anna, TypedCode::Sms(&text.code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    let visitor = bench.visitor(&anna).await.unwrap();
    assert_eq!(visitor.session().method(), "password+sms");
    assert!(
        !bench.desk.may_remember(&visitor, &anna.cookies),
        "it stood in for the app"
    );
    assert_eq!(bench.told("factor.sent").await, 1);
}

#[tokio::test]
async fn without_an_app_recovery_by_text_message_is_not_offered() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    let chosen = bench
        .desk
        .choose(Factor::Sms, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(
        matches!(chosen, AfterCode::Refused(_, Refusal::NotOffered, _)),
        "MFA-09: {chosen:?}"
    );
    let sent = bench
        .desk
        .send_code(Factor::Sms, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(sent.is_none() && bench.phones.texts().is_empty());
}

#[tokio::test]
async fn as_a_method_it_is_sent_with_the_password_and_stands_by_itself() {
    let bench = bench(SmsUse::Method);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.browser();
    let after = bench.password(&mut anna, ANNA, PASSWORD).await;
    let AfterPassword::Step(ticket, Mailing::Sent) = after else {
        panic!("{after:?}");
    };
    assert_eq!(ticket.flow.stage, Stage::SecondFactor { method: Factor::Sms });
    assert!(bench.mailbox.codes().is_empty(), "nothing by mail");
    let code = bench.phones.newest_code();
    let mut other = bench.browser();
    bench.pass(31);
    bench.password(&mut other, ANNA, PASSWORD).await;
    let elsewhere = bench.code(&mut other, TypedCode::Sms(&code)).await;
    let twice = code == bench.phones.newest_code();
    assert!(
        twice || matches!(elsewhere, AfterCode::Refused(_, Refusal::Wrong, _)),
        "CODE-07: {elsewhere:?}"
    );
    let after = bench.code(&mut anna, TypedCode::Sms(&code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    let again = bench.code(&mut anna, TypedCode::Sms(&code)).await;
    assert!(matches!(again, AfterCode::NoFlow), "CODE-03: {again:?}");
}

#[tokio::test]
async fn a_late_code_brings_a_new_one_and_two_live() {
    let bench = bench(SmsUse::Method);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    let first = bench.phones.newest_code();
    let early = bench
        .desk
        .send_code(Factor::Sms, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(matches!(early, Some((_, Mailing::TooEarly(_)))), "{early:?}");
    bench.pass(601);
    let late = bench.code(&mut anna, TypedCode::Sms(&first)).await;
    assert!(
        matches!(late, AfterCode::Refused(_, Refusal::Expired, Mailing::Sent)),
        "CODE-02: {late:?}"
    );
    let second = bench.phones.newest_code();
    let after = bench.code(&mut anna, TypedCode::Sms(&second)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
}

/// FAIL-09.
#[tokio::test]
async fn a_provider_that_fails_opens_no_other_way() {
    let bench = bench(SmsUse::Method);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    bench.phones.breaks(Some(TextError::Refused(401)));
    let mut anna = bench.browser();
    let after = bench.password(&mut anna, ANNA, PASSWORD).await;
    assert!(
        matches!(after, AfterPassword::Step(_, Mailing::Failed)),
        "{after:?}"
    );
    assert!(bench.mailbox.codes().is_empty(), "no silent downgrade");
    let by_mail = bench
        .desk
        .choose(Factor::Email, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(
        matches!(by_mail, AfterCode::Refused(_, Refusal::NotOffered, _)),
        "{by_mail:?}"
    );
    assert_eq!(bench.told("sms.failed").await, 1);

    bench.phones.breaks(None);
    let sent = bench
        .desk
        .send_code(Factor::Sms, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(
        matches!(sent, Some((_, Mailing::Sent))),
        "no pause after a failure: {sent:?}"
    );
    bench.desk.text_messenger.store(None);
    bench.pass(31);
    let sent = bench
        .desk
        .send_code(Factor::Sms, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(matches!(sent, Some((_, Mailing::Failed))), "{sent:?}");
}

#[tokio::test]
async fn three_an_hour_and_five_a_day_to_one_number() {
    let bench = bench(SmsUse::Method);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    let send = || async {
        bench.pass(31);
        let sent = bench
            .desk
            .send_code(Factor::Sms, &anna.cookies, &anna.caller)
            .await
            .unwrap();
        sent.unwrap().1
    };
    assert_eq!([send().await, send().await], [Mailing::Sent, Mailing::Sent]);
    let limited = send().await;
    assert!(
        matches!(limited, Mailing::Limited(Waits::Until(_))),
        "{limited:?}"
    );
    assert_eq!(bench.phones.texts().len(), 3);
    let mut later = bench.browser();
    bench.pass(3600);
    for _ in 0..4 {
        bench.pass(1201);
        bench.password(&mut later, ANNA, PASSWORD).await;
        later.cookies.flow = None;
    }
    assert_eq!(bench.phones.texts().len(), 5, "a day");
}

/// What may have gone out stays counted: a provider that answers late is not sent to for ever.
#[tokio::test]
async fn only_what_surely_did_not_go_is_taken_back() {
    for (error, tries) in [(TextError::Timeout(10), 3), (TextError::Refused(500), 6)] {
        let bench = bench(SmsUse::Method);
        let account = bench.account(ANNA).await;
        bench.give_phone(account.id, NUMBER).await;
        bench.phones.breaks(Some(error.clone()));
        let mut anna = bench.browser();
        bench.password(&mut anna, ANNA, PASSWORD).await;
        let mut failed = 1;
        for _ in 0..5 {
            let sent = bench
                .desk
                .send_code(Factor::Sms, &anna.cookies, &anna.caller)
                .await
                .unwrap();
            failed += usize::from(matches!(sent, Some((_, Mailing::Failed))));
        }
        assert_eq!(failed, tries, "{error:?}");
    }
}

/// RATE-21.
#[tokio::test]
async fn pumping_ends_at_country_account_and_day() {
    let bench = bench(SmsUse::Recovery);
    bench.rule(|rules| {
        rules.second_factor.sms.as_mut().unwrap().countries = vec![Country::parse("CH").unwrap()];
        rules.limits.sms_total_day = 12;
    });
    let mut sent = 0;
    for person in 0..3 {
        let email = format!("person{person}@example.com");
        bench.account(&email).await;
        let browser = bench.signed_in(&email).await;
        begun(&bench, &browser).await;
        for number in 0..50 {
            let premium = enter(&bench, &browser, Some(&format!("+41 900 123 4{number:02}"))).await;
            assert_eq!(premium, AfterNumber::Fault(PhoneFault::NotMobile));
            let abroad = enter(&bench, &browser, Some(&format!("+371 2000 00{number:02}"))).await;
            assert_eq!(abroad, AfterNumber::Fault(PhoneFault::OtherCountry));
            let mobile = format!("+41 79 {person}00 00 {number:02}");
            sent += usize::from(
                enter(&bench, &browser, Some(&mobile)).await == AfterNumber::Mailing(Mailing::Sent),
            );
        }
        assert_eq!(sent, [10, 12, 12][person], "ten of one account, twelve of all");
    }
    assert_eq!(bench.phones.texts().len(), 12);
    assert_eq!(bench.told("sms.failed").await, 1, "the breaker says so once");
}

#[tokio::test]
async fn confirm_asks_for_it_where_it_is_the_active_factor() {
    let bench = bench(SmsUse::Method);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    let sign_in_code = bench.phones.newest_code();
    let after = bench.code(&mut anna, TypedCode::Sms(&sign_in_code)).await;
    assert!(matches!(after, AfterCode::SignedIn(_)), "{after:?}");
    bench.pass(400);
    let visitor = bench.visitor(&anna).await.unwrap();
    let wanted = Some(Intent::RemovePhone);
    let asked = bench
        .desk
        .asked_to_confirm(wanted.clone(), &visitor)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((asked.stale.second, asked.sent), (Some(Factor::Sms), None));
    let sent = bench
        .desk
        .send_confirm_code(wanted.clone(), &visitor, &anna.caller)
        .await
        .unwrap();
    assert_eq!(sent, AfterSend::Mailing(Mailing::Sent));
    let text = bench.phones.texts().pop().unwrap();
    assert_eq!(text.purpose, TextPurpose::Confirm);
    let answer = |code: String| {
        let (bench, visitor, anna, wanted) = (&bench, &visitor, &anna, wanted.clone());
        async move {
            let typed = TypedAnswers {
                password: PASSWORD,
                code: &code,
                recovery_code: "",
            };
            let after = bench
                .desk
                .confirm(
                    typed,
                    wanted,
                    &|_| "/_auth/account/app/remove".to_owned(),
                    visitor,
                    &anna.cookies,
                    &anna.caller,
                )
                .await;
            after.unwrap()
        }
    };
    if sign_in_code != text.code {
        let after = answer(sign_in_code).await;
        assert!(
            matches!(after, AfterConfirm::CodeRefused(Factor::Sms, Verdict::Wrong, _)),
            "{after:?}"
        );
    }
    let after = answer(text.code).await;
    assert!(
        matches!(after, AfterConfirm::Confirmed(_, Intent::RemovePhone)),
        "{after:?}"
    );
}

#[tokio::test]
async fn the_set_up_asks_for_the_phone_first_and_remembers_it() {
    let bench = bench(SmsUse::Recovery);
    bench.rule(|rules| {
        rules.second_factor.floor = Floor::None;
        rules.second_factor.app_setup = AppSetup::Required;
        rules.second_factor.sms.as_mut().unwrap().phone = PhoneStep::Required;
    });
    let account = bench.account(ANNA).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    let after = bench.desk.set_up_app(&anna.cookies, &anna.caller).await.unwrap();
    let AfterCode::Step(ticket) = after else {
        panic!("{after:?}");
    };
    assert!(
        matches!(ticket.flow.stage, Stage::SetUp(SetUp::Phone(_))),
        "{ticket:?}"
    );
    let skipped = bench
        .desk
        .set_up_skip_phone(&anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(
        matches!(skipped, AfterCode::Refused(_, Refusal::OutOfStep, _)),
        "{skipped:?}"
    );
    let number = bench
        .desk
        .set_up_number(Some(NUMBER), &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(
        matches!(number, AfterSetUpNumber::Mailing(_, Mailing::Sent)),
        "{number:?}"
    );
    let code = bench.phones.newest_code();
    let stolen = bench.code(&mut anna, TypedCode::Sms(&code)).await;
    assert!(
        matches!(stolen, AfterCode::Refused(_, Refusal::OutOfStep, _)),
        "no sign-in code: {stolen:?}"
    );
    let (after, _) = bench
        .desk
        .set_up_phone_code(&code, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    let AfterSetUp::Flow(AfterCode::Step(ticket)) = after else {
        panic!("{after:?}");
    };
    assert!(
        matches!(ticket.flow.stage, Stage::SetUp(SetUp::App(_))),
        "{ticket:?}"
    );
    assert!(bench.stored(account.id).await.phone.is_some());
    assert_eq!(bench.told("phone.added").await, 1);

    let mut again = bench.browser();
    bench.password(&mut again, ANNA, PASSWORD).await;
    let after = bench
        .desk
        .set_up_app(&again.cookies, &again.caller)
        .await
        .unwrap();
    let AfterCode::Step(ticket) = after else {
        panic!("{after:?}");
    };
    assert!(
        matches!(ticket.flow.stage, Stage::SetUp(SetUp::App(_))),
        "it is not asked for twice: {ticket:?}"
    );
}

#[tokio::test]
async fn five_wrong_codes_in_the_set_up_ask_for_the_number_anew() {
    let bench = bench(SmsUse::Recovery);
    bench.rule(|rules| {
        rules.second_factor.floor = Floor::None;
        rules.second_factor.app_setup = AppSetup::Required;
    });
    let account = bench.account(ANNA).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    let (desk, cookies, caller) = (&bench.desk, &anna.cookies, &anna.caller);
    desk.set_up_app(cookies, caller).await.unwrap();
    desk.set_up_number(Some(NUMBER), cookies, caller).await.unwrap();
    let code = bench.phones.newest_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for miss in 1..=5 {
        let (after, _) = desk.set_up_phone_code(wrong, cookies, caller).await.unwrap();
        let over = matches!(after, AfterSetUp::TooMany(_));
        let again = matches!(after, AfterSetUp::NotConfirmed(_, Verdict::Wrong));
        assert!(if miss < 5 { again } else { over }, "miss {miss}: {after:?}");
    }
    let (ticket, stored) = desk.flow_of(cookies).await.unwrap().unwrap();
    let shown = desk.shown_number(&ticket.flow, &stored).unwrap().unwrap();
    assert!(shown.number.is_none(), "{shown:?}");
    let (after, _) = desk.set_up_phone_code(&code, cookies, caller).await.unwrap();
    assert!(
        matches!(
            after,
            AfterSetUp::Flow(AfterCode::Refused(_, Refusal::OutOfStep, _))
        ),
        "the right code is void: {after:?}"
    );
    assert!(bench.stored(account.id).await.phone.is_none());
    let again = desk.set_up_number(Some(NUMBER), cookies, caller).await.unwrap();
    assert!(
        matches!(again, AfterSetUpNumber::Mailing(_, Mailing::Sent)),
        "{again:?}"
    );
    let code = bench.phones.newest_code();
    let (after, _) = desk.set_up_phone_code(&code, cookies, caller).await.unwrap();
    assert!(matches!(after, AfterSetUp::Flow(AfterCode::Step(_))), "{after:?}");
}

#[tokio::test]
async fn an_optional_phone_is_skipped_and_another_number_is_asked_for() {
    let bench = bench(SmsUse::Recovery);
    bench.rule(|rules| {
        rules.second_factor.floor = Floor::None;
        rules.second_factor.app_setup = AppSetup::Required;
    });
    bench.account(ANNA).await;
    let mut anna = bench.browser();
    bench.password(&mut anna, ANNA, PASSWORD).await;
    bench.desk.set_up_app(&anna.cookies, &anna.caller).await.unwrap();
    bench
        .desk
        .set_up_number(Some(NUMBER), &anna.cookies, &anna.caller)
        .await
        .unwrap();
    let code = bench.phones.newest_code();
    bench
        .desk
        .set_up_other_number(&anna.cookies, &anna.caller)
        .await
        .unwrap();
    let (after, _) = bench
        .desk
        .set_up_phone_code(&code, &anna.cookies, &anna.caller)
        .await
        .unwrap();
    assert!(
        matches!(
            after,
            AfterSetUp::Flow(AfterCode::Refused(_, Refusal::OutOfStep, _))
        ),
        "no number, no code: {after:?}"
    );
    let skipped = bench
        .desk
        .set_up_skip_phone(&anna.cookies, &anna.caller)
        .await
        .unwrap();
    let AfterCode::Step(ticket) = skipped else {
        panic!("{skipped:?}");
    };
    assert!(
        matches!(ticket.flow.stage, Stage::SetUp(SetUp::App(_))),
        "{ticket:?}"
    );
}

#[tokio::test]
async fn support_takes_the_phone_away_with_the_rest() {
    let bench = bench(SmsUse::Recovery);
    let account = bench.account(ANNA).await;
    bench.give_phone(account.id, NUMBER).await;
    assert_eq!(
        bench.desk.admin_show(ANNA).await.unwrap().phone.as_deref(),
        Some("•••67")
    );
    let operator = Operator {
        name: "root".to_owned(),
        reason: Some("lost".to_owned()),
        site_url: "https://portal.example.com".to_owned(),
        language: Language::english(),
    };
    let reset = bench.desk.admin_reset_mfa(ANNA, &operator).await.unwrap();
    assert!(reset.phone);
    assert!(bench.stored(account.id).await.phone.is_none());
}

#[test]
fn events_have_their_names() {
    let name = |what| {
        crate::identity::event::Event::without_account(
            what,
            crate::base::time::Timestamp::from_unix_millis(0),
        )
        .name()
    };
    assert_eq!(name(What::PhoneAdded), "phone.added");
    assert_eq!(name(What::PhoneRemoved), "phone.removed");
    assert_eq!(name(What::SmsFailed { step: "tls".into() }), "sms.failed");
}
