//! An authenticator app, as a person has it on their phone.

use std::collections::BTreeMap;

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use doorward::base::time::Timestamp;
use totp_rs::{Algorithm, Builder};

use super::client::Page;

#[derive(Clone)]
pub struct Authenticator {
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for Authenticator {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Authenticator({})", HEXLOWER.encode(&self.secret))
    }
}

impl Authenticator {
    /// Takes the key that the set-up page shows as text.
    pub fn scan(page: &Page) -> Self {
        Self::typed(&page.html().text_of("key").expect("no key on the page"))
    }

    /// Takes the key as somebody types it who cannot scan.
    pub fn typed(key: &str) -> Self {
        let key = key.replace(char::is_whitespace, "").to_ascii_uppercase();
        Self {
            secret: BASE32_NOPAD.decode(key.as_bytes()).unwrap(),
        }
    }

    /// Points its camera at a picture (PNG) of the screen; and what the app calls the entry. `None` where it finds
    /// no QR code in it.
    pub fn photographed(screen: &[u8]) -> Option<(Self, Entry)> {
        let link = read_qr(screen)?;
        let link = url::Url::parse(&link).unwrap_or_else(|error| panic!("{error}: {link}"));
        assert_eq!(
            (link.scheme(), link.host_str()),
            ("otpauth", Some("totp")),
            "{link}"
        );
        let label = link.path().trim_start_matches('/');
        let label = percent_encoding::percent_decode_str(label).decode_utf8().unwrap();
        let (named, account) = label.split_once(':').expect("issuer and account");
        let given: BTreeMap<String, String> = link.query_pairs().into_owned().collect();
        assert_eq!(
            named, given["issuer"],
            "old apps read the label, new ones the parameter"
        );
        let entry = Entry {
            issuer: named.to_owned(),
            account: account.trim().to_owned(),
        };
        for (name, value) in [("algorithm", "SHA1"), ("digits", "6"), ("period", "30")] {
            assert_eq!(given[name], value, "{link}");
        }
        Some((Self::typed(&given["secret"]), entry))
    }

    /// What it shows at `now`.
    pub fn code(&self, now: Timestamp) -> String {
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_secret(self.secret.clone())
            .build_noncompliant();
        totp.generate(u64::try_from(now.unix_seconds()).unwrap())
            .to_string()
    }
}

/// How an entry is called in the app's list.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub issuer: String,
    pub account: String,
}

/// The text of the QR code in a picture.
fn read_qr(png: &[u8]) -> Option<String> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let (width, step) = (frame.width as usize, frame.color_type.samples());
    // Red stands for all of it: what is looked for is black on white.
    let grey = |x: usize, y: usize| pixels[(y * width + x) * step];
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, frame.height as usize, grey);
    let grids = picture.detect_grids();
    assert!(grids.len() < 2, "one QR code on the screen");
    Some(grids.first()?.decode().ok()?.1)
}
