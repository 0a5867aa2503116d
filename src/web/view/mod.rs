//! What people see: one struct of plain data for each template in `pages/`.
//!
//! ```text
//! handler ── facts ──▶ view struct ── askama ──▶ HTML
//! ```
//!
//! A view holds what its page says, never how it came to be known: no request, no store, no clock.
//! [`Shell`] is what all pages share. A page's own [`Complaint`]s and its [`Notice`] travel in the
//! shell, because summary, title and fields all speak of them.
//!
//! Each page works without scripts and names itself in `<body data-page>`. Words come from
//! [`crate::language`]; whatever is put into a page is escaped by askama or by [`Markup`].

pub mod account;
pub mod app;
pub mod code;
pub mod complaint;
pub mod devices;
pub mod edge;
pub mod email;
mod foreign;
pub mod markdown;
pub mod markup;
pub mod moment;
pub mod notice;
pub mod phone;
pub mod qr;
pub mod recovery;
pub mod register;
pub mod reset;
pub mod resume;
pub mod sessions;
pub mod setup;
pub mod shell;
pub mod sign_in;
pub mod terms;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod inputs;
#[cfg(test)]
mod rendering;

pub use complaint::Complaint;
pub use markup::{Markup, Rich};
pub use moment::Moment;
pub use notice::{Notice, Tone};
pub use qr::QrPicture;
pub use shell::{Help, LanguageOption, Shell, Step};

/// A page: a template with a name and a heading.
pub trait Page: askama::Template {
    /// What `<body data-page>` says.
    fn name(&self) -> &'static str;

    /// The words of the `<h1>`, also used as the title.
    fn heading(&self) -> String;

    /// What it shares with all pages.
    fn shell(&self) -> &Shell;
}

/// A page as HTML.
///
/// # Errors
///
/// None that a template which is compiled in and writes into memory brings about by itself.
pub fn html(page: &impl Page) -> Result<String, askama::Error> {
    Ok(foreign::settle(page.render()?))
}

/// Implements [`Page`]: struct, name, and the heading as a function of the page.
macro_rules! page {
    ($page:ty, $name:expr, $heading:expr) => {
        impl $crate::web::view::Page for $page {
            fn name(&self) -> &'static str {
                let name: fn(&$page) -> &'static str = $name;
                name(self)
            }

            fn heading(&self) -> String {
                let heading: fn(&$page) -> String = $heading;
                heading(self)
            }

            fn shell(&self) -> &$crate::web::view::Shell {
                &self.shell
            }
        }
    };
}
use page;
