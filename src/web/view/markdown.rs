//! The operator's Markdown as HTML that is safe to show.
//!
//! CommonMark without its doors: HTML in the text is left out, pictures become their descriptions, and
//! a link leads to http, https, mail or a telephone and nowhere else. Headings start below the page's
//! own. Nothing is inline that the pages' content security policy would refuse.

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::Markup;

/// A text as it is shown, and whether anything of it was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// As it is shown.
    pub html: Markup,
    /// Whether there was HTML in it.
    pub dropped_html: bool,
}

/// Renders a text.
pub fn render(text: &str) -> Rendered {
    let mut dropped_html = false;
    // Whether the link that is open was taken away; links do not nest.
    let mut unlinked = false;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) => {
            dropped_html = true;
            None
        }
        Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => {
            None
        }
        Event::Start(Tag::Link { ref dest_url, .. }) if !leads_out(dest_url) => {
            unlinked = true;
            None
        }
        Event::End(TagEnd::Link) if std::mem::take(&mut unlinked) => None,
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: below(level),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        // An alignment would come out as an inline style.
        Event::Start(Tag::Table(columns)) => {
            Some(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])))
        }
        other => Some(other),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    Rendered {
        html: Markup::from_safe(out),
        dropped_html,
    }
}

/// Whether a link may be followed: what a browser would run is none.
fn leads_out(target: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| {
        target
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

const fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> String {
        render(text).html.to_string()
    }

    #[test]
    fn a_text_becomes_headings_lists_tables_and_links() {
        let shown = html("# Terms\n\n1. Be *kind*.\n2. See [us](https://example.com/?a=1&b=2).\n\n## More\n");
        assert!(
            shown.contains("<h2>Terms</h2>") && shown.contains("<h3>More</h3>"),
            "{shown}"
        );
        assert!(
            shown.contains("<em>kind</em>") && shown.contains("<ol>"),
            "{shown}"
        );
        assert!(
            shown.contains("<a href=\"https://example.com/?a=1&amp;b=2\">us</a>"),
            "{shown}"
        );
        let shown = html("| a | b |\n|:-:|--:|\n| 1 | 2 |\n");
        assert!(
            shown.contains("<td>2</td>") && !shown.contains("style"),
            "{shown}"
        );
        assert!(!render("a < b & \"c\"").dropped_html);
    }

    #[test]
    fn inj_nothing_in_it_runs_or_loads() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<div onclick=x>\n\ntext\n\n</div>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x]( data:text/html,<script>alert(1)</script>)",
            "[x](vbscript:x)",
            "[x](//evil.test)",
            "[x](/_auth/sign-out)",
            "![x](https://evil.test/pixel.png)",
            "<javascript:alert(1)>",
            "[x]: javascript:alert(1)\n\n[x]",
            "# <svg/onload=alert(1)>",
            "# x {onclick=alert(1)}",
            "[a](https://x \"\\\" onmouseover=alert(1)\")",
            "<!-- <script> -->",
            "<![CDATA[<script>]]>",
            "```\"><script>\nx\n```",
        ] {
            let shown = html(text).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "<svg",
                "<div",
                "<!",
                "href=\"java",
                "href=\"data",
                "href=\"vb",
                "href=\"/",
            ] {
                assert!(!shown.contains(bad), "{text}: {shown}");
            }
            assert!(!shown.contains("\" onmouseover"), "{text}: {shown}");
        }
        assert!(render("a<br>b").dropped_html);
        assert!(
            html("![a cat](https://evil.test/x)").contains("a cat"),
            "its description stays"
        );
    }

    proptest! {
        #[test]
        fn only_known_tags_come_out(text in "[ a-z<>&\"'`*_#\\[\\]()!:|/\n-]{0,80}") {
            const KNOWN: [&str; 23] = [
                "p", "h2", "h3", "h4", "h5", "h6", "em", "strong", "ul", "ol", "li", "a", "code", "pre", "hr",
                "br", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
            ];
            for piece in html(&text).split('<').skip(1) {
                let tag = piece.trim_start_matches('/');
                let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
                prop_assert!(KNOWN.contains(&name.as_str()), "{name}");
                let attributes = tag.split('>').next().unwrap_or_default().strip_prefix(name.as_str()).unwrap();
                let known = ["", " /", " href=", " class=\"language-", " start=\""];
                prop_assert!(attributes.is_empty() || known[1..].iter().any(|it| attributes.starts_with(it)), "{tag}");
            }
        }
    }
}
