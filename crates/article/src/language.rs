//! Is a text English? A diagnostic only: everything is read.

/// The commonest words of English running text; no other language that we meet uses many of them.
const COMMON: [&str; 36] = [
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "has",
    "had", "have", "said", "were", "are", "be", "it", "its", "their", "they", "he", "his", "who", "which", "after",
    "not", "this", "an", "but",
];

/// The commonest words of other languages in Latin letters that are no English words.
const OTHERS: [&str; 48] = [
    "de", "la", "le", "les", "des", "du", "et", "en", "que", "qui", "est", "el", "los", "las", "del", "una", "por",
    "para", "il", "di", "che", "della", "per", "un", "der", "die", "das", "und", "den", "dem", "mit", "von", "het",
    "een", "van", "da", "dos", "uma", "na", "og", "att", "som", "ve", "bir", "nie", "je", "yang", "dan",
];

/// True when the text is long enough to tell and is not English: most letters are not Latin; or the commonest words of
/// other languages outnumber those of English; or there are next to none of English's. (Running English has about one in
/// three; tables and lists have few, so that alone tells only when nearly all are missing.)
pub(crate) fn is_not_english(text: &str) -> bool {
    let (mut words, mut common, mut others, mut letters, mut latin) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(2_000) {
        words += 1;
        for c in word.chars().take(64) {
            letters += 1;
            latin += usize::from(matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'));
        }
        if word.len() <= 5 {
            common += usize::from(COMMON.iter().any(|known| known.eq_ignore_ascii_case(word)));
            others += usize::from(OTHERS.iter().any(|known| known.eq_ignore_ascii_case(word)));
        }
    }
    let foreign = words >= 20 && others > common && others * 12 > words;
    (letters >= 40 && latin * 2 < letters) || foreign || (words >= 80 && common * 40 < words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_others() {
        let english = "The army said on Friday that it had left the town, which the rebels have held since. Nobody in the market could say who was in the old fort by noon.";
        assert!(!is_not_english(english));
        assert!(!is_not_english("Too short"));
        assert!(
            !is_not_english(&"Shr profit five cts vs loss two cts Net profit vs loss Revs mln vs mln ".repeat(3)),
            "a table"
        );
        assert!(is_not_english(
            "Die Armee hat am Freitag mitgeteilt, dass sie die Stadt verlassen hat, die seither von den Rebellen gehalten wird. Niemand auf dem Markt wusste, wer in der alten Festung war."
        ));
        assert!(is_not_english(
            "L'armée a annoncé vendredi qu'elle avait quitté la ville, que les rebelles tiennent depuis. Personne au marché ne savait qui se trouvait dans la vieille forteresse à midi."
        ));
        assert!(is_not_english(
            "Армия сообщила в пятницу, что оставила город, который с тех пор удерживают повстанцы."
        ));
        assert!(is_not_english("قال الجيش يوم الجمعة إنه غادر المدينة التي يسيطر عليها المتمردون منذ ذلك الحين"));
    }
}
