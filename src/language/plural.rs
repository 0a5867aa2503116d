//! The plural forms of a language (CLDR), as far as whole numbers have them.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use crate::base::language::Language;

/// Names of the forms in the order in which CLDR names them; `other` is always among them.
pub fn forms(language: &Language) -> Vec<&'static str> {
    let Some(rules) = rules(language) else {
        return vec!["other"];
    };
    let mut forms: Vec<PluralCategory> = Vec::new();
    // Beyond two hundred the forms come round again, but for those of whole millions.
    for number in (0_u32..=200).chain([1_000_000]) {
        if let Ok(form) = rules.select(number)
            && !forms.contains(&form)
        {
            forms.push(form);
        }
    }
    let order = [
        (PluralCategory::ZERO, "zero"),
        (PluralCategory::ONE, "one"),
        (PluralCategory::TWO, "two"),
        (PluralCategory::FEW, "few"),
        (PluralCategory::MANY, "many"),
    ];
    order
        .into_iter()
        .filter_map(|(form, name)| forms.contains(&form).then_some(name))
        .chain(["other"])
        .collect()
}

fn rules(language: &Language) -> Option<PluralRules> {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    [language.as_str(), primary]
        .into_iter()
        .filter_map(|tag| tag.parse::<LanguageIdentifier>().ok())
        .find_map(|tag| PluralRules::create(tag, PluralRuleType::CARDINAL).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_whole_numbers() {
        let of = |tag: &str| forms(&Language::parse(tag).unwrap());
        assert_eq!(of("en"), ["one", "other"]);
        assert_eq!(of("de-AT"), ["one", "other"]);
        assert_eq!(of("cs"), ["one", "few", "other"]);
        assert_eq!(of("pl"), ["one", "few", "many", "other"]);
        assert_eq!(of("ja"), ["other"]);
        assert_eq!(of("tlh"), ["other"]);
    }
}
