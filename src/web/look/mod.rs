//! How the pages look: the operator's colour, light or dark, and the logo.
//!
//! Nothing is styled inline, so the operator's choices are a style sheet: ours, with other values for
//! its tokens, under a name of its own.

pub mod accent;
pub mod colour;
pub mod svg;

use std::sync::Arc;

use bytes::Bytes;

use self::accent::{Accent, Scheme};
use self::colour::Colour;
use self::svg::Logo;
use super::assets::{self, Asset};

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the person's system has it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// For `<meta name="color-scheme">` and the property of that name.
    pub const fn schemes(self) -> &'static str {
        match self {
            Self::Auto => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The tokens of each scheme, and everything that uses them.
const LIGHT: &str = include_str!("../../../pages/assets/light.css");
const DARK: &str = include_str!("../../../pages/assets/dark.css");
const RULES: &str = include_str!("../../../pages/assets/app.css");

/// What the pages look like, ready to be served.
#[derive(Clone, Debug)]
pub struct Look {
    theme: Theme,
    style: (String, Asset),
    logo: Option<Picture>,
}

/// The logo, as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    name: String,
    asset: Asset,
    /// How wide it is for each hundred of height.
    width_percent: u32,
}

/// How high a logo stands, in CSS pixels.
const LOGO_HEIGHT: u32 = 40;

impl Picture {
    /// Its height on a page, in CSS pixels.
    pub const fn height(&self) -> u32 {
        LOGO_HEIGHT
    }

    /// Its width on a page, in CSS pixels, where there is room.
    pub const fn width(&self) -> u32 {
        LOGO_HEIGHT * self.width_percent / 100
    }
}

impl Default for Look {
    fn default() -> Self {
        Self::new(Theme::Auto, None, None)
    }
}

impl Look {
    /// Of these choices. Without a colour it is ours.
    pub fn new(theme: Theme, colour: Option<Colour>, logo: Option<&Logo>) -> Self {
        let sheet = style_sheet(theme, colour);
        let style = assets::named("app.css", assets::CSS, Bytes::from(compact(&sheet)));
        let logo = logo.map(|logo| {
            let (name, asset) = assets::named("logo.svg", assets::SVG, Bytes::from(logo.svg.clone()));
            Picture {
                name,
                asset,
                width_percent: logo.width_percent,
            }
        });
        Self { theme, style, logo }
    }

    /// Light, dark, or both.
    pub const fn theme(&self) -> Theme {
        self.theme
    }

    /// The logo, if there is one.
    pub const fn logo(&self) -> Option<&Picture> {
        self.logo.as_ref()
    }

    /// The name a page calls an asset by: `app.css` → `app.2c26b46b68ff.css`.
    pub fn name_of(&self, plain: &'static str) -> &str {
        match (plain, &self.logo) {
            ("app.css", _) => &self.style.0,
            ("logo.svg", Some(logo)) => &logo.name,
            _ => assets::name_of(plain),
        }
    }

    /// The asset behind the last segment of an assets URL.
    pub fn find(&self, name: &str) -> Option<Asset> {
        if name == self.style.0 {
            return Some(self.style.1.clone());
        }
        match &self.logo {
            Some(logo) if logo.name == name => Some(logo.asset.clone()),
            _ => assets::find(name),
        }
    }
}

fn style_sheet(theme: Theme, colour: Option<Colour>) -> String {
    let tokens = |scheme: Scheme| {
        let ours = match scheme {
            Scheme::Light => LIGHT,
            Scheme::Dark => DARK,
        };
        let theirs = colour.map(|colour| Accent::of(colour, scheme).declarations());
        format!("{ours}{}", theirs.unwrap_or_default())
    };
    let schemes = theme.schemes();
    match theme {
        Theme::Auto => format!(
            ":root {{\ncolor-scheme: {schemes};\n{}}}\n@media (prefers-color-scheme: dark) {{\n:root {{\n{}}}\n}}\n{RULES}",
            tokens(Scheme::Light),
            tokens(Scheme::Dark)
        ),
        Theme::Light => format!(
            ":root {{\ncolor-scheme: {schemes};\n{}}}\n{RULES}",
            tokens(Scheme::Light)
        ),
        Theme::Dark => format!(
            ":root {{\ncolor-scheme: {schemes};\n{}}}\n{RULES}",
            tokens(Scheme::Dark)
        ),
    }
}

/// One look for everybody who has not chosen another.
pub fn usual() -> Arc<Look> {
    Arc::new(Look::default())
}

/// The same sheet without what only its authors read: comments, line breaks, and the spaces around signs that need
/// none. Our sheets hold none of these signs in quotes.
fn compact(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let lines: Vec<&str> = plain.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let spaced = [
        (": ", ":"),
        ("; ", ";"),
        (", ", ","),
        (" {", "{"),
        ("{ ", "{"),
        (" }", "}"),
    ];
    spaced
        .iter()
        .fold(lines.join("\n"), |sheet, (from, to)| sheet.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(theme: Theme, colour: Option<&str>) -> String {
        style_sheet(theme, colour.map(|it| Colour::parse(it).unwrap()))
    }

    #[test]
    fn a_theme_leaves_out_the_other_half() {
        let auto = sheet(Theme::Auto, None);
        assert!(auto.contains("prefers-color-scheme: dark") && auto.contains("color-scheme: light dark;"));
        let light = sheet(Theme::Light, None);
        assert!(!light.contains("prefers-color-scheme") && light.contains("--page: #f4f6f8"));
        let dark = sheet(Theme::Dark, None);
        assert!(!dark.contains("prefers-color-scheme") && dark.contains("--page: #12151b"));
        assert!(!dark.contains("#f4f6f8"), "no token of the light half");
    }

    #[test]
    fn a_colour_changes_the_tokens_that_speak_of_it_and_the_name_of_the_sheet() {
        let green = sheet(Theme::Auto, Some("#116329"));
        let (light, dark) = green.split_once("@media (prefers-color-scheme: dark)").unwrap();
        assert!(light.contains("--accent: #116329;"), "dark enough as it is");
        assert!(dark.contains("--accent: #") && !dark.contains("--accent: #116329;"));
        let names = [None, Colour::parse("#116329")]
            .map(|colour| Look::new(Theme::Auto, colour, None).name_of("app.css").to_owned());
        assert_ne!(names[0], names[1]);
    }

    #[test]
    fn a_sheet_is_served_without_what_only_its_authors_read() {
        let sheet = "/* Why */\n:root { --page: #fff; }\n\n@media (max-width: 24rem) {\n  a :is(b, c)::before { content: \"‹ \" / \"\"; }\n}\n";
        assert_eq!(
            compact(sheet),
            ":root{--page:#fff;}\n@media (max-width:24rem){\na :is(b,c)::before{content:\"‹ \" / \"\";}\n}"
        );
        for quoted in RULES.split('"').skip(1).step_by(2) {
            assert!(!quoted.contains([':', ';', ',', '{', '}', '*']), "{quoted}");
        }
    }

    #[test]
    fn every_token_that_is_used_exists_in_both_schemes() {
        for name in RULES.split("var(").skip(1).filter_map(|it| it.split(')').next()) {
            for tokens in [LIGHT, DARK] {
                assert!(tokens.contains(&format!("{name}: ")), "{name}");
            }
        }
    }

    #[test]
    fn a_look_finds_what_is_its_own_and_what_is_compiled_in() {
        let logo = svg::clean("<svg viewBox='0 0 80 20'><path d='M0 0'/></svg>").unwrap();
        let look = Look::new(Theme::Auto, None, Some(&logo));
        let picture = look.logo().unwrap();
        assert_eq!((picture.width(), picture.height()), (160, 40));
        let name = look.name_of("logo.svg").to_owned();
        assert_eq!(look.find(&name).unwrap().content_type, "image/svg+xml");
        assert!(look.find(look.name_of("app.css")).is_some() && look.find(look.name_of("app.js")).is_some());
        assert!(Look::default().find(&name).is_none());
        for name in ["app.css", "logo.svg", "logo.000000000000.svg"] {
            assert_eq!(look.find(name), None, "{name}");
        }
    }
}
