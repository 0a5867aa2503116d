//! Heads as they come over the wire, whole, in pieces and wrong.

use proptest::prelude::*;

use super::*;

fn framing(head: &str) -> Result<Framing, Malformed> {
    let end = Scan::default().find_end(head.as_bytes())?;
    assert_eq!(end, Some(head.len()), "{head:?}");
    check(head.as_bytes(), 100).map(|checked| checked.framing)
}

fn with(fields: &str) -> Result<Framing, Malformed> {
    framing(&format!("POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n"))
}

fn line(line: &str) -> Result<Framing, Malformed> {
    framing(&format!("{line}\r\nHost: a\r\n\r\n"))
}

#[test]
fn one_framing_and_no_other() {
    assert_eq!(with(""), Ok(Framing::Length(0)));
    assert_eq!(with("Content-Length: 5\r\n"), Ok(Framing::Length(5)));
    assert_eq!(with("transfer-encoding: Chunked\r\n"), Ok(Framing::Chunked));
    for fields in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5,5\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: 18446744073709551621\r\n",
        "Content-Length:\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding:\r\n",
    ] {
        assert_eq!(with(fields), Err(Malformed::Framing), "{fields}");
    }
    let old = "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    assert_eq!(framing(old), Err(Malformed::Framing));
}

#[test]
fn lines_end_in_crlf_and_nothing_else() {
    for head in [
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
        "GET / HTTP/1.1\rHost: a\r\n\r\n",
    ] {
        assert_eq!(
            Scan::default().find_end(head.as_bytes()),
            Err(Malformed::LineEnd),
            "{head:?}"
        );
    }
    assert_eq!(with("X: a\r\n folded\r\n"), Err(Malformed::Field));
    assert_eq!(with("X: a\r\n\tfolded\r\n"), Err(Malformed::Field));
}

#[test]
fn fields_are_tokens_and_values_without_control_bytes() {
    for fields in [
        "X : y\r\n",
        "no colon\r\n",
        ": empty\r\n",
        " X: y\r\n",
        "X: a\0b\r\n",
        "X: a\x07b\r\n",
        "X\u{e9}: y\r\n",
        "X: \x7f\r\n",
    ] {
        assert_eq!(with(fields), Err(Malformed::Field), "{fields:?}");
    }
    assert!(with("X:y\r\nY:\tz \r\nZ: caf\u{e9}\r\n").is_ok());
}

#[test]
fn the_request_line_has_three_words() {
    for bad in [
        "GET  / HTTP/1.1",
        "GET / HTTP/1.1 x",
        "GET /  HTTP/1.1",
        " GET / HTTP/1.1",
        "GET /",
        "GET / http/1.1",
        "G(T / HTTP/1.1",
    ] {
        assert_eq!(line(bad), Err(Malformed::RequestLine), "{bad}");
    }
    for bad in ["GET / HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/0.9"] {
        assert_eq!(line(bad), Err(Malformed::Version), "{bad}");
    }
    for bad in [
        "CONNECT up:80 HTTP/1.1",
        "TRACE / HTTP/1.1",
        "TRACK / HTTP/1.1",
        "trace / HTTP/1.1",
    ] {
        assert_eq!(line(bad), Err(Malformed::Method), "{bad}");
    }
    for bad in [
        "OPTIONS * HTTP/1.1",
        "GET admin HTTP/1.1",
        "GET /a#b HTTP/1.1",
        "GET /a\tb HTTP/1.1",
        "GET /\0 HTTP/1.1",
        "GET /\x7f HTTP/1.1",
        "GET ftp://a/ HTTP/1.1",
    ] {
        assert_eq!(line(bad), Err(Malformed::Target), "{bad}");
    }
    for good in [
        "GET / HTTP/1.1",
        "PROPFIND /x HTTP/1.0",
        "GET http://a/x HTTP/1.1",
        "GET HTTPS://a. HTTP/1.1",
        "GET /\u{e9} HTTP/1.1",
    ] {
        assert_eq!(line(good), Ok(Framing::Length(0)), "{good}");
    }
}

#[test]
fn what_is_let_pass_is_a_uri_to_the_parser_too() {
    for octet in 0x21..0x7F_u8 {
        for target in [vec![b'/', octet], vec![b'/', b'?', octet]] {
            let uri = http::uri::PathAndQuery::try_from(target.as_slice());
            if check_target(&target).is_ok() {
                assert!(uri.is_ok(), "{octet:#x}");
            }
        }
    }
}

#[test]
fn a_target_in_absolute_form_names_the_same_site() {
    let cut = |line: &str| {
        let head = format!("{line}\r\nHost: gw.test\r\n\r\n");
        check(head.as_bytes(), 100).map(|checked| {
            let absolute = checked.absolute.unwrap();
            (head[absolute.octets].to_owned(), absolute.lacks_path)
        })
    };
    assert_eq!(
        cut("GET http://gw.test/x HTTP/1.1"),
        Ok(("http://gw.test".to_owned(), false))
    );
    assert_eq!(
        cut("GET HTTPS://GW.test:443?x HTTP/1.1"),
        Ok(("HTTPS://GW.test:443".to_owned(), true))
    );
    assert_eq!(
        cut("GET http://gw.test HTTP/1.1"),
        Ok(("http://gw.test".to_owned(), true))
    );
    for other in [
        "http://evil.test/",
        "http://gw.test@evil.test/",
        "http:///x",
        "http://evil.test?gw.test",
    ] {
        assert_eq!(
            cut(&format!("GET {other} HTTP/1.1")),
            Err(Malformed::Host),
            "{other}"
        );
    }
}

#[test]
fn there_is_one_host() {
    assert_eq!(framing("GET / HTTP/1.1\r\n\r\n"), Err(Malformed::Host));
    assert_eq!(framing("GET / HTTP/1.0\r\n\r\n"), Err(Malformed::Host));
    assert_eq!(with("host: b\r\n"), Err(Malformed::Host));
    assert_eq!(
        framing("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
        Err(Malformed::Host)
    );
}

#[test]
fn other_expectations_and_too_many_fields_are_refused() {
    assert_eq!(with("Expect: 100-Continue\r\n"), Ok(Framing::Length(0)));
    assert_eq!(with("Expect: foo\r\n"), Err(Malformed::Expectation));
    assert!(with(&"X: y\r\n".repeat(99)).is_ok());
    assert_eq!(with(&"X: y\r\n".repeat(100)), Err(Malformed::TooLarge));
}

proptest! {
    #[test]
    fn the_end_is_found_however_the_octets_arrive(cuts in prop::collection::vec(0_usize..60, 0..6)) {
        let head = b"GET / HTTP/1.1\r\nHost: example.test\r\nX: y\r\n\r\nnext request";
        let mut scan = Scan::default();
        let mut ends: Vec<usize> = cuts.into_iter().filter(|cut| *cut < head.len()).collect();
        ends.sort_unstable();
        ends.push(head.len());
        let mut found = None;
        for end in ends {
            found = scan.find_end(&head[..end]).unwrap();
            if found.is_some() {
                break;
            }
        }
        prop_assert_eq!(found, Some(head.len() - 12));
    }

    #[test]
    fn no_octets_make_it_fail_otherwise(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut head = b"GET / HTTP/1.1\r\nHost: a\r\n".to_vec();
        head.extend(octets);
        head.extend(b"\r\n\r\n");
        if let Ok(Some(end)) = Scan::default().find_end(&head) {
            let _ = check(&head[..end], 100);
        }
    }
}
