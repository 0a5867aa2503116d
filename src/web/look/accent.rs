//! The operator's colour, made legible.
//!
//! The accent is a text on every surface of the pages, and the ground of a button's text. Where its
//! contrast falls short, its lightness is moved until it does not; hue and saturation stay. The dark
//! half of the pages gets a lighter one of the same hue.

use std::fmt::Write as _;

use super::colour::Colour;

/// The least contrast of text (WCAG 2.2 §1.4.3, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// How far lightness moves at a time.
const STEP: f64 = 0.005;

/// Which half of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);
const INK: Colour = Colour::new(0x0b, 0x12, 0x20);

impl Scheme {
    /// What the accent is read on: page, card, soft.
    const fn surfaces(self) -> [Colour; 3] {
        match self {
            Self::Light => [
                Colour::new(0xf4, 0xf6, 0xf8),
                WHITE,
                Colour::new(0xf4, 0xf6, 0xf8),
            ],
            Self::Dark => [
                Colour::new(0x12, 0x15, 0x1b),
                Colour::new(0x1b, 0x20, 0x28),
                Colour::new(0x23, 0x2a, 0x34),
            ],
        }
    }

    /// What is written on the accent.
    pub const fn ink(self) -> Colour {
        match self {
            Self::Light => WHITE,
            Self::Dark => INK,
        }
    }

    const fn card(self) -> Colour {
        match self {
            Self::Light => WHITE,
            Self::Dark => Colour::new(0x1b, 0x20, 0x28),
        }
    }

    /// Towards black where the ground is light, towards white where it is dark.
    const fn step(self) -> f64 {
        match self {
            Self::Light => -STEP,
            Self::Dark => STEP,
        }
    }
}

/// A colour that can be read in one half of the pages, with what goes with it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Accent {
    /// The colour.
    pub colour: Colour,
    /// The least contrast that it has anywhere.
    pub contrast: f64,
    hover: Colour,
    ink: Colour,
    tint: Colour,
}

impl Accent {
    /// The nearest legible one to `wanted`.
    pub fn of(wanted: Colour, scheme: Scheme) -> Self {
        let mut accent = Self::at(wanted, scheme);
        let mut lightness = wanted.lightness();
        while accent.contrast < LEAST_CONTRAST && (0.0..=1.0).contains(&lightness) {
            lightness += scheme.step();
            accent = Self::at(wanted.at_lightness(lightness.clamp(0.0, 1.0)), scheme);
        }
        accent
    }

    fn at(colour: Colour, scheme: Scheme) -> Self {
        let ink = scheme.ink();
        let tint = scheme.card().mixed(colour, 0.08);
        let grounds = scheme.surfaces().into_iter().chain([ink, tint]);
        let contrast = grounds
            .map(|it| colour.contrast(it))
            .fold(f64::INFINITY, f64::min);
        // Away from the ink, so that a button's text is never less legible under a pointer.
        let hover = match scheme {
            Scheme::Light => colour.mixed(INK, 0.12),
            Scheme::Dark => colour.mixed(WHITE, 0.22),
        };
        Self {
            colour,
            contrast,
            hover,
            ink,
            tint,
        }
    }

    /// As declarations of a style sheet.
    pub(super) fn declarations(&self) -> String {
        let mut out = String::new();
        for (token, colour) in [
            ("accent", self.colour),
            ("accent-hover", self.hover),
            ("on-accent", self.ink),
            ("info-soft", self.tint),
        ] {
            let _ = writeln!(out, "--{token}: {colour};");
        }
        out
    }
}

/// How legible a colour is as it stands: its least contrast in that half of the pages.
pub fn contrast_of(colour: Colour, scheme: Scheme) -> f64 {
    Accent::at(colour, scheme).contrast
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_legible_colour_stays_as_it_is() {
        let blue = Colour::parse("#1d4ed8").unwrap();
        assert_eq!(Accent::of(blue, Scheme::Light).colour, blue);
        let pale = Colour::parse("#8ab4ff").unwrap();
        assert_eq!(Accent::of(pale, Scheme::Dark).colour, pale);
        assert!(contrast_of(pale, Scheme::Light) < 2.5);
    }

    #[test]
    fn a_pale_colour_is_darkened_and_no_further_than_it_must() {
        let accent = Accent::of(Colour::parse("#7fb2ff").unwrap(), Scheme::Light);
        assert!((LEAST_CONTRAST..4.8).contains(&accent.contrast), "{accent:?}");
    }

    proptest! {
        #[test]
        fn every_colour_becomes_legible_in_both_halves(red: u8, green: u8, blue: u8) {
            for scheme in [Scheme::Light, Scheme::Dark] {
                let accent = Accent::of(Colour::new(red, green, blue), scheme);
                prop_assert!(accent.contrast >= LEAST_CONTRAST, "{scheme:?} {accent:?}");
                prop_assert!(accent.hover.contrast(accent.ink) >= LEAST_CONTRAST, "{scheme:?} {accent:?}");
            }
        }
    }
}
