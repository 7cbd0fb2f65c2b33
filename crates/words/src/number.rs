//! Numbers by the habit of the languages that there are.

use fluent_bundle::FluentValue;

use crate::Tongue;

/// A number in groups of three from 10,000 on: a year stays "2021". The Arabic catalogue writes the digits that its
/// readers find in the days and inputs of the same page (Latin ones), so one form serves all languages so far.
pub(crate) fn in_groups<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.value.fract() == 0.0 && number.value.abs() < 9e15;
    whole.then(|| grouped(number.value as i64))
}

fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    if digits.len() < 5 {
        return n.to_string();
    }
    let mut out = if n < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Tongue {
    /// A number by itself.
    #[must_use]
    pub fn number(self, n: usize) -> String {
        grouped(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// A share from 0 to 1 in hundredths; where "100 %" would say too much, with a decimal.
    #[must_use]
    pub fn percent(self, share: f64) -> String {
        let hundred = share * 100.0;
        let near = hundred > 99.0 && hundred < 99.95;
        let text = if near { format!("{hundred:.1}") } else { format!("{hundred:.0}") };
        crate::say!(self, "percent", x = text)
    }

    /// A weight with its sign, in decibans.
    #[must_use]
    pub fn decibans(self, x: f64) -> String {
        crate::say!(self, "decibans", x = format!("{x:+.1}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_and_years_whole() {
        assert_eq!(
            [2021, 9999, 10_000, 1_234_567, -54_321].map(grouped),
            ["2021", "9999", "10,000", "1,234,567", "-54,321"]
        );
    }

    #[test]
    fn shares_are_not_rounded_to_certainty() {
        let t = Tongue::ENGLISH;
        assert_eq!([0.5, 0.994, 0.9999].map(|p| t.percent(p)), ["50 %", "99.4 %", "100 %"]);
        assert_eq!(t.decibans(3.04), "+3.0 dB");
    }
}
