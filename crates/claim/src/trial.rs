//! The sentences of the rule files, put to the test.

use marchland_article::Article;

use crate::{Coded, Rules, Stance};

/// A sentence that a rule did not treat as its file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFailure {
    /// Which rule.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// What is wrong.
    pub why: String,
}

impl Rules {
    /// Puts every sentence of every rule to the test. `analyse` reads a sentence and codes it with these rules.
    /// Returns how many sentences were tried, and the failures.
    pub fn test(&self, analyse: impl Fn(&str) -> (Article, Coded)) -> (usize, Vec<RuleFailure>) {
        let mut failures = Vec::new();
        let mut tried = 0;
        for rule in &self.rules {
            for m in &rule.matches {
                tried += 1;
                let (article, coded) = analyse(&m.text);
                let said = |p: &crate::Party, want: &str| {
                    let want = want.to_lowercase();
                    p.name.to_lowercase().contains(&want) || p.span.of(&article.text).to_lowercase().contains(&want)
                };
                let right = coded.claims.iter().any(|c| {
                    c.evidence.rule == rule.id
                        && c.kind == m.kind.or(rule.kind)
                        && c.stance == m.stance
                        && c.place.span.of(&article.text).contains(m.place.as_str())
                        && m.holder.as_ref().is_none_or(|h| c.holder.as_ref().is_some_and(|p| said(p, h)))
                        && m.other.as_ref().is_none_or(|o| c.other.as_ref().is_some_and(|p| said(p, o)))
                });
                if !right {
                    let found: Vec<String> = coded
                        .claims
                        .iter()
                        .map(|c| {
                            format!(
                                "{} {:?} {} at {} ({})",
                                c.evidence.rule,
                                c.kind,
                                c.holder.as_ref().map_or("nobody", |p| p.name.as_str()),
                                c.place.span.of(&article.text),
                                stance(c.stance)
                            )
                        })
                        .chain(coded.notes.iter().map(|n| format!("note: {} ({})", n.why, n.rule)))
                        .collect();
                    failures.push(RuleFailure {
                        rule: rule.id.clone(),
                        text: m.text.clone(),
                        why: format!("must match; found: [{}]", found.join("; ")),
                    });
                }
            }
            for m in &rule.misses {
                tried += 1;
                let (article, coded) = analyse(&m.text);
                if let Some(c) = coded.claims.iter().find(|c| c.kind.is_some()) {
                    failures.push(RuleFailure {
                        rule: rule.id.clone(),
                        text: m.text.clone(),
                        why: format!(
                            "must not match ({}); {} found {:?} at {}",
                            m.why,
                            c.evidence.rule,
                            c.kind,
                            c.place.span.of(&article.text)
                        ),
                    });
                }
            }
        }
        for rule in &self.events.rules {
            let said = |text: &String| {
                let (_, coded) = analyse(text);
                let event = coded.claims.iter().filter_map(|c| c.event.as_ref());
                event.map(|e| e.sub_event_type.clone()).collect::<Vec<_>>()
            };
            for (texts, want) in [(&rule.yes, true), (&rule.no, false)] {
                for text in texts {
                    tried += 1;
                    let found = said(text);
                    if found.contains(&rule.name) != want {
                        failures.push(RuleFailure {
                            rule: format!("event: {}", rule.name),
                            text: text.clone(),
                            why: format!("must {}match; found: [{}]", if want { "" } else { "not " }, found.join("; ")),
                        });
                    }
                }
            }
        }
        (tried, failures)
    }
}

fn stance(s: Stance) -> &'static str {
    match s {
        Stance::Asserted => "asserted",
        Stance::Claimed => "claimed",
        Stance::Denied => "denied",
        Stance::Planned => "planned",
        Stance::Hypothetical => "hypothetical",
    }
}
