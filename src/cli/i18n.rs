//! `i18n new` and `i18n check`: an operator's own words.

use clap::Subcommand;
use serde_json::json;

use super::{Arguments, Failure, load};
use crate::base::language::Language;
use crate::language::{Catalog, Coverage, OFFERED_FROM, native_name, worksheet};

/// Verbs about languages.
#[derive(Debug, Subcommand)]
pub enum I18nCommand {
    /// Prints a translation to fill in, English as comments: `doorward i18n new pt > messages/pt/all.ftl`.
    New {
        /// The tag of the language: `pt`, `pt-BR`.
        #[arg(value_name = "LANG", value_parser = tag)]
        language: Language,
    },
    /// Says what is missing in a language, and what is wrong with the messages in `languages.messages`.
    Check {
        /// The tag of the language: `pt`, `pt-BR`.
        #[arg(value_name = "LANG", value_parser = tag)]
        language: Language,
    },
}

fn tag(text: &str) -> Result<Language, String> {
    Language::parse(text)
        .ok_or_else(|| "a language tag is letters, digits and hyphens: `pt`, `pt-BR`".to_owned())
}

/// Runs one of them.
///
/// # Errors
///
/// [`Failure`]: the configuration was refused, or the language is not complete enough to be offered.
pub fn run(arguments: &Arguments, command: &I18nCommand) -> anyhow::Result<()> {
    match command {
        I18nCommand::New { language } => {
            print!("{}", worksheet(language));
            Ok(())
        }
        I18nCommand::Check { language } => check(arguments, language),
    }
}

fn check(arguments: &Arguments, language: &Language) -> anyhow::Result<()> {
    // What is wrong with the operator's messages is the configuration's to say, and it has.
    let loaded = load(arguments, "Nothing was checked.")?;
    let catalog = &loaded.settings.catalog;
    let coverage = catalog.coverage(language);
    if arguments.json {
        println!("{}", as_json(language, &coverage));
    } else {
        show(language, catalog, &coverage);
    }
    match coverage.is_enough() {
        true => Ok(()),
        false => Err(Failure::Failed.into()),
    }
}

fn show(language: &Language, catalog: &Catalog, coverage: &Coverage) {
    let all = coverage.said + coverage.missing.len();
    println!(
        "{} ({language}): {} of {all} messages, {} %",
        native_name(language),
        coverage.said,
        coverage.percent()
    );
    for id in &coverage.missing {
        println!("  missing   {id}");
    }
    let known = catalog.languages().any(|it| it == language);
    match (coverage.is_enough(), known) {
        (true, _) => println!("It can be offered."),
        (false, true) => println!(
            "It can be offered from {OFFERED_FROM} % on; what is missing is said in another language."
        ),
        (false, false) => println!(
            "There is nothing of it in `languages.messages`. Begin with: doorward i18n new {language} > FOLDER/{language}/all.ftl"
        ),
    }
}

fn as_json(language: &Language, coverage: &Coverage) -> serde_json::Value {
    json!({
        "language": language.as_str(),
        "said": coverage.said,
        "missing": coverage.missing,
        "percent": coverage.percent(),
        "can_be_offered": coverage.is_enough(),
    })
}
