//! Phone numbers: how they are read, kept and shown.

use super::*;
use crate::base::entropy::OsEntropy;
use crate::identity::account::EmailAddress;

fn read(typed: &str, countries: &[&str]) -> Result<String, PhoneFault> {
    let countries: Vec<_> = countries.iter().map(|it| Country::parse(it).unwrap()).collect();
    PhoneNumber::parse(typed, &countries).map(|number| number.e164().to_owned())
}

#[test]
fn a_number_is_read_however_people_write_it() {
    let swiss = Ok("+41791234567".to_owned());
    for typed in [
        "+41791234567",
        "+41 79 123 45 67",
        "0041 79 123 45 67",
        "\u{202a}+41 79\u{a0}123-45.67\u{202c}",
        "+41 (0)79 123 45 67",
    ] {
        assert_eq!(read(typed, &[]), swiss, "{typed}");
    }
    for typed in ["079 123 45 67", "(079) 123 45 67", "079/123.45.67"] {
        assert_eq!(read(typed, &["CH", "DE"]), swiss, "{typed}");
        assert_eq!(read(typed, &[]), Err(PhoneFault::NoCountryCode), "{typed}");
    }
    assert_eq!(read("+1 520 878 2491", &["US"]), Ok("+15208782491".to_owned()));
    assert_eq!(
        read("+49 1512 3456789", &["CH", "DE"]),
        Ok("+4915123456789".to_owned())
    );
}

#[test]
fn what_is_no_mobile_number_says_so() {
    for typed in [
        "anna@example.com",
        "++41791234567",
        "+41",
        "+",
        "12",
        "+41 79 123 45 67 ext 3",
        "٠٧٩",
        "+999 1234567",
    ] {
        assert_eq!(read(typed, &["CH"]), Err(PhoneFault::Unreadable), "{typed}");
    }
    assert_eq!(read(&"0".repeat(10_000), &["CH"]), Err(PhoneFault::Unreadable));
    assert_eq!(read("  ", &[]), Err(PhoneFault::Missing));
    // A fixed line, a premium number, a free one; RATE-21.
    for typed in [
        "+41 44 668 18 00",
        "+41 900 123 456",
        "+41 800 123 456",
        "+1 900 234 5678",
        "+800 1234 0000",
    ] {
        assert_eq!(read(typed, &[]), Err(PhoneFault::NotMobile), "{typed}");
    }
    assert_eq!(read("+49 1512 3456789", &["CH"]), Err(PhoneFault::OtherCountry));
    assert_eq!(
        read("+1 876 210 1234", &["US"]),
        Err(PhoneFault::OtherCountry),
        "one code, many countries"
    );
}

#[test]
fn countries_are_two_capital_letters() {
    assert!(Country::parse("CH").is_some() && Country::parse("GB").is_some());
    for other in ["ch", "UK", "ZZ", "CHE", "", "1", "001"] {
        assert!(Country::parse(other).is_none(), "{other}");
    }
}

#[test]
fn a_number_is_kept_for_its_account_and_shown_by_its_end() {
    let keys = Keyring::generate(&OsEntropy);
    let (anna, bob) = (AccountId::draw(&OsEntropy), AccountId::draw(&OsEntropy));
    let number = PhoneNumber::parse("+41 79 123 45 67", &[]).unwrap();
    let now = Timestamp::from_unix_seconds(7);
    let phone = Phone::keep(&number, anna, &keys, &OsEntropy, now).unwrap();
    let kept = serde_json::to_string(&phone).unwrap();
    let digits = "791234567";
    assert!(!kept.contains(digits) && !format!("{number:?}{phone:?}").contains(digits));
    assert_eq!(phone.number(anna, &keys), Ok(number.clone()));
    assert_eq!(phone.number(bob, &keys), Err(SealError));
    assert_eq!(number.masked(), "•••67");
}

#[test]
fn a_code_proves_the_number_it_was_sent_to_and_no_other() {
    let keys = Keyring::generate(&OsEntropy);
    let at = |seconds: i64| Timestamp::from_unix_seconds(1_700_000_000 + seconds);
    let email = EmailAddress::parse("anna@example.com").unwrap();
    let mut account = Account::new(AccountId::draw(&OsEntropy), email, at(0));
    let id = account.id;
    let rules = EmailCodeSettings::default();
    let one = PhoneNumber::parse("+41791234567", &[]).unwrap();
    let other = PhoneNumber::parse("+41797654321", &[]).unwrap();
    let mut pending = PendingPhone::begin(FlowId::draw(&OsEntropy));
    let mut draw = |number: &PhoneNumber, seconds: i64| {
        let code = pending.draw(number, id, &rules, &keys, &OsEntropy, at(seconds));
        (code.unwrap(), pending.clone())
    };
    let (first, _) = draw(&one, 0);
    let (again, pending_one) = draw(&one, 31);
    let (second, pending_other) = draw(&other, 62);
    let mut check = |pending: &PendingPhone, code: &SixDigits, seconds: i64| {
        pending
            .confirm(code, &mut account, &keys, &OsEntropy, at(seconds))
            .unwrap()
    };
    assert!(first == second || check(&pending_other, &first, 70) == Verdict::Wrong);
    assert_eq!(check(&pending_one, &again, 70), Verdict::Right);
    assert_eq!(check(&pending_other, &second, 70), Verdict::Right);
    assert_eq!(check(&pending_other, &second, 62 + 600), Verdict::Expired);
    assert_eq!(account.phone.unwrap().number(id, &keys), Ok(other));
}
