//! Claims without their words, article by article, and their form as bytes.
//!
//! A rebuild of control reads these instead of every claim whole: some fifty bytes a claim instead of a thousand, and
//! nothing to parse. All numbers are little endian base 128 (LEB128); texts stand once each before what uses them.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use marchland_actor::ActorId;
use marchland_claim::{Aggregate, Brief, BriefSpeaker, ClaimId, Interest, Kind, Stance};
use marchland_place::{PlaceId, Precision};

/// The claims of one article without their words, with what control needs beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct BriefEntry {
    /// Digest of the article.
    pub article: Arc<str>,
    /// Who printed it.
    pub outlet: Option<Arc<str>>,
    /// Publication day, the analyst's where one was set; `None`: not known.
    pub published: Option<Date>,
    /// When the article was first read.
    pub read_at: Timestamp,
    /// The story that the article tells: the smallest digest among it and its near-copies.
    pub story: Arc<str>,
    /// Those that count, in the order of the text, edited where an analyst has edited them.
    pub claims: Vec<Brief>,
}

impl BriefEntry {
    /// The day from which its claims can have been known: the publication day, else the day on which it was read (UTC).
    #[must_use]
    pub fn known(&self) -> Date {
        self.published.unwrap_or_else(|| self.read_at.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

/// The first byte. Another form gets another number.
const FORM: u8 = 2;

const KINDS: [Kind; 6] =
    [Kind::Transfer, Kind::Holds, Kind::Contested, Kind::Besieged, Kind::Withdrawal, Kind::Repelled];
const STANCES: [Stance; 5] = [Stance::Asserted, Stance::Claimed, Stance::Denied, Stance::Planned, Stance::Hypothetical];
const INTERESTS: [Interest; 3] = [Interest::SelfServing, Interest::AgainstInterest, Interest::ThirdParty];
const PRECISIONS: [Precision; 5] =
    [Precision::Exact, Precision::Near, Precision::District, Precision::Province, Precision::Country];

/// Writes an entry. Its story is not part of it: that may change with later articles.
pub(crate) fn to_bytes(entry: &BriefEntry) -> Vec<u8> {
    let mut w = Writer::default();
    w.hex(&entry.article);
    w.text(entry.outlet.as_deref());
    w.day(entry.published);
    w.signed(entry.read_at.as_second());
    w.signed(i64::from(entry.read_at.subsec_nanosecond()));
    w.number(entry.claims.len() as u64);
    for c in &entry.claims {
        w.claim(c);
    }
    let mut out = vec![FORM];
    number(&mut out, w.texts.len() as u64);
    for text in &w.texts {
        number(&mut out, text.len() as u64);
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(&w.out);
    out
}

#[derive(Default)]
struct Writer<'w> {
    out: Vec<u8>,
    texts: Vec<&'w str>,
    known: HashMap<&'w str, u64>,
}

fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

impl<'w> Writer<'w> {
    fn number(&mut self, n: u64) {
        number(&mut self.out, n);
    }

    fn signed(&mut self, n: i64) {
        self.number((n << 1 ^ n >> 63) as u64);
    }

    /// 0: none; else the number of the text, from 1.
    fn text(&mut self, text: Option<&'w str>) {
        let n = text.map_or(0, |text| {
            let texts = &mut self.texts;
            *self.known.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() as u64
            })
        });
        self.number(n);
    }

    /// A digest or an id: two hexadecimal digits a byte where it is of such, else as it stands.
    fn hex(&mut self, text: &str) {
        let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let bytes = text.as_bytes();
        if bytes.len().is_multiple_of(2) && bytes.iter().all(|b| digit(*b)) {
            self.number((bytes.len() as u64 / 2) << 1 | 1);
            let value = |b: u8| if b.is_ascii_digit() { b - b'0' } else { b - b'a' + 10 };
            self.out.extend(bytes.chunks_exact(2).map(|p| value(p[0]) << 4 | value(p[1])));
        } else {
            self.number((bytes.len() as u64) << 1);
            self.out.extend_from_slice(bytes);
        }
    }

    /// 0: none.
    fn day(&mut self, day: Option<Date>) {
        let packed = |d: Date| (d.year() as i64 + 10_000) as u64 * 512 + d.month() as u64 * 32 + d.day() as u64;
        self.number(day.map_or(0, packed));
    }

    fn claim(&mut self, c: &'w Brief) {
        let at = |i: Option<usize>| i.unwrap_or(0) as u64;
        self.hex(&c.id.0);
        self.number(c.kind.map_or(0, |k| at(KINDS.iter().position(|x| *x == k)) + 1));
        self.number(at(STANCES.iter().position(|x| *x == c.stance)));
        self.number(at(PRECISIONS.iter().position(|x| *x == c.precision)));
        let flags = [c.background, c.inferred, c.speaker.is_some(), c.aggregate.is_some()];
        self.number(flags.iter().rev().fold(0, |n, f| n << 1 | u64::from(*f)));
        self.text(c.holder.as_ref().map(ActorId::as_str));
        self.text(c.other.as_ref().map(ActorId::as_str));
        self.number(c.place.map_or(0, |p| p.0.saturating_add(1)));
        self.out.extend_from_slice(&c.place_score.to_le_bytes());
        self.text(Some(&c.place_name));
        for text in [&c.country, &c.admin1, &c.feature, &c.part] {
            self.text(text.as_deref());
        }
        self.day(c.valid_from);
        self.day(c.valid_to);
        self.out.extend_from_slice(&c.confidence.to_le_bytes());
        if let Some(s) = &c.speaker {
            self.text(Some(&s.name));
            self.text(s.role.as_deref());
            self.text(s.party.as_ref().map(ActorId::as_str));
            self.number(at(INTERESTS.iter().position(|x| *x == s.interest)));
        }
        if let Some(a) = &c.aggregate {
            self.number(u64::from(a.count));
            self.number(a.of.map_or(0, |n| u64::from(n) + 1));
            self.text(Some(&a.unit));
            self.number(u64::from(a.ordinal));
        }
    }
}

/// Texts that many entries share, each kept once.
#[derive(Default)]
pub(crate) struct Texts(HashMap<Box<str>, Arc<str>>);

impl Texts {
    fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(text.into(), Arc::clone(&new));
        new
    }
}

/// Reads what [`to_bytes`] wrote; the article is its own story. Says what is wrong with other bytes.
pub(crate) fn from_bytes(bytes: &[u8], texts: &mut Texts) -> Result<BriefEntry, &'static str> {
    let mut r = Reader { left: bytes, texts: Vec::new() };
    if r.bytes(1)? != [FORM] {
        return Err("a form that this program does not know");
    }
    for _ in 0..r.number()? {
        let len = r.number()?;
        let text = std::str::from_utf8(r.bytes(len)?).map_err(|_| "a text that is none")?;
        r.texts.push(texts.get(text));
    }
    let article: Arc<str> = r.hex()?.into();
    let (outlet, published) = (r.text()?, r.day()?);
    let (second, nano) = (r.signed()?, r.signed()?);
    let nano = i32::try_from(nano).map_err(|_| "a time that is none")?;
    let read_at = Timestamp::new(second, nano).map_err(|_| "a time that is none")?;
    let mut claims = Vec::new();
    for _ in 0..r.number()? {
        claims.push(r.claim()?);
    }
    if !r.left.is_empty() {
        return Err("more bytes than it should have");
    }
    Ok(BriefEntry { story: Arc::clone(&article), article, outlet, published, read_at, claims })
}

struct Reader<'r> {
    left: &'r [u8],
    texts: Vec<Arc<str>>,
}

impl<'r> Reader<'r> {
    fn bytes(&mut self, n: u64) -> Result<&'r [u8], &'static str> {
        let n = usize::try_from(n).unwrap_or(usize::MAX);
        let (bytes, left) = self.left.split_at_checked(n).ok_or("fewer bytes than it should have")?;
        self.left = left;
        Ok(bytes)
    }

    fn number(&mut self) -> Result<u64, &'static str> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let b = self.bytes(1)?[0];
            n |= u64::from(b & 0x7f) << shift;
            if b < 0x80 {
                return Ok(n);
            }
        }
        Err("a number without an end")
    }

    fn signed(&mut self) -> Result<i64, &'static str> {
        let n = self.number()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> Result<T, &'static str> {
        let n = self.number()?;
        of.get(n as usize).copied().ok_or("a word that is none")
    }

    fn text(&mut self) -> Result<Option<Arc<str>>, &'static str> {
        match self.number()? as usize {
            0 => Ok(None),
            n => Ok(Some(Arc::clone(self.texts.get(n - 1).ok_or("a text that is not there")?))),
        }
    }

    fn some_text(&mut self) -> Result<Arc<str>, &'static str> {
        self.text()?.ok_or("a text that is not there")
    }

    fn actor(&mut self) -> Result<Option<ActorId>, &'static str> {
        Ok(self.text()?.map(ActorId))
    }

    fn hex(&mut self) -> Result<String, &'static str> {
        let n = self.number()?;
        let bytes = self.bytes(n >> 1)?;
        if n & 1 == 0 {
            return std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| "a text that is none");
        }
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut out = String::with_capacity(2 * bytes.len());
        for b in bytes {
            out.push(DIGITS[usize::from(b >> 4)] as char);
            out.push(DIGITS[usize::from(b & 15)] as char);
        }
        Ok(out)
    }

    fn day(&mut self) -> Result<Option<Date>, &'static str> {
        let n = self.number()?;
        if n == 0 {
            return Ok(None);
        }
        let year = i16::try_from((n / 512) as i64 - 10_000).map_err(|_| "a day that is none")?;
        Date::new(year, (n / 32 % 16) as i8, (n % 32) as i8).map(Some).map_err(|_| "a day that is none")
    }

    fn claim(&mut self) -> Result<Brief, &'static str> {
        let id = ClaimId(self.hex()?);
        let kind = match self.number()? {
            0 => None,
            n => Some(*KINDS.get(n as usize - 1).ok_or("a word that is none")?),
        };
        let (stance, precision) = (self.one(&STANCES)?, self.one(&PRECISIONS)?);
        let flags = self.number()?;
        let flag = |i: u32| flags >> i & 1 == 1;
        let (holder, other) = (self.actor()?, self.actor()?);
        let place = self.number()?.checked_sub(1).map(PlaceId);
        let place_score = self.bytes(4)?.try_into().map(f32::from_le_bytes).unwrap_or_default();
        let place_name = self.some_text()?;
        let [country, admin1, feature, part] = [self.text()?, self.text()?, self.text()?, self.text()?];
        let (valid_from, valid_to) = (self.day()?, self.day()?);
        let confidence = self.bytes(4)?.try_into().map(f32::from_le_bytes).unwrap_or_default();
        let speaker = if flag(2) {
            let (name, role, party) = (self.some_text()?, self.text()?, self.actor()?);
            Some(BriefSpeaker { name, role, party, interest: self.one(&INTERESTS)? })
        } else {
            None
        };
        let aggregate = if flag(3) {
            let count = self.number()? as u32;
            let of = self.number()?.checked_sub(1).map(|n| n as u32);
            Some(Aggregate { count, of, unit: self.some_text()?.to_string(), ordinal: self.number()? == 1 })
        } else {
            None
        };
        Ok(Brief {
            id,
            kind,
            holder,
            other,
            stance,
            speaker,
            background: flag(0),
            aggregate,
            place,
            place_score,
            place_name,
            country,
            admin1,
            feature,
            precision,
            part,
            valid_from,
            valid_to,
            inferred: flag(1),
            confidence,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn entry() -> BriefEntry {
        let claim = |id: &str| Brief {
            id: ClaimId(id.into()),
            kind: Some(Kind::Repelled),
            holder: Some("red".into()),
            other: None,
            stance: Stance::Hypothetical,
            speaker: Some(BriefSpeaker {
                name: "a shopkeeper".into(),
                role: None,
                party: Some("blue".into()),
                interest: Interest::ThirdParty,
            }),
            background: true,
            aggregate: Some(Aggregate { count: 5, of: Some(34), unit: "provincial capitals".into(), ordinal: false }),
            place: Some(PlaceId(3_000_000_000)),
            place_score: 0.9,
            place_name: "Kunduz".into(),
            country: Some("AF".into()),
            admin1: None,
            feature: Some("PPLA".into()),
            precision: Precision::Province,
            part: Some("airport".into()),
            valid_from: Some(date(-9999, 1, 1)),
            valid_to: Some(date(9999, 12, 31)),
            inferred: true,
            confidence: 0.3,
        };
        let bare = Brief { kind: None, speaker: None, aggregate: None, place: None, background: false, ..claim("0F") };
        BriefEntry {
            article: "00ff17".into(),
            outlet: None,
            published: Some(date(2021, 8, 9)),
            read_at: Timestamp::new(-5, -17).unwrap(),
            story: "00ff17".into(),
            claims: vec![claim("a1b2"), claim("told by hand"), bare],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(from_bytes(&to_bytes(&entry()), &mut Texts::default()), Ok(entry()));
    }

    #[test]
    fn broken_bytes_are_told_apart_and_never_a_panic() {
        let whole = to_bytes(&entry());
        for n in 0..whole.len() {
            assert!(from_bytes(&whole[..n], &mut Texts::default()).is_err(), "cut at {n}");
            for bit in [1, 16, 128] {
                let mut bytes = whole.clone();
                bytes[n] ^= bit;
                let _ = from_bytes(&bytes, &mut Texts::default());
            }
        }
        let longer = [whole.as_slice(), &[0]].concat();
        assert!(from_bytes(&longer, &mut Texts::default()).is_err());
    }
}
