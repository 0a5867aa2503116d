//! What a person sees of a page: forms, links, headings. Enough of HTML for pages that are well formed.

use std::collections::BTreeMap;

/// A page, read.
#[derive(Clone, Debug)]
pub struct Html {
    tags: Vec<Tag>,
}

/// A start tag and the text up to the next tag.
#[derive(Clone, Debug)]
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

/// A form as a browser would send it.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub action: String,
    pub method: String,
    /// Names and values of its inputs, in order, without buttons.
    pub fields: Vec<(String, String)>,
    /// Its submit buttons: name, value, words on it.
    pub buttons: Vec<(String, String, String)>,
    /// Names and values of boxes and circles that are not ticked yet.
    pub choices: Vec<(String, String)>,
}

impl Form {
    /// Types `value` into the field `name`.
    ///
    /// # Panics
    ///
    /// Where the form has no such field: a person could not do it either.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        let found = self.fields.iter_mut().find(|it| it.0 == name);
        let field = found.unwrap_or_else(|| panic!("the form has no field {name}"));
        value.clone_into(&mut field.1);
        self
    }

    /// Presses the button that carries `name=value`.
    #[must_use]
    pub fn press(mut self, name: &str, value: &str) -> Self {
        let there = self.buttons.iter().any(|it| it.0 == name && it.1 == value);
        assert!(there, "the form has no button {name}={value}: {:?}", self.buttons);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ticks the box or the circle `name=value`.
    ///
    /// # Panics
    ///
    /// Where the form has none.
    #[must_use]
    pub fn tick(mut self, name: &str, value: &str) -> Self {
        let choice = (name.to_owned(), value.to_owned());
        assert!(
            self.choices.contains(&choice),
            "the form has no {name}={value}: {:?}",
            self.choices
        );
        self.fields.retain(|it| it.0 != name);
        self.fields.push(choice);
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The body it is sent with.
    pub fn encoded(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.fields)
            .finish()
    }
}

impl Html {
    pub fn read(source: &str) -> Self {
        Self { tags: tags(source) }
    }

    /// The `data-page` that names the page.
    pub fn page(&self) -> Option<&str> {
        self.first("body")?
            .attributes
            .get("data-page")
            .map(String::as_str)
    }

    pub fn title(&self) -> Option<&str> {
        Some(self.first("title")?.text.trim())
    }

    pub fn heading(&self) -> String {
        let start = self.tags.iter().position(|it| it.name == "h1");
        let inside = self.tags.iter().skip(start.unwrap_or(self.tags.len()));
        let words = inside.take_while(|it| it.name != "/h1").map(|it| it.text.trim());
        words.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// All forms, in order.
    pub fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<Form> = Vec::new();
        let mut inside = false;
        for (at, tag) in self.tags.iter().enumerate() {
            match tag.name.as_str() {
                "form" => {
                    inside = true;
                    forms.push(Form {
                        action: tag.attribute("action"),
                        method: tag.attribute("method").to_ascii_lowercase(),
                        ..Form::default()
                    });
                }
                "/form" => inside = false,
                _ if inside => {
                    let form = forms.last_mut().unwrap();
                    self.take_field(form, at, tag);
                }
                _ => {}
            }
        }
        forms
    }

    fn take_field(&self, form: &mut Form, at: usize, tag: &Tag) {
        let name = tag.attribute("name");
        let kind = tag.attribute("type");
        match tag.name.as_str() {
            "button" if kind != "button" => {
                let inside = self.tags[at..].iter().take_while(|it| it.name != "/button");
                let words: Vec<&str> = inside.map(|it| it.text.trim()).collect();
                form.buttons.push((name, tag.attribute("value"), words.join(" ")));
            }
            "input" if kind == "submit" => form.buttons.push((name, tag.attribute("value"), String::new())),
            _ if name.is_empty() || tag.attributes.contains_key("disabled") => {}
            "input"
                if matches!(kind.as_str(), "checkbox" | "radio")
                    && !tag.attributes.contains_key("checked") =>
            {
                form.choices.push((name, tag.attribute("value")));
            }
            "input" if matches!(kind.as_str(), "checkbox" | "radio") => {
                let value = tag.attributes.get("value").cloned();
                form.fields.push((name, value.unwrap_or_else(|| "on".to_owned())));
            }
            "input" => form.fields.push((name, tag.attribute("value"))),
            "textarea" => form.fields.push((name, tag.text.clone())),
            "select" => {
                let options = self.tags[at + 1..].iter().take_while(|it| it.name != "/select");
                let options: Vec<&Tag> = options.filter(|it| it.name == "option").collect();
                let chosen = options.iter().find(|it| it.attributes.contains_key("selected"));
                let value = chosen.or(options.first()).map(|it| it.attribute("value"));
                form.fields.push((name, value.unwrap_or_default()));
            }
            _ => {}
        }
    }

    /// The first form that is sent to `path`, whatever its query.
    ///
    /// # Panics
    ///
    /// Where the page has none.
    pub fn form(&self, path: &str) -> Form {
        let sent_there = |it: &Form| it.action.split('?').next() == Some(path);
        let forms = self.forms();
        let found = forms.iter().find(|it| sent_there(it)).cloned();
        found.unwrap_or_else(|| {
            let actions: Vec<&str> = forms.iter().map(|it| it.action.as_str()).collect();
            panic!("{:?} has no form to {path}, only to {actions:?}", self.page())
        })
    }

    /// Where the links lead.
    pub fn links(&self) -> Vec<String> {
        self.attribute_of("a", "href")
    }

    /// Every value of an attribute on tags of one name.
    pub fn attribute_of(&self, tag: &str, attribute: &str) -> Vec<String> {
        let named = self.tags.iter().filter(|it| it.name == tag);
        named
            .filter_map(|it| it.attributes.get(attribute).cloned())
            .collect()
    }

    /// The attributes of the element with this id.
    pub fn element(&self, id: &str) -> Option<&BTreeMap<String, String>> {
        let has_id = |it: &&Tag| it.attributes.get("id").is_some_and(|it| it == id);
        self.tags.iter().find(has_id).map(|it| &it.attributes)
    }

    /// What stands in the element with this id.
    pub fn text_of(&self, id: &str) -> Option<String> {
        let start = self
            .tags
            .iter()
            .position(|it| it.attributes.get("id").is_some_and(|it| it == id))?;
        let end = format!("/{}", self.tags[start].name);
        let inside = self.tags[start..].iter().take_while(|it| it.name != end);
        Some(inside.map(|it| it.text.as_str()).collect())
    }

    /// The attributes of every field that something can be typed or chosen in.
    pub fn fields(&self) -> Vec<&BTreeMap<String, String>> {
        let fields = self
            .tags
            .iter()
            .filter(|it| matches!(it.name.as_str(), "input" | "select" | "textarea"));
        fields.map(|it| &it.attributes).collect()
    }

    /// The words of the label of the field with this id.
    pub fn label_of(&self, id: &str) -> Option<String> {
        let is_label = |it: &Tag| it.name == "label" && it.attributes.get("for").is_some_and(|it| it == id);
        let start = self.tags.iter().position(is_label)?;
        let inside = self.tags[start..].iter().take_while(|it| it.name != "/label");
        let words: Vec<&str> = inside.flat_map(|it| it.text.split_whitespace()).collect();
        Some(words.join(" "))
    }

    /// Every attribute of every tag: tag, attribute, value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.tags.iter().flat_map(|tag| {
            let attributes = tag.attributes.iter();
            attributes.map(|(name, value)| (tag.name.as_str(), name.as_str(), value.as_str()))
        })
    }

    /// All text, without tags, spaces joined.
    pub fn words(&self) -> String {
        let shown = self
            .tags
            .iter()
            .filter(|it| !matches!(it.name.as_str(), "script" | "style"));
        let text: Vec<&str> = shown.flat_map(|it| it.text.split_whitespace()).collect();
        text.join(" ")
    }

    fn first(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|it| it.name == name)
    }
}

impl Tag {
    fn attribute(&self, name: &str) -> String {
        self.attributes.get(name).cloned().unwrap_or_default()
    }
}

fn tags(source: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |it| it.1);
            continue;
        }
        let end = tag_end(rest);
        let mut tag = read_tag(&rest[1..end]);
        rest = rest.get(end + 1..).unwrap_or("");
        // Script and style hold no tags.
        let text_end = match tag.name.as_str() {
            "script" | "style" => rest.find(&format!("</{}", tag.name)),
            _ => rest.find('<'),
        };
        let text_end = text_end.unwrap_or(rest.len());
        tag.text = unescape(&rest[..text_end]);
        rest = &rest[text_end..];
        tags.push(tag);
    }
    tags
}

/// Where the tag at the start of `rest` ends: its `>`, outside of quotes.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, letter) in rest.char_indices() {
        match (quote, letter) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if letter == open => quote = None,
            _ => {}
        }
    }
    panic!("a tag without an end: {:.60}", rest);
}

fn read_tag(inner: &str) -> Tag {
    let inner = inner.trim_end_matches('/');
    let (name, mut rest) = inner.split_at(inner.find(char::is_whitespace).unwrap_or(inner.len()));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest
            .find(|it: char| it == '=' || it.is_whitespace())
            .unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(end);
        let (value, after) = after.strip_prefix('=').map_or(("", after), value_of);
        attributes
            .entry(attribute.to_ascii_lowercase())
            .or_insert_with(|| unescape(value));
        rest = after;
    }
    Tag {
        name: name.to_ascii_lowercase(),
        attributes,
        text: String::new(),
    }
}

fn value_of(rest: &str) -> (&str, &str) {
    let quote = rest.chars().next().filter(|it| matches!(it, '"' | '\''));
    match quote {
        Some(quote) => rest[1..].split_once(quote).unwrap_or((&rest[1..], "")),
        None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
    }
}

/// The references that well-behaved templates write: the named five, `&nbsp;` and numbers.
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let reference = after.split_once(';').filter(|it| it.0.len() < 8);
        let letter = reference.and_then(|(name, _)| referred(name));
        match (letter, reference) {
            (Some(letter), Some((_, after))) => {
                plain.push(letter);
                rest = after;
            }
            _ => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn referred(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let value = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return value.ok().and_then(char::from_u32);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}
