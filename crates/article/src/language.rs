//! Is a text English? A diagnostic only: everything is read.

/// The commonest words of English running text; no other language that we meet uses many of them.
const COMMON: [&str; 36] = [
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "has",
    "had", "have", "said", "were", "are", "be", "it", "its", "their", "they", "he", "his", "who", "which", "after",
    "not", "this", "an", "but",
];

/// True when the text is long enough to tell and is not English: under one word in eight is common English,
/// or most letters are not Latin. (English news has about one in three; French, German and Spanish news under one in twelve.)
pub(crate) fn is_not_english(text: &str) -> bool {
    let (mut words, mut common, mut letters, mut latin) = (0usize, 0usize, 0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(2_000) {
        words += 1;
        letters += word.chars().count();
        latin += word
            .chars()
            .filter(|c| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'))
            .count();
        common += usize::from(word.len() <= 5 && COMMON.iter().any(|known| known.eq_ignore_ascii_case(word)));
    }
    (letters >= 40 && latin * 2 < letters) || (words >= 25 && common * 8 < words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_others() {
        let english = "The army said on Friday that it had left the town, which the rebels have held since. Nobody in the market could say who was in the old fort by noon.";
        assert!(!is_not_english(english));
        assert!(!is_not_english("Too short"));
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
