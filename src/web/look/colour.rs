//! Colours, and how well one can be read on another (WCAG 2.2 §1.4.3).

use std::fmt;

/// A colour of sRGB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// The pages' own.
    pub const OURS: Self = Self::new(0x1d, 0x4e, 0xd8);

    /// A colour by its parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#1d4ed8` or `#14c`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        if digits.starts_with('+') {
            return None;
        }
        let [_, red, green, blue] = number.to_be_bytes();
        match digits.len() {
            6 => Some(Self::new(red, green, blue)),
            3 => {
                let twice = |digit: u8| (digit & 0xf) * 0x11;
                Some(Self::new(twice(green), twice(blue >> 4), twice(blue)))
            }
            _ => None,
        }
    }

    /// How bright it is (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast between two colours: 1 for the same, 21 for black on white.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with `share` of another in it.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |one: u8, two: u8| (f64::from(one) * (1.0 - share) + f64::from(two) * share).round() as u8;
        Self::new(
            mix(self.red, other.red),
            mix(self.green, other.green),
            mix(self.blue, other.blue),
        )
    }

    /// The same hue and saturation at another lightness, from 0 for black to 1 for white (HSL).
    #[must_use]
    pub fn at_lightness(self, lightness: f64) -> Self {
        let parts = [self.red, self.green, self.blue].map(|part| f64::from(part) / 255.0);
        let most = parts.iter().copied().fold(0.0, f64::max);
        let least = parts.iter().copied().fold(1.0, f64::min);
        let (spread, sum) = (most - least, most + least);
        if spread == 0.0 {
            let grey = (lightness * 255.0).round() as u8;
            return Self::new(grey, grey, grey);
        }
        let saturation = spread / (1.0 - (sum - 1.0).abs());
        let reach = saturation * (1.0 - (2.0 * lightness - 1.0).abs());
        // Each part keeps its place between the least and the most of them: that is the hue.
        let [red, green, blue] = parts.map(|part| {
            let place = (part - least) / spread;
            ((lightness - reach / 2.0 + reach * place) * 255.0).round() as u8
        });
        Self::new(red, green, blue)
    }

    /// Its lightness (HSL).
    pub fn lightness(self) -> f64 {
        let most = self.red.max(self.green).max(self.blue);
        let least = self.red.min(self.green).min(self.blue);
        (f64::from(most) + f64::from(least)) / 510.0
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn both_notations_are_read_and_nothing_else() {
        assert_eq!(colour("#1d4ed8").to_string(), "#1d4ed8");
        assert_eq!(colour("#1AF").to_string(), "#11aaff");
        for text in [
            "1d4ed8", "#1d4ed", "#1d4ed8f", "#+d4ed8", "blue", "#xyz", "#", "#ü",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrasts_are_those_of_the_standard() {
        let white = colour("#fff");
        assert_eq!(format!("{:.1}", white.contrast(colour("#000"))), "21.0");
        assert_eq!(format!("{:.1}", colour("#1d4ed8").contrast(white)), "6.7");
        assert_eq!(format!("{:.2}", colour("#767676").contrast(white)), "4.54");
    }

    #[test]
    fn another_lightness_keeps_the_hue() {
        let blue = colour("#1d4ed8");
        assert_eq!(blue.at_lightness(blue.lightness()), blue);
        assert_eq!(blue.at_lightness(0.0).to_string(), "#000000");
        assert_eq!(blue.at_lightness(1.0).to_string(), "#ffffff");
        assert_eq!(colour("#808080").at_lightness(0.2).to_string(), "#333333");
        assert_eq!(colour("#f00").at_lightness(0.25).to_string(), "#800000");
    }
}
