//! What a browser says of the languages that its reader knows.

/// The tags of an `Accept-Language`, the best first; those with weight 0 are left out.
pub(crate) fn tags(header: &str) -> Vec<&str> {
    let weighted = header.split(',').take(40).filter_map(|part| {
        let mut fields = part.split(';').map(str::trim);
        let tag = fields.next().filter(|t| !t.is_empty())?;
        let weight = fields.find_map(|f| f.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
        (weight > 0.0).then_some((tag, weight))
    });
    let mut all: Vec<(&str, f32)> = weighted.collect();
    // A stable sort: of equal weight, the first named.
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.into_iter().map(|(tag, _)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn the_best_language_comes_first() {
        assert_eq!(tags("fr;q=0.4, ar-EG, en;q=0.8, de;q=0, , *;q=0.1"), ["ar-EG", "en", "fr", "*"]);
        assert_eq!(tags("en;q=much"), Vec::<&str>::new());
    }
}
