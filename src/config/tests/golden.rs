//! The files in `tests/it/bad_config`: each `NAME.yaml` is refused, or warned about, with exactly
//! `NAME.txt`. To write those files anew after a change of wording, run the tests with
//! `DOORWARD_BLESS=1` and read the diff.

use std::path::{Path, PathBuf};

use super::{Stage, parse};

pub(super) fn bad_configs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/bad_config");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    files.sort();
    files
}

/// The machine that the files in `bad_config` are read on.
fn golden_stage() -> Stage {
    Stage::default()
        .file("/etc/doorward/empty", "\n")
        .file("/etc/doorward/terms.en.md", "# Terms\n\nBe kind.\n")
        .file("/etc/doorward/terms.de.md", "# Bedingungen\n\nSeien Sie nett.\n")
        .file(
            "/etc/doorward/terms.html.md",
            "# Terms\n\nBe <blink>kind</blink>.\n",
        )
        .file("/etc/doorward/changes.en.md", "- Be **kinder**.\n")
        .file("/etc/doorward/changes.long.md", &"kinder ".repeat(16 * 1024 / 7 + 1))
        .file("/etc/doorward/not.pem", "this is no certificate\n")
        .file("/etc/doorward/short-token", "hunter2\n")
        .file(
            "/etc/doorward/broken-messages/pt/all.ftl",
            "# Palavras\nsave = Salvar\ncancel = { $x\ncopy = Copiar { $what }\nsaev = X\n",
        )
        .file("/etc/doorward/broken-messages/README", "not ours\n")
        .file("/etc/doorward/broken-messages/de.ftl", "save = Sichern\n")
        .file(
            "/etc/doorward/broken-messages/old files/all.ftl",
            "save = Sichern\n",
        )
        .file(
            "/etc/doorward/logo.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><script>x</script><path onclick='x' d='M0 0'/></svg>",
        )
        .file("/etc/doorward/messages/pt/all.ftl", "save = Salvar\n")
        .mode("inline_secret_open_file.yaml", 0o644)
        .mode("inline_secret.yaml", 0o600)
}

fn golden(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let text = std::fs::read_to_string(path).unwrap();
    match parse(&text, &name, Path::new("/etc/doorward"), &golden_stage()) {
        Ok(loaded) => loaded.warnings.render(false),
        Err(report) => report.render(false),
    }
}

#[test]
fn every_bad_file_is_answered_as_written() {
    let bless = std::env::var_os("DOORWARD_BLESS").is_some();
    let files = bad_configs();
    assert!(files.len() >= 40, "{} files", files.len());
    let mut differing = Vec::new();
    for path in files {
        let told = golden(&path);
        assert!(!told.is_empty(), "{} is accepted without a word", path.display());
        let expected = path.with_extension("txt");
        if bless {
            std::fs::write(&expected, &told).unwrap();
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != told {
            differing.push(format!("{}\n{told}", path.display()));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn nothing_secret_is_ever_quoted() {
    for path in bad_configs() {
        assert!(!golden(&path).contains("hunter2"), "{}", path.display());
    }
}
