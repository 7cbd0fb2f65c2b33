//! Whose voice a claim is: classes by interest, not by brand.

use std::sync::LazyLock;

use marchland_claim::{BriefSpeaker, Interest, Stance};
use serde::{Deserialize, Serialize};

/// Classes of voices. Each has its own table in the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// A party on its own loss.
    Loser,
    /// Somebody who maps control for a living.
    Map,
    /// The writer.
    Newsroom,
    /// An official or another named source of no side.
    Official,
    /// Somebody who lives there.
    Resident,
    /// "Reportedly".
    Hearsay,
    /// A party on its own success.
    Winner,
}

impl Voice {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Loser, Self::Map, Self::Newsroom, Self::Official, Self::Resident, Self::Hearsay, Self::Winner];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Loser => "loser",
            Self::Map => "map",
            Self::Newsroom => "newsroom",
            Self::Official => "official",
            Self::Resident => "resident",
            Self::Hearsay => "hearsay",
            Self::Winner => "winner",
        }
    }

    /// The class of a claim's voice.
    #[must_use]
    pub fn of(speaker: Option<&BriefSpeaker>, stance: Stance, outlet: Option<&str>) -> Self {
        let map = || outlet.is_some_and(|o| WORDS.map.iter().any(|m| o.to_lowercase().contains(m.as_str())));
        match speaker {
            Some(s) => match s.interest {
                Interest::SelfServing => Self::Winner,
                Interest::AgainstInterest => Self::Loser,
                Interest::ThirdParty => {
                    let words = format!("{} {}", s.name, s.role.as_deref().unwrap_or("")).to_lowercase();
                    if WORDS.names(&WORDS.resident, &words) && !WORDS.names(&WORDS.official, &words) {
                        Self::Resident
                    } else {
                        Self::Official
                    }
                }
            },
            None if map() => Self::Map,
            // A writer who denies says so in his own name; one who "claims" leans on nobody in particular.
            None if stance == Stance::Claimed => Self::Hearsay,
            None => Self::Newsroom,
        }
    }
}

/// data/control/speakers.toml
#[derive(Deserialize)]
struct Words {
    resident: Vec<String>,
    official: Vec<String>,
    map: Vec<String>,
}

impl Words {
    fn names(&self, list: &[String], text: &str) -> bool {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|w| list.iter().any(|l| w == l || w.strip_suffix('s') == Some(l) || w.strip_suffix("es") == Some(l)))
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // The file is part of the program; every test here reads it.
    toml::from_str(include_str!("../../../data/control/speakers.toml")).expect("data/control/speakers.toml")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_interest_first() {
        let check = |name: &str, role: Option<&str>, interest, expect| {
            let speaker = BriefSpeaker { name: name.into(), role: role.map(Into::into), party: None, interest };
            assert_eq!(Voice::of(Some(&speaker), Stance::Claimed, Some("Example Wire")), expect, "{name}");
        };
        check("Residents", None, Interest::ThirdParty, Voice::Resident);
        check("a shopkeeper", None, Interest::ThirdParty, Voice::Resident);
        check("Ghulam Rabani", Some("provincial council member"), Interest::ThirdParty, Voice::Official);
        check("the Interior Ministry", None, Interest::SelfServing, Voice::Winner);
        check("a resident", None, Interest::AgainstInterest, Voice::Loser);
        check("the head of the residents' council", None, Interest::ThirdParty, Voice::Official);
        assert_eq!(Voice::of(None, Stance::Asserted, Some("DeepStateMap")), Voice::Map);
        assert_eq!(Voice::of(None, Stance::Asserted, None), Voice::Newsroom);
        assert_eq!(Voice::of(None, Stance::Claimed, None), Voice::Hearsay);
    }
}
