//! The readings that a portal may make of a path, as a bounded set.
//!
//! ```text
//! path ─┬─ decode (once, and once more) ─┐
//!       ├─ `\` as `/`, overlong `/ . \`  │   in every order, until nothing new appears
//!       ├─ join repeated slashes         │──────────────────────────────────────────▶ fold case
//!       ├─ resolve dot segments          │
//!       └─ drop `;…`, end at NUL ? #  ───┘
//! ```
//!
//! Sources of the readings: RFC 3986 §5.2.4 (dot segments), RFC 3986 §3.3 with the `;` of servlets, RFC
//! 3629 §3 (overlong forms that lenient decoders take), Unicode NFKC and case for file systems that
//! fold. The set is bounded in number and in octets; a path that has more readings than that
//! [fits everything](Readings::any), which holds it back wherever something is held back.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

/// Readings of one path. An honest odd path has fewer than twenty.
const READINGS_AT_MOST: usize = 192;
/// Octets of all readings of one path together.
const OCTETS_AT_MOST: usize = 256 * 1024;

/// The folded readings of a path.
#[derive(Clone, Debug)]
pub struct Readings(Option<Vec<Vec<u8>>>);

impl Readings {
    /// Whether a reading satisfies `fits`; always so where there were too many to look at.
    pub fn any(&self, fits: impl Fn(&[u8]) -> bool) -> bool {
        match &self.0 {
            Some(readings) => readings.iter().any(|reading| fits(reading)),
            None => true,
        }
    }
}

/// All readings of a raw path.
pub fn of(raw: &[u8]) -> Readings {
    Readings(closure(raw))
}

/// One way in which a portal may change a path before it looks at it.
type Step = fn(&[u8]) -> Option<Vec<u8>>;

const STEPS: [Step; 7] = [
    turn_backslashes,
    take_overlong,
    join_slashes,
    resolve_dots,
    drop_parameters,
    end_at_parameter,
    end_early,
];

fn closure(raw: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut seen: BTreeSet<(Vec<u8>, u8)> = BTreeSet::new();
    let mut open = vec![(raw.to_vec(), 0_u8)];
    let mut octets = 0_usize;
    while let Some((path, decoded)) = open.pop() {
        if seen.contains(&(path.clone(), decoded)) {
            continue;
        }
        octets = octets.saturating_add(path.len());
        if seen.len() >= READINGS_AT_MOST || octets > OCTETS_AT_MOST {
            return None;
        }
        open.extend(STEPS.iter().filter_map(|step| Some((step(&path)?, decoded))));
        if decoded < 2 && path.contains(&b'%') {
            open.push((decode(&path), decoded + 1));
        }
        seen.insert((path, decoded));
    }
    let folded: BTreeSet<Vec<u8>> = seen.iter().map(|(path, _)| fold(path)).collect();
    Some(folded.into_iter().collect())
}

/// The octet of an escape whose `%` has been read, and what follows it.
pub fn escape(after_percent: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = after_percent.split_first_chunk::<2>()?;
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    Some((u8::try_from(high? * 16 + low?).ok()?, rest))
}

/// Decodes escapes once; what is not one stays as it is.
pub fn decode(path: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, tail)) = rest.split_first() {
        match escape(tail).filter(|_| *first == b'%') {
            Some((octet, tail)) => {
                decoded.push(octet);
                rest = tail;
            }
            None => {
                decoded.push(*first);
                rest = tail;
            }
        }
    }
    decoded
}

/// Folds letter case and compatibility forms, as a portal or its file system may.
pub fn fold(path: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(path) {
        Ok(text) if !text.is_ascii() => text
            .nfkc()
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .collect::<String>()
            .into_bytes(),
        _ => path.to_ascii_lowercase(),
    }
}

/// Whether portals may take a path apart at this character, or at what it normalises to.
pub fn divides(it: char) -> bool {
    std::iter::once(it)
        .nfkc()
        .chain([it])
        .any(|it| it.is_control() || matches!(it, '/' | '\\' | '.' | '%' | ';' | '?' | '#'))
}

fn turn_backslashes(path: &[u8]) -> Option<Vec<u8>> {
    path.contains(&b'\\').then(|| {
        path.iter()
            .map(|octet| if *octet == b'\\' { b'/' } else { *octet })
            .collect()
    })
}

/// `0xC0 0xAF` and the like: two octets for a character that has one (RFC 3629 §3 forbids taking them).
fn take_overlong(path: &[u8]) -> Option<Vec<u8>> {
    if !path.iter().any(|octet| matches!(octet, 0xC0 | 0xC1)) {
        return None;
    }
    let mut read = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, tail)) = rest.split_first() {
        rest = match (first, tail.split_first()) {
            (0xC0 | 0xC1, Some((next @ 0x80..=0xBF, tail))) => {
                read.push(((first & 0x01) << 6) | (next & 0x3F));
                tail
            }
            _ => {
                read.push(*first);
                tail
            }
        };
    }
    Some(read)
}

fn join_slashes(path: &[u8]) -> Option<Vec<u8>> {
    let doubled = path.array_windows::<2>().any(|pair| pair == b"//");
    doubled.then(|| {
        let mut joined = path.to_vec();
        joined.dedup_by(|next, before| *next == b'/' && *before == b'/');
        joined
    })
}

/// RFC 3986 §5.2.4. More steps up than there are segments end at the root.
fn resolve_dots(path: &[u8]) -> Option<Vec<u8>> {
    let dotted = path
        .split(|octet| *octet == b'/')
        .any(|segment| segment == b"." || segment == b"..");
    if !dotted {
        return None;
    }
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut ends_open = false;
    for segment in path
        .strip_prefix(b"/")
        .unwrap_or(path)
        .split(|octet| *octet == b'/')
    {
        ends_open = matches!(segment, b"." | b"..");
        match segment {
            b"." => {}
            b".." => {
                kept.pop();
            }
            other => kept.push(other),
        }
    }
    let mut resolved = vec![b'/'];
    resolved.extend(kept.join(&b'/'));
    if ends_open && resolved.last() != Some(&b'/') {
        resolved.push(b'/');
    }
    Some(resolved)
}

/// Drops `;…` from each segment.
fn drop_parameters(path: &[u8]) -> Option<Vec<u8>> {
    path.contains(&b';').then(|| {
        path.split(|octet| *octet == b'/')
            .map(|segment| segment.split(|octet| *octet == b';').next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(&b'/')
    })
}

/// Drops everything from the first `;`.
fn end_at_parameter(path: &[u8]) -> Option<Vec<u8>> {
    let end = path.iter().position(|octet| *octet == b';')?;
    path.get(..end).map(<[u8]>::to_vec)
}

/// Ends where C strings end, or where a second parser sees a query or a fragment.
fn end_early(path: &[u8]) -> Option<Vec<u8>> {
    let end = path.iter().position(|octet| matches!(octet, 0 | b'?' | b'#'))?;
    path.get(..end).map(<[u8]>::to_vec)
}
