//! Which of a place's many names are worth looking up, and which one is its name at home.

/// Languages of alternateNamesV2 that are no languages: links, codes of post and airports, and machine spellings.
const CODES: [&str; 14] =
    ["link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "abbr", "nhwa", "nrhp", "rint", "nuts"];

/// True for a language of alternateNamesV2 whose names people use.
pub(crate) fn spoken(language: &str) -> bool {
    !CODES.contains(&language)
}

/// A script in which names can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Hebrew,
    Other,
}

fn script_of(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => Script::Arabic,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        _ => Script::Other,
    }
}

/// The script of all letters of a name; `None` when they are of several, which no person writes.
pub(crate) fn script(name: &str) -> Option<Script> {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).map(script_of);
    let first = letters.next()?;
    letters.all(|s| s == first).then_some(first)
}

/// The script in which a country writes its own names, where it is one that can be looked up and is not Latin.
pub(crate) fn own_script(country: &str) -> Option<Script> {
    Some(match country {
        "AE" | "BH" | "DZ" | "EG" | "EH" | "IQ" | "JO" | "KW" | "LB" | "LY" | "MA" | "MR" | "OM" | "PS" | "QA"
        | "SA" | "SD" | "SY" | "TN" | "YE" | "DJ" | "KM" | "TD" | "SO" | "AF" | "IR" | "PK" => Script::Arabic,
        "UA" | "RU" | "BY" | "BG" | "RS" | "MK" | "KZ" | "KG" | "TJ" | "MN" => Script::Cyrillic,
        "IL" => Script::Hebrew,
        _ => return None,
    })
}

const ARTICLES: [&str; 13] = ["al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "er", "es", "et"];

/// False for machine transliterations ("kndwz"), airport codes, links and the like.
pub(crate) fn useful(name: &str, country: &str) -> bool {
    let bare = name.trim_matches(['‘', '’', '\'', '`', 'ʻ', 'ʼ']);
    let letters = bare.chars().count();
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    if !(2..=60).contains(&letters)
        || digits >= 4
        || bare.contains([';', '(', '[', '{', '|', '\t'])
        || bare.contains("http")
    {
        return false;
    }
    match script(bare) {
        Some(Script::Latin) => {
            let small = bare.starts_with(char::is_lowercase);
            let article = bare.split(['-', ' ']).next().is_some_and(|w| ARTICLES.contains(&w) && w.len() < bare.len());
            let shouted = letters <= 4 && !bare.chars().any(char::is_lowercase);
            (!small || article) && !shouted
        }
        Some(script) => own_script(country) == Some(script),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Script, script, useful};

    #[test]
    fn names_that_people_use() {
        for name in ["Konduz", "al-Bab", "Sar-e Pul", "Ma‘arrat", "قندوز"] {
            assert!(useful(name, "AF"), "{name}");
        }
        for name in ["kndwz", "KBL", "UND", "http://x.org", "Кундуз", "K", "Kunduz (city)", "AF-KDZ-2401", "ہrat"]
        {
            assert!(!useful(name, "AF"), "{name}");
        }
        assert!(useful("Київ", "UA"));
    }

    #[test]
    fn a_name_of_two_scripts_has_none() {
        assert_eq!(script("Kabul"), Some(Script::Latin));
        assert_eq!(script("کابل"), Some(Script::Arabic));
        assert_eq!(script("ہrat"), None);
        assert_eq!(script("12"), None);
    }
}
