//! Text from outside, made harmless for lines, terminals and eyes.

/// Appends `event` as one line: everything that is not printable is escaped, and it ends in one `\n`.
pub(super) fn one_line(event: &[u8], line: &mut Vec<u8>) {
    let event = event.strip_suffix(b"\n").unwrap_or(event);
    let cut = event.get(..MAX_EVENT).unwrap_or(event);
    escaped(cut, false, line);
    line.push(b'\n');
}

/// Octets of the longest event.
const MAX_EVENT: usize = 16 * 1024;

/// Appends `text` within double quotes, as a JSON string of at most `limit` octets of it.
pub(super) fn quoted(text: &[u8], limit: usize, line: &mut Vec<u8>) {
    let cut = text.get(..limit);
    line.push(b'"');
    escaped(cut.unwrap_or(text), true, line);
    if cut.is_some_and(|cut| cut.len() < text.len()) {
        line.extend_from_slice("…".as_bytes());
    }
    line.push(b'"');
}

/// Copies what is printable; `\u001b` and the like for the rest, `\\xff` for what is not UTF-8.
fn escaped(text: &[u8], quotes: bool, line: &mut Vec<u8>) {
    if text.iter().all(|octet| is_plain(*octet, quotes)) {
        line.extend_from_slice(text);
        return;
    }
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' if quotes => line.extend_from_slice(&[b'\\', character as u8]),
                '\n' if !quotes => line.extend_from_slice(b"\\n"),
                _ if is_deceptive(character) => push_escape(character, line),
                _ => line.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        for octet in chunk.invalid() {
            let backslash: &[u8] = if quotes { br"\\x" } else { br"\x" };
            line.extend_from_slice(backslash);
            push_hex(u32::from(*octet), 2, line);
        }
    }
}

const fn is_plain(octet: u8, quotes: bool) -> bool {
    matches!(octet, b' '..=b'~') && !(quotes && matches!(octet, b'"' | b'\\'))
}

/// Controls, line ends, and marks that hide or turn what follows.
fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        )
}

fn push_escape(character: char, line: &mut Vec<u8>) {
    // All deceptive characters lie in the basic plane: four digits do, as in JSON.
    line.extend_from_slice(br"\u");
    push_hex(u32::from(character), 4, line);
}

fn push_hex(number: u32, digits: u32, line: &mut Vec<u8>) {
    for at in (0..digits).rev() {
        let digit = (number >> (4 * at)) & 0xf;
        line.push(char::from_digit(digit, 16).map_or(b'?', |digit| digit as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(event: &[u8]) -> String {
        let mut line = Vec::new();
        one_line(event, &mut line);
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn inj_07_an_event_stays_one_line_whatever_is_in_it() {
        assert_eq!(line(b"plain event\n"), "plain event\n");
        assert_eq!(
            line(b"user a\r\n{\"event\":\"forged\"}\n"),
            "user a\\u000d\\n{\"event\":\"forged\"}\n"
        );
        assert_eq!(line(b"\x1b[2J\x00\x7f"), "\\u001b[2J\\u0000\\u007f\n");
        assert_eq!(
            line("a\u{202e}b\u{2028}c\u{85}d é".as_bytes()),
            "a\\u202eb\\u2028c\\u0085d é\n"
        );
        assert_eq!(line(b"\xff\xfe"), "\\xff\\xfe\n");
        assert_eq!(line(&[b'x'; 100_000]).len(), MAX_EVENT + 1);
    }

    #[test]
    fn quoted_text_reads_back_as_json_and_is_cut() {
        for text in [
            "plain",
            "a\"b\\c",
            "tab\tline\r\nend",
            "\u{1b}[31m",
            "é\u{202e}",
            "\u{0}",
        ] {
            let mut line = Vec::new();
            quoted(text.as_bytes(), 100, &mut line);
            assert_eq!(serde_json::from_slice::<String>(&line).unwrap(), text);
        }
        let mut line = Vec::new();
        quoted(b"\xc3(\xff", 100, &mut line);
        assert_eq!(serde_json::from_slice::<String>(&line).unwrap(), "\\xc3(\\xff");
        let mut line = Vec::new();
        quoted(&[b'x'; 200], 100, &mut line);
        assert_eq!(line.len(), 100 + 2 + "…".len());
    }
}
