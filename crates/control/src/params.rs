//! The parameters of control, read from data/control/params.toml, where each is explained.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::speaker::Voice;

/// Every parameter. The default is what the program carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    pub(crate) chain: ChainParams,
    pub(crate) prior: PriorParams,
    pub(crate) weight: WeightParams,
    pub(crate) label: LabelParams,
    pub(crate) voice: BTreeMap<Voice, VoiceParams>,
}

/// A parameter file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ParamsError {
    /// It is not TOML of the right form.
    #[error("parameters of control: {0}. Compare data/control/params.toml, which names every value")]
    Form(#[from] toml::de::Error),
    /// A value is out of its range.
    #[error("parameters of control: {name} is {value}, but must lie between {low} and {high}")]
    Range {
        /// Which value.
        name: String,
        /// What it is.
        value: f64,
        /// The least it may be.
        low: f64,
        /// The most.
        high: f64,
    },
    /// A voice has no table.
    #[error("parameters of control: the table [voice.{0}] is missing")]
    Voice(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChainParams {
    pub(crate) hazard: f64,
    pub(crate) fight: f64,
    pub(crate) settle: f64,
    pub(crate) keeps: f64,
    pub(crate) untold: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PriorParams {
    pub(crate) untold: f64,
    pub(crate) fight: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WeightParams {
    pub(crate) temper: f64,
    pub(crate) near: f64,
    pub(crate) area: f64,
    pub(crate) part: f64,
    pub(crate) region: f64,
    pub(crate) implied: f64,
    pub(crate) again: f64,
    pub(crate) fight_at_end: f64,
    pub(crate) held_at_end: f64,
    pub(crate) again_days: i32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelParams {
    pub(crate) controlled: f64,
    pub(crate) likely: f64,
    pub(crate) unknown: f64,
    pub(crate) stale_days: i32,
    pub(crate) dispute_days: i32,
    pub(crate) siege_days: i32,
}

/// Decibans, none above zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoiceParams {
    pub(crate) change: ChangeTable,
    pub(crate) state: StateTable,
    pub(crate) left: f64,
    pub(crate) fight: f64,
    pub(crate) siege: f64,
    pub(crate) denial: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeTable {
    pub(crate) kept: f64,
    pub(crate) contested: f64,
    pub(crate) other: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StateTable {
    pub(crate) contested: f64,
    pub(crate) other: f64,
}

impl Default for Params {
    fn default() -> Self {
        // The file is part of the program; a test reads it.
        Self::parse(include_str!("../../../data/control/params.toml")).expect("data/control/params.toml")
    }
}

impl Params {
    /// Reads a parameter file and checks that every value lies in its range.
    pub fn parse(text: &str) -> Result<Self, ParamsError> {
        let params: Self = toml::from_str(text)?;
        let range = |name: &str, value: f64, low: f64, high: f64| {
            if (low..=high).contains(&value) {
                Ok(())
            } else {
                Err(ParamsError::Range { name: name.to_owned(), value, low, high })
            }
        };
        let p = &params;
        for (name, value) in [
            ("chain.hazard", p.chain.hazard),
            ("chain.fight", p.chain.fight),
            ("chain.settle", p.chain.settle),
            ("chain.keeps", p.chain.keeps),
            ("chain.untold", p.chain.untold),
            ("prior.untold", p.prior.untold),
            ("prior.fight", p.prior.fight),
            ("weight.temper", p.weight.temper),
            ("weight.near", p.weight.near),
            ("weight.area", p.weight.area),
            ("weight.part", p.weight.part),
            ("weight.region", p.weight.region),
            ("weight.implied", p.weight.implied),
            ("weight.again", p.weight.again),
            ("weight.fight_at_end", p.weight.fight_at_end),
            ("weight.held_at_end", p.weight.held_at_end),
            ("label.likely", p.label.likely),
            ("label.controlled", p.label.controlled),
            ("label.unknown", p.label.unknown),
        ] {
            range(name, value, 0.0, 1.0)?;
        }
        range("chain.hazard + chain.fight", p.chain.hazard + p.chain.fight, 0.0, 0.5)?;
        // Below half, two parties could hold one place.
        range("label.likely", p.label.likely, 0.5, p.label.controlled)?;
        for (name, days) in [
            ("weight.again_days", p.weight.again_days),
            ("label.stale_days", p.label.stale_days),
            ("label.dispute_days", p.label.dispute_days),
            ("label.siege_days", p.label.siege_days),
        ] {
            range(name, f64::from(days), 0.0, 36_500.0)?;
        }
        for voice in Voice::ALL {
            let v = p.voice.get(&voice).ok_or_else(|| ParamsError::Voice(voice.word().to_owned()))?;
            for (name, value) in [
                ("change.kept", v.change.kept),
                ("change.contested", v.change.contested),
                ("change.other", v.change.other),
                ("state.contested", v.state.contested),
                ("state.other", v.state.other),
                ("left", v.left),
                ("fight", v.fight),
                ("siege", v.siege),
                ("denial", v.denial),
            ] {
                range(&format!("voice.{}.{name}", voice.word()), value, -300.0, 0.0)?;
            }
        }
        Ok(params)
    }

    /// The parameters as a file that [`parse`](Self::parse) reads, without the explanations.
    #[must_use]
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

    pub(crate) fn of(&self, voice: Voice) -> &VoiceParams {
        // Checked when the file was read.
        &self.voice[&voice]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound_and_survives_writing() {
        let params = Params::default();
        assert_eq!(Params::parse(&params.to_toml()).unwrap(), params);
    }

    #[test]
    fn a_wrong_file_is_told_apart() {
        let text = Params::default().to_toml();
        let check = |from: &str, to: &str, words: &str| {
            assert!(text.contains(from), "{from:?} not in {text}");
            let said = Params::parse(&text.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(said.contains(words), "{said}");
        };
        check("[chain]", "[chain]\nhaste = 1.0", "haste");
        check("hazard = ", "hazard = 3", "chain.hazard is 3");
        check("temper = ", "temper = -", "weight.temper is -");
        check("[voice.map]", "[voice.chart]", "chart");
    }
}
