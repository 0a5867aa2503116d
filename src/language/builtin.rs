//! The languages that are compiled in. A folder of `pages/locales` joins by one line here.

/// The messages of one language, as they are compiled in.
pub(super) struct Source {
    pub(super) tag: &'static str,
    pub(super) files: [(&'static str, &'static str); 5],
}

macro_rules! source {
    ($tag:literal) => {
        Source {
            tag: $tag,
            files: [
                source!($tag, "common.ftl"),
                source!($tag, "sign-in.ftl"),
                source!($tag, "account.ftl"),
                source!($tag, "errors.ftl"),
                source!($tag, "email.ftl"),
            ],
        }
    };
    ($tag:literal, $file:literal) => {
        (
            $file,
            include_str!(concat!("../../pages/locales/", $tag, "/", $file)),
        )
    };
}

/// English first: it has every message, and what nobody else says is said in it.
pub(super) const SOURCES: &[Source] = &[
    source!("en"),
    source!("de"),
    source!("fr"),
    source!("it"),
    source!("es"),
    source!("nl"),
    source!("pl"),
    source!("cs"),
];

/// The texts of the language with this tag.
pub(super) fn source(tag: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.tag == tag)
}

/// English.
pub(super) fn english() -> &'static [(&'static str, &'static str)] {
    SOURCES.first().map_or(&[][..], |source| &source.files)
}
