//! Does a word look like an address of the web? The expression of the weights, matched by hand in linear time.
//!
//! `[scheme://] [anything@] host [:port] [/?# anything]`, where the host is a public IPv4 address or labels with dots
//! and a top level of 2 to 63 small letters. The host's end is fixed by the first of `:/?#`, because none of these can
//! stand in it; a host can begin at the start, after the scheme or after any `@` that is not the first character.

use super::classes::Class;

/// The three classes that the expression needs.
pub(crate) struct UrlClasses<'c> {
    pub(crate) level: &'c Class,
    pub(crate) word: &'c Class,
    pub(crate) digit: &'c Class,
}

impl UrlClasses<'_> {
    pub(crate) fn matches(&self, text: &str) -> bool {
        // No dot, no host: nearly every word leaves here.
        if !text.as_bytes().contains(&b'.') {
            return false;
        }
        if self.host_and_rest(text) {
            return true;
        }
        if let Some(at) = text.find("://") {
            let scheme = &text[..at];
            let fits = scheme.chars().all(|c| self.word.has(c) || matches!(c, '+' | '-' | '.'));
            if fits && scheme.chars().nth(1).is_some() && self.host_and_rest(&text[at + 3..]) {
                return true;
            }
        }
        text.match_indices('@').any(|(at, _)| at > 0 && self.host_and_rest(&text[at + 1..]))
    }

    fn host_and_rest(&self, text: &str) -> bool {
        // A host holds no `@` either; stopping there keeps many signs in one word linear.
        let end = text.find([':', '/', '?', '#', '@']).unwrap_or(text.len());
        let (host, rest) = text.split_at(end);
        self.rest(rest) && (self.domain(host) || self.address(host))
    }

    fn rest(&self, rest: &str) -> bool {
        let rest = match rest.strip_prefix(':') {
            Some(port) => {
                let digits = port.chars().take_while(|c| self.digit.has(*c)).take(6).count();
                if !(2..=5).contains(&digits) {
                    return false;
                }
                port.trim_start_matches(|c| self.digit.has(c))
            }
            None => rest,
        };
        rest.is_empty() || rest.starts_with(['/', '?', '#'])
    }

    fn domain(&self, host: &str) -> bool {
        let Some((labels, top)) = host.rsplit_once('.') else { return false };
        let length = top.chars().take(64).count();
        (2..=63).contains(&length)
            && top.chars().all(|c| self.level.has(c))
            && labels.split('.').all(|label| {
                let edge = |c: Option<char>| {
                    c.is_some_and(|c| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c))
                };
                let inner = |c: char| edge(Some(c)) || c == '_' || c == '-';
                label.chars().take(65).count() <= 64
                    && edge(label.chars().next())
                    && edge(label.chars().next_back())
                    && label.chars().all(inner)
            })
    }

    /// A public IPv4 address. The expression takes digits of every script after the first; so do we.
    fn address(&self, host: &str) -> bool {
        if host.len() > 64 {
            return false;
        }
        let parts: Vec<Vec<char>> = host.split('.').map(|p| p.chars().collect()).collect();
        let [a, b, c, d] = parts.as_slice() else { return false };
        let digit = |c: &char| self.digit.has(*c);
        let number = |p: &[char]| (1..=3).contains(&p.len()) && p.iter().all(digit);
        if ![a, b, c, d].iter().all(|p| number(p)) {
            return false;
        }
        let text = |p: &[char]| p.iter().collect::<String>();
        let (first, second) = (text(a), text(b));
        let kept_apart = first == "10"
            || first == "127"
            || (first == "169" && second == "254")
            || (first == "192" && second == "168")
            || (first == "172"
                && b.len() == 2
                && matches!((b[0], b[1]), ('1', '6'..='9') | ('2', _) | ('3', '0' | '1')));
        let first_fits = matches!(
            a.as_slice(),
            ['1'..='9'] | ['1'..='9', _] | ['1', _, _] | ['2', '0' | '1', _] | ['2', '2', '0'..='3']
        );
        let middle = |p: &[char]| matches!(p, [_] | [_, _] | ['1', _, _] | ['2', '0'..='4', _] | ['2', '5', '0'..='5']);
        let last = matches!(
            d.as_slice(),
            ['1'..='9'] | ['1'..='9', _] | ['1', _, _] | ['2', '0'..='4', _] | ['2', '5', '0'..='4']
        );
        !kept_apart && first_fits && middle(b) && middle(c) && last
    }
}
