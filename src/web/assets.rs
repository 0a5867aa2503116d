//! Script and pictures of the pages: compiled in, named by their content. The style sheet and an
//! operator's logo are [`super::look`]'s.
//!
//! A name that carries a hash of what it stands for may be kept by browsers for ever. The picture
//! on the signed-out page is the one exception: it has to be fetched each time, because its answer
//! is what empties the browser's cache (`Clear-Site-Data`, W3C Clear Site Data §3.1).

use std::sync::LazyLock;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// How long an answer may be kept, and what else it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keeping {
    /// `Cache-Control: public, max-age=31536000, immutable`.
    ForEver,
    /// `Cache-Control: no-store` and `Clear-Site-Data: "cache"`.
    ClearsCache,
}

/// One file that pages refer to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// `Content-Type`.
    pub content_type: &'static str,
    /// The bytes.
    pub body: Bytes,
    /// What to say about caching.
    pub keeping: Keeping,
}

/// The name of the picture on the signed-out page.
pub const SIGNED_OUT_PICTURE: &str = "signed-out.svg";

pub(super) const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
pub(super) const SVG: &str = "image/svg+xml";

struct Named {
    plain: &'static str,
    hashed: String,
    asset: Asset,
}

static ASSETS: LazyLock<[Named; 3]> = LazyLock::new(|| {
    [
        for_ever("app.js", SCRIPT, include_bytes!("../../pages/assets/app.js")),
        for_ever("icon.svg", SVG, include_bytes!("../../pages/assets/icon.svg")),
        Named {
            plain: SIGNED_OUT_PICTURE,
            hashed: SIGNED_OUT_PICTURE.to_owned(),
            asset: Asset {
                content_type: SVG,
                body: Bytes::from_static(include_bytes!("../../pages/assets/signed-out.svg")),
                keeping: Keeping::ClearsCache,
            },
        },
    ]
});

fn for_ever(plain: &'static str, content_type: &'static str, body: &'static [u8]) -> Named {
    let (hashed, asset) = named(plain, content_type, Bytes::from_static(body));
    Named { plain, hashed, asset }
}

/// An asset that may be kept for ever, and its name: `app.css` → `app.2c26b46b68ff.css`.
pub(super) fn named(plain: &str, content_type: &'static str, body: Bytes) -> (String, Asset) {
    let digest = HEXLOWER.encode(&Sha256::digest(&body));
    let short = digest.get(..12).unwrap_or(&digest);
    let hashed = match plain.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{short}.{extension}"),
        None => format!("{plain}.{short}"),
    };
    let asset = Asset {
        content_type,
        body,
        keeping: Keeping::ForEver,
    };
    (hashed, asset)
}

/// The asset behind the last segment of an assets URL.
pub fn find(name: &str) -> Option<Asset> {
    ASSETS
        .iter()
        .find(|it| it.hashed == name)
        .map(|it| it.asset.clone())
}

/// The name a page calls an asset by: `app.js` → `app.2c26b46b68ff.js`.
pub fn name_of(plain: &'static str) -> &'static str {
    ASSETS
        .iter()
        .find(|it| it.plain == plain)
        .map_or(plain, |it| it.hashed.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_hash_of_its_content() {
        let name = name_of("app.js");
        let asset = find(name).unwrap();
        assert_eq!(asset.content_type, SCRIPT);
        assert_eq!(asset.keeping, Keeping::ForEver);
        let hash = HEXLOWER.encode(&Sha256::digest(&asset.body));
        assert_eq!(name, format!("app.{}.js", &hash[..12]));
    }

    #[test]
    fn nothing_else_is_found() {
        for name in [
            "",
            "app.css",
            "app.js",
            "../Cargo.toml",
            "app.000000000000.css",
            "icon.svg",
        ] {
            assert_eq!(find(name), None, "{name}");
        }
        assert_eq!(find(SIGNED_OUT_PICTURE).unwrap().keeping, Keeping::ClearsCache);
    }

    #[test]
    fn the_script_stays_small() {
        assert!(find(name_of("app.js")).unwrap().body.len() <= 6 * 1024);
    }
}
