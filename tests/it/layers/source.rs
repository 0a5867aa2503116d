//! Reads Rust source as words: comments, strings and test-only code left out.
//!
//! A lexer and no parser: enough to see which paths a file names, and nothing that a change of
//! formatting could fool.

/// One word or sign of the source, with the line it stands on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    pub text: String,
    pub line: usize,
}

/// The words of `source` that end up in the shipped program.
pub fn shipped_words(source: &str) -> Vec<Word> {
    without_tests(&words(source)).0
}

/// A module for tests only: `#[cfg(test)] mod name;`, with its `#[path = "…"]` if it has one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestModule {
    pub name: String,
    pub path: Option<String>,
}

/// Modules that `source` declares for tests only.
pub fn test_modules(source: &str) -> Vec<TestModule> {
    without_tests(&words(source)).1
}

fn words(source: &str) -> Vec<Word> {
    let letters: Vec<char> = source.chars().collect();
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < letters.len() {
        let end = token_end(&letters, at);
        let text: String = letters[at..end].iter().collect();
        let names_file = matches!(&words[..], [.., path, is] if path.text == "path" && is.text == "=");
        let kept = !text.trim().is_empty() && !is_comment(&text) && (!is_literal(&text) || names_file);
        if kept {
            words.push(Word {
                text: text.clone(),
                line,
            });
        }
        line += text.matches('\n').count();
        at = end;
    }
    words
}

fn is_comment(text: &str) -> bool {
    text.starts_with("//") || text.starts_with("/*")
}

fn is_literal(text: &str) -> bool {
    text.contains('"') || (text.len() > 1 && text.starts_with('\'') && text.ends_with('\''))
}

fn token_end(letters: &[char], at: usize) -> usize {
    let rest = &letters[at..];
    let length = match (rest[0], rest.get(1), rest.get(2)) {
        ('/', Some('/'), _) => rest.iter().position(|it| *it == '\n').unwrap_or(rest.len()),
        ('/', Some('*'), _) => block_comment(rest),
        ('"', ..) => quoted(rest, 0),
        ('b' | 'c', Some('"'), _) => quoted(rest, 1),
        ('r', Some('"' | '#'), _) if raw_string(rest, 1).is_some() => raw_string(rest, 1).unwrap(),
        ('b' | 'c', Some('r'), Some('"' | '#')) if raw_string(rest, 2).is_some() => {
            raw_string(rest, 2).unwrap()
        }
        ('\'', Some('\\'), _) => 2 + rest[2..].iter().skip(1).position(|it| *it == '\'').unwrap() + 2,
        ('\'', Some(_), Some('\'')) => 3,
        (':', Some(':'), _) => 2,
        (first, ..) if first.is_alphanumeric() || first == '_' => rest
            .iter()
            .position(|it| !it.is_alphanumeric() && *it != '_')
            .unwrap_or(rest.len()),
        _ => 1,
    };
    at + length
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        match (rest.get(at), rest.get(at + 1)) {
            (Some('/'), Some('*')) => (depth, at) = (depth + 1, at + 2),
            (Some('*'), Some('/')) => (depth, at) = (depth - 1, at + 2),
            (Some(_), _) => at += 1,
            (None, _) => return at,
        }
        if depth == 0 {
            return at;
        }
    }
}

fn quoted(rest: &[char], prefix: usize) -> usize {
    let mut at = prefix + 1;
    while let Some(letter) = rest.get(at) {
        match letter {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// Length of `r#"…"#` at the start of `rest`; `None` for a raw identifier.
fn raw_string(rest: &[char], prefix: usize) -> Option<usize> {
    let hashes = rest[prefix..].iter().take_while(|it| **it == '#').count();
    let open = prefix + hashes;
    (rest.get(open) == Some(&'"')).then_some(())?;
    let close: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let body = rest[open + 1..].windows(close.len()).position(|it| it == close)?;
    Some(open + 1 + body + close.len())
}

/// Leaves out every item under an attribute that says `cfg(test)` or `cfg(any(test, …))`.
fn without_tests(words: &[Word]) -> (Vec<Word>, Vec<TestModule>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < words.len() {
        let Some(end) = attribute_end(words, at) else {
            kept.push(words[at].clone());
            at += 1;
            continue;
        };
        if !is_for_tests(&words[at..end]) {
            kept.extend_from_slice(&words[at..end]);
            at = end;
            continue;
        }
        let item = item_end(words, end);
        if let [.., module, name, semicolon] = &words[end..item]
            && module.text == "mod"
            && semicolon.text == ";"
        {
            let path = words[end..item].iter().find(|it| it.text.starts_with('"'));
            modules.push(TestModule {
                name: name.text.clone(),
                path: path.map(|it| it.text.trim_matches('"').to_owned()),
            });
        }
        at = item;
    }
    (kept, modules)
}

fn attribute_end(words: &[Word], at: usize) -> Option<usize> {
    let opens = words.get(at)?.text == "#" && words.get(at + 1)?.text == "[";
    opens.then(|| closing(words, at + 1, "[", "]"))
}

fn is_for_tests(attribute: &[Word]) -> bool {
    let has = |word: &str| attribute.iter().any(|it| it.text == word);
    has("cfg") && has("test") && !has("not")
}

/// The end of the item that starts at `at`: its `;`, or the `}` that closes its first `{`.
fn item_end(words: &[Word], mut at: usize) -> usize {
    while let Some(end) = attribute_end(words, at) {
        at = end;
    }
    while let Some(word) = words.get(at) {
        at = match word.text.as_str() {
            ";" => return at + 1,
            "{" => return closing(words, at, "{", "}"),
            "(" => closing(words, at, "(", ")"),
            "[" => closing(words, at, "[", "]"),
            _ => at + 1,
        };
    }
    at
}

fn closing(words: &[Word], mut at: usize, open: &str, close: &str) -> usize {
    let mut depth = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        if word.text == open {
            depth += 1;
        } else if word.text == close {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    at
}
