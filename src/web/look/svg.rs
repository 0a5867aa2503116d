//! A logo made harmless: what is not on the lists below is not written out again.
//!
//! The picture is read as XML and written anew from its shapes, so that nothing survives by being
//! spelled in a way that a filter did not think of: no script, no event handler, no reference that
//! leaves the file, no style sheet (the pages' policy would not let it act). Rules for classes, which
//! drawing programs write, become attributes of the shapes.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node, ParsingOptions};

/// Octets of the largest logo, cleaned.
pub const LOGO_AT_MOST: usize = 64 * 1024;
const NODES_AT_MOST: u32 = 50_000;
const DEPTH_AT_MOST: usize = 48;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Shapes, text, and what they are painted with.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
];

/// What only groups others, or links: its shapes stay.
const GROUPS: &[&str] = &["a", "switch"];

/// What draws nothing, and is left out without a word.
const SILENT: &[&str] = &["metadata", "style"];

/// Attributes of shapes and properties of styles; none of them can name anything outside.
const ATTRIBUTES: &[&str] = &[
    "id",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "fr",
    "dx",
    "dy",
    "rotate",
    "width",
    "height",
    "viewBox",
    "preserveAspectRatio",
    "points",
    "transform",
    "pathLength",
    "textLength",
    "lengthAdjust",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "offset",
    "patternUnits",
    "patternContentUnits",
    "patternTransform",
    "clipPathUnits",
    "maskUnits",
    "maskContentUnits",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "opacity",
    "color",
    "clip-path",
    "clip-rule",
    "mask",
    "display",
    "visibility",
    "overflow",
    "stop-color",
    "stop-opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "letter-spacing",
    "word-spacing",
    "dominant-baseline",
    "baseline-shift",
    "paint-order",
    "vector-effect",
    "shape-rendering",
    "text-rendering",
];

/// A picture that was read and cleaned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Logo {
    /// The picture, written anew.
    pub svg: String,
    /// How wide it is for each hundred of height.
    pub width_percent: u32,
    /// What was left out because it could act or reach outside: names, without values.
    pub left_out: BTreeSet<String>,
}

/// Why a file is no logo.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoLogo {
    /// It is no XML.
    #[error("it is not well-formed: {0}")]
    Malformed(String),
    /// Its root is something else.
    #[error("it is not an SVG picture")]
    NotSvg,
    /// Nobody can tell how large it is.
    #[error("it has neither a viewBox nor a width and a height")]
    NoSize,
    /// It is nested too deeply.
    #[error("it is nested too deeply")]
    TooDeep,
    /// It is too large for every page.
    #[error("it is larger than 64 KiB")]
    TooLarge,
}

/// Cleans a picture.
///
/// # Errors
///
/// [`NoLogo`].
pub fn clean(source: &str) -> Result<Logo, NoLogo> {
    let options = ParsingOptions {
        // Drawing programs write a document type; entities are bounded by the parser.
        allow_dtd: true,
        nodes_limit: NODES_AT_MOST,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(source, options)
        .map_err(|error| NoLogo::Malformed(error.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" || !is_ours(root) {
        return Err(NoLogo::NotSvg);
    }
    let (width, height) = size(root).ok_or(NoLogo::NoSize)?;
    let mut cleaner = Cleaner {
        classes: BTreeMap::new(),
        out: String::new(),
        left_out: BTreeSet::new(),
    };
    for style in document
        .descendants()
        .filter(|it| it.tag_name().name() == "style")
    {
        cleaner.learn(style.text().unwrap_or_default());
    }
    cleaner.write(root, Some((width, height)), 0)?;
    if cleaner.out.len() > LOGO_AT_MOST {
        return Err(NoLogo::TooLarge);
    }
    Ok(Logo {
        svg: cleaner.out,
        // Between a tower and a banner; beyond that a page could not hold it.
        width_percent: ((width / height) * 100.0).clamp(10.0, 1000.0) as u32,
        left_out: cleaner.left_out,
    })
}

fn is_ours(node: Node<'_, '_>) -> bool {
    matches!(node.tag_name().namespace(), None | Some(SVG))
}

/// Width and height in units of the drawing.
fn size(root: Node<'_, '_>) -> Option<(f64, f64)> {
    let positive = |number: &f64| number.is_finite() && *number > 0.0;
    if let Some(view) = root.attribute("viewBox") {
        let numbers: Vec<f64> = view
            .split([' ', ',', '\n', '\t'])
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.parse().ok())
            .collect();
        return match numbers.as_slice() {
            [_, _, width, height] if positive(width) && positive(height) => Some((*width, *height)),
            _ => None,
        };
    }
    let length = |name| {
        let text = root.attribute(name)?;
        let number: f64 = text.strip_suffix("px").unwrap_or(text).trim().parse().ok()?;
        Some(number).filter(positive)
    };
    Some((length("width")?, length("height")?))
}

struct Cleaner {
    /// What style sheets say of each class, in their order.
    classes: BTreeMap<String, Vec<(String, String)>>,
    out: String,
    left_out: BTreeSet<String>,
}

impl Cleaner {
    /// Reads a style sheet: rules for single classes. Others have no place to go.
    fn learn(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        for rule in sheet.split('}') {
            let Some((selectors, declarations)) = rule.split_once('{') else {
                if rule.contains('@') {
                    self.left_out.insert("a style sheet's `@` rule".to_owned());
                }
                continue;
            };
            let declarations = declarations_of(declarations);
            for selector in selectors.split(',').map(str::trim) {
                match selector.strip_prefix('.').filter(|class| is_name(class)) {
                    Some(class) => {
                        let known = self.classes.entry(class.to_owned()).or_default();
                        known.extend(declarations.iter().cloned());
                    }
                    None => {
                        self.left_out
                            .insert("a style sheet's rule that is not for a class".to_owned());
                    }
                }
            }
        }
    }

    fn write(&mut self, node: Node<'_, '_>, root: Option<(f64, f64)>, depth: usize) -> Result<(), NoLogo> {
        if depth > DEPTH_AT_MOST {
            return Err(NoLogo::TooDeep);
        }
        let name = node.tag_name().name();
        let name = match ELEMENTS.iter().find(|known| **known == name) {
            Some(name) => name,
            None if GROUPS.contains(&name) => "g",
            None => {
                if !SILENT.contains(&name) {
                    self.left_out.insert(format!("<{name}>"));
                }
                return Ok(());
            }
        };
        self.out.push('<');
        self.out.push_str(name);
        if root.is_some() {
            self.attribute("xmlns", SVG);
        }
        let attributes = self.attributes_of(node);
        for (name, value) in &attributes {
            self.attribute(name, value);
        }
        if let Some((width, height)) = root.filter(|_| !attributes.contains_key("viewBox")) {
            self.attribute("viewBox", &format!("0 0 {width} {height}"));
        }
        self.out.push('>');
        for child in node.children() {
            if child.is_element() && is_ours(child) {
                self.write(child, None, depth + 1)?;
            } else if child.is_text() && matches!(name, "text" | "tspan" | "title" | "desc") {
                escape(child.text().unwrap_or_default(), &mut self.out);
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        Ok(())
    }

    /// What stays of an element's attributes. Classes come before styles, and both before the rest.
    fn attributes_of(&mut self, node: Node<'_, '_>) -> BTreeMap<String, String> {
        let mut kept = BTreeMap::new();
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            match attribute.namespace() {
                None | Some(XLINK) if name == "href" => self.keep_reference(value, &mut kept),
                None if name == "class" || name == "style" => {}
                None => self.keep(name, value, &mut kept),
                // What drawing programs note for themselves.
                Some(_) => {}
            }
        }
        let classes: Vec<String> = node
            .attribute("class")
            .unwrap_or_default()
            .split_ascii_whitespace()
            .flat_map(|class| self.classes.get(class).cloned().unwrap_or_default())
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        let styles = declarations_of(&classes.join(";"));
        let own = declarations_of(node.attribute("style").unwrap_or_default());
        for (name, value) in styles.into_iter().chain(own) {
            self.keep(&name, &value, &mut kept);
        }
        kept
    }

    fn keep(&mut self, name: &str, value: &str, kept: &mut BTreeMap<String, String>) {
        if !ATTRIBUTES.contains(&name) {
            if name.starts_with("on") {
                self.left_out.insert(name.to_owned());
            }
            return;
        }
        if is_within(value) {
            kept.insert(name.to_owned(), value.to_owned());
        } else {
            self.left_out.insert(format!("{name} that leads elsewhere"));
        }
    }

    fn keep_reference(&mut self, value: &str, kept: &mut BTreeMap<String, String>) {
        match value.trim().strip_prefix('#').filter(|id| is_name(id)) {
            Some(_) => {
                kept.insert("href".to_owned(), value.trim().to_owned());
            }
            None => {
                self.left_out.insert("href that leads elsewhere".to_owned());
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }
}

/// Whether a value names nothing outside the file: `url(#gradient)` at most.
fn is_within(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    // A backslash may spell any other character in a style (CSS Syntax §4.3.7).
    if lower.contains(['\\', '@']) || lower.chars().any(|it| it.is_control() && !it.is_whitespace()) {
        return false;
    }
    let functions_elsewhere = ["image", "src(", "expression", "javascript:", "data:"];
    if functions_elsewhere.iter().any(|it| lower.contains(it)) {
        return false;
    }
    lower.split("url").skip(1).all(|after| {
        let inside = after
            .trim_start()
            .strip_prefix('(')
            .and_then(|it| it.split_once(')'));
        inside.is_some_and(|(inside, _)| {
            let id = inside.trim().trim_matches(['\'', '"']);
            id.strip_prefix('#').is_some_and(is_name)
        })
    })
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|it| it.is_alphanumeric() || matches!(it, '-' | '_' | '.' | ':'))
}

fn declarations_of(text: &str) -> Vec<(String, String)> {
    without_comments(text)
        .split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            let value = value.trim().trim_end_matches("!important").trim();
            (!value.is_empty()).then(|| (name.trim().to_ascii_lowercase(), value.to_owned()))
        })
        .collect()
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 200 50\">";

    fn cleaned(inside: &str) -> Logo {
        clean(&format!("{OPEN}{inside}</svg>")).unwrap()
    }

    fn inside(inside: &str) -> String {
        let svg = cleaned(inside).svg;
        let (_, rest) = svg.split_once('>').unwrap();
        rest.strip_suffix("</svg>").unwrap().to_owned()
    }

    #[test]
    fn shapes_stay_as_they_are() {
        let shapes = "<defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"#fff\"></stop></linearGradient></defs><g fill=\"url(#a)\"><path d=\"M0 0h10\"></path><text x=\"1\">A &amp; B</text><use href=\"#b\"></use></g>";
        assert_eq!(inside(shapes), shapes);
        let logo = cleaned(shapes);
        assert_eq!((logo.width_percent, logo.left_out.len()), (400, 0));
    }

    #[test]
    fn whatever_could_act_or_reach_outside_is_left_out() {
        for (bad, what) in [
            ("<script>alert(1)</script>", "<script>"),
            ("<path onclick=\"alert(1)\" ONLOAD=\"x\"/>", "onclick"),
            ("<path onload=\"alert(1)\"/>", "onload"),
            (
                "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>",
                "<foreignObject>",
            ),
            ("<image href=\"https://evil.test/x.png\"/>", "<image>"),
            (
                "<use xlink:href=\"https://evil.test/x.svg#a\"/>",
                "href that leads elsewhere",
            ),
            (
                "<use href=\"data:image/svg+xml,x\"/>",
                "href that leads elsewhere",
            ),
            (
                "<a href=\"javascript:alert(1)\"><path/></a>",
                "href that leads elsewhere",
            ),
            (
                "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/>",
                "<animate>",
            ),
            ("<set attributeName=\"onmouseover\" to=\"alert(1)\"/>", "<set>"),
            (
                "<path fill=\"url(https://evil.test/x)\"/>",
                "fill that leads elsewhere",
            ),
            (
                "<path fill=\"URL( 'https://evil.test/x' )\"/>",
                "fill that leads elsewhere",
            ),
            (
                "<path style=\"fill:u\\72l(https://evil.test/x)\"/>",
                "fill that leads elsewhere",
            ),
            (
                "<path style=\"fill:/**/url(//evil.test)\"/>",
                "fill that leads elsewhere",
            ),
            (
                "<style>@import url(https://evil.test/x.css);</style>",
                "a style sheet's `@` rule",
            ),
            (
                "<style>path{fill:red}</style>",
                "a style sheet's rule that is not for a class",
            ),
            (
                "<filter><feImage href=\"https://evil.test\"/></filter>",
                "<filter>",
            ),
        ] {
            let logo = cleaned(bad);
            assert!(logo.left_out.contains(what), "{bad}: {:?}", logo.left_out);
            let svg = logo.svg.replace(SVG, "").to_lowercase();
            for word in [
                "script", "alert", "evil", "onl", "onc", "import", "http", "url", "href",
            ] {
                assert!(!svg.contains(word), "{bad}: {svg}");
            }
        }
    }

    #[test]
    fn entities_and_other_namespaces_bring_nothing_in() {
        let source = "<!DOCTYPE svg [<!ENTITY e '<script>alert(1)</script>'>]><svg xmlns='http://www.w3.org/2000/svg' xmlns:h='http://www.w3.org/1999/xhtml' width='10px' height='5' h:onload='x'>&e;<h:script>alert(2)</h:script><text>&e;</text></svg>";
        let svg = clean(source).unwrap().svg;
        assert!(
            !svg.contains("script") && !svg.contains("alert") && !svg.contains("onload"),
            "{svg}"
        );
        assert!(svg.contains("viewBox=\"0 0 10 5\""), "{svg}");
        let laughs: String = (1..20)
            .map(|at| format!("<!ENTITY e{at} '&e{0};&e{0};&e{0};&e{0};'>", at - 1))
            .collect();
        let bomb = format!("<!DOCTYPE svg [<!ENTITY e0 'ha'>{laughs}]>{OPEN}<text>&e19;</text></svg>");
        assert!(matches!(clean(&bomb), Err(NoLogo::Malformed(_))));
    }

    #[test]
    fn classes_and_styles_become_attributes() {
        let drawn = "<style>/* a */ .cls-1, .b { fill: #00f !important; mix-blend-mode: x }</style><path class=\"cls-1\" fill=\"red\" style=\"stroke:#fff\"/>";
        assert_eq!(inside(drawn), "<path fill=\"#00f\" stroke=\"#fff\"></path>");
        assert_eq!(cleaned(drawn).left_out.len(), 0);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let of = |source: &str| clean(source).unwrap_err();
        assert!(matches!(of("not xml"), NoLogo::Malformed(_)));
        assert_eq!(of("<html/>"), NoLogo::NotSvg);
        assert_eq!(of("<svg xmlns='http://www.w3.org/2000/svg'/>"), NoLogo::NoSize);
        assert_eq!(of("<svg viewBox='0 0 0 5'/>"), NoLogo::NoSize);
        let deep = format!("{OPEN}{}{}</svg>", "<g>".repeat(60), "</g>".repeat(60));
        assert_eq!(of(&deep), NoLogo::TooDeep);
        let large = format!("{OPEN}<path d=\"{}\"/></svg>", "M0 0".repeat(20_000));
        assert_eq!(of(&large), NoLogo::TooLarge);
    }

    #[test]
    fn what_was_cleaned_is_clean() {
        let once = cleaned("<g onclick='x'><path d='M0 0' class='a'/><text>x</text></g>");
        let twice = clean(&once.svg).unwrap();
        assert_eq!((twice.svg, twice.left_out.len()), (once.svg, 0));
    }
}
