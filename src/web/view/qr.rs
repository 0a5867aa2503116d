//! QR codes as inline SVG: no picture service, no image file, nothing that could be cached.
//!
//! Level M, four modules of quiet zone (ISO/IEC 18004 §6.3.8), black on white whatever the theme.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The quiet zone, in modules.
const QUIET: usize = 4;

/// A QR code, ready to be drawn: the side of its box and the path of its dark modules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QrPicture {
    side: usize,
    path: String,
}

/// The text does not fit into a QR code (2,331 bytes at level M).
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("too long for a QR code")]
pub struct TooLongForQr;

impl QrPicture {
    /// The code of `text`.
    pub fn of(text: &str) -> Result<Self, TooLongForQr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLongForQr)?;
        let width = code.width();
        Ok(Self {
            side: width + 2 * QUIET,
            path: path(width, &code.to_colors()),
        })
    }

    /// Modules on a side, quiet zone included: the SVG's view box.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Horizontal strokes through the middle of each run of dark modules: relative moves keep it
    /// at a third of what a rectangle for each run would take.
    pub fn path(&self) -> &str {
        &self.path
    }
}

fn path(width: usize, modules: &[Color]) -> String {
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut at = None;
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ = match at {
                    None => write!(path, "M{} {}.5", x + QUIET, y + QUIET),
                    Some(end) => write!(path, "m{} 0", x - end),
                };
                let _ = write!(path, "h{}", run.len());
                at = Some(x + run.len());
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "otpauth://totp/Example%20Portal:anna%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example%20Portal&algorithm=SHA1&digits=6&period=30";

    /// Draws the path again and compares it, module by module, with what the library computed.
    #[test]
    fn the_path_draws_every_dark_module_and_no_other() {
        let picture = QrPicture::of(LINK).unwrap();
        let code = QrCode::with_error_correction_level(LINK, EcLevel::M).unwrap();
        let (side, width) = (picture.side(), code.width());
        let mut drawn = vec![false; side * side];
        let (mut x, mut y) = (0, 0);
        let path = picture
            .path()
            .replace('M', "\nM")
            .replace('m', "\nm")
            .replace('h', "\nh");
        for step in path.lines().filter(|it| !it.is_empty()) {
            let (verb, numbers) = step.split_at(1);
            let numbers: Vec<&str> = numbers.split(' ').collect();
            let first: usize = numbers[0].parse().unwrap();
            match verb {
                "M" => (x, y) = (first, numbers[1].strip_suffix(".5").unwrap().parse().unwrap()),
                "m" => x += first,
                _ => {
                    drawn[y * side + x..][..first].fill(true);
                    x += first;
                }
            }
        }
        for (at, dark) in drawn.iter().enumerate() {
            let (x, y) = (at % side, at / side);
            let inside = (QUIET..QUIET + width).contains(&x) && (QUIET..QUIET + width).contains(&y);
            let expected = inside && code[(x - QUIET, y - QUIET)] == Color::Dark;
            assert_eq!(*dark, expected, "module {x},{y}");
        }
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused() {
        assert_eq!(QrPicture::of(&"x".repeat(3000)), Err(TooLongForQr));
    }
}
