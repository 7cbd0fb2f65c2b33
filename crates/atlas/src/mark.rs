//! How a state looks: colour says who, shape says who again, the filling says how sure, a letter says it in print.

use std::fmt::Write;

use marchland_actor::ActorId;
use marchland_control::{PlaceState, Qualifier, Status};
use marchland_words::Tongue;

use crate::svg::{Esc, Num};

/// How a state is drawn and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// One party holds it, told by a third party or against interest.
    Held,
    /// Only the winner says so.
    Claimed,
    /// A live denial or opposing statement exists.
    Disputed,
    /// Held when last heard of, a long time ago.
    Stale,
    /// Being fought over.
    Contested,
    /// Nobody spoke of it, or not enough.
    Unknown,
}

impl Mark {
    /// Every mark, in the order of the legend.
    pub const ALL: [Self; 6] = [Self::Held, Self::Claimed, Self::Disputed, Self::Stale, Self::Contested, Self::Unknown];

    /// The mark of a state.
    #[must_use]
    pub fn of(state: &PlaceState) -> Self {
        Self::new(state.status, state.qualifier, state.holder.is_some())
    }

    /// The mark of a status with its qualifier.
    #[must_use]
    pub fn new(status: Status, qualifier: Option<Qualifier>, held: bool) -> Self {
        match (status, qualifier) {
            (Status::Contested, _) => Self::Contested,
            (Status::Unknown, _) => Self::Unknown,
            (Status::Controlled, _) if !held => Self::Unknown,
            (Status::Controlled, Some(Qualifier::Claimed)) => Self::Claimed,
            (Status::Controlled, Some(Qualifier::Disputed)) => Self::Disputed,
            (Status::Controlled, Some(Qualifier::Stale)) => Self::Stale,
            (Status::Controlled, Some(Qualifier::Confirmed) | None) => Self::Held,
        }
    }

    /// The mark in a language, for people.
    #[must_use]
    pub fn say(self, tongue: Tongue) -> String {
        tongue.say(match self {
            Self::Held => "mark-held",
            Self::Claimed => "mark-claimed",
            Self::Disputed => "mark-disputed",
            Self::Stale => "mark-stale",
            Self::Contested => "mark-contested",
            Self::Unknown => "mark-unknown",
        })
    }

    /// The mark in English words, as the API and the command line write it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Held => "confirmed",
            Self::Claimed => "claimed only",
            Self::Disputed => "disputed",
            Self::Stale => "stale",
            Self::Contested => "contested",
            Self::Unknown => "unknown",
        }
    }

    /// True when the mark names a holder.
    #[must_use]
    pub fn has_holder(self) -> bool {
        !matches!(self, Self::Contested | Self::Unknown)
    }
}

/// The colours, told apart by every common kind of colour vision (Okabe and Ito 2008).
const COLOURS: [&str; 7] = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#6a51a3"];
/// Yellow of the same set, kept for what is contested.
const CONTESTED: &str = "#f0e442";
const SHAPES: [Shape; 6] = [Shape::Circle, Shape::Square, Shape::Up, Shape::Hexagon, Shape::Down, Shape::Pentagon];

/// The outline of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// First party.
    Circle,
    /// Second party.
    Square,
    /// Third party: a triangle on its base.
    Up,
    /// Fourth party.
    Hexagon,
    /// Fifth party: a triangle on its point.
    Down,
    /// Sixth party.
    Pentagon,
    /// What is contested.
    Diamond,
}

/// How a party is drawn: the same on every map of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyStyle {
    /// Which party.
    pub id: ActorId,
    /// Its standard name.
    pub name: String,
    /// The letter in its symbols.
    pub letter: char,
    /// Its colour, `#rrggbb`.
    pub colour: String,
    /// Its shape.
    pub shape: Shape,
}

impl PartyStyle {
    /// Gives each party a colour, a shape and a letter of its own, by the order given (the caller keeps that
    /// order the same for every map of a set). The letter is the first free one of the name; C is kept for contested.
    #[must_use]
    pub fn assign(parties: impl IntoIterator<Item = (ActorId, String)>) -> Vec<Self> {
        let mut taken = vec!['C'];
        let mut letter = |name: &str| {
            let initials = name.split_whitespace().filter_map(|w| w.chars().next());
            let all = initials.chain(name.chars()).chain('A'..='Z');
            let found = all.filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).find(|c| !taken.contains(c));
            taken.extend(found);
            found.unwrap_or('#')
        };
        let styles = parties.into_iter().enumerate().map(|(n, (id, name))| Self {
            letter: letter(&name),
            colour: COLOURS[n % COLOURS.len()].to_owned(),
            shape: SHAPES[n % SHAPES.len()],
            id,
            name,
        });
        styles.collect()
    }
}

/// What one symbol shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbol<'p> {
    pub mark: Mark,
    pub party: Option<&'p PartyStyle>,
    pub besieger: Option<&'p PartyStyle>,
}

/// From this radius on a symbol bears its letter.
pub(crate) const LETTERS: f64 = 4.2;

/// How the outline of a symbol is drawn.
struct Look {
    shape: Shape,
    letter: char,
    ink: &'static str,
    /// Attributes of the path.
    style: String,
}

impl Symbol<'_> {
    fn colour(&self) -> &str {
        self.party.map_or("#8a8a8a", |p| p.colour.as_str())
    }

    fn look(&self, r: f64) -> Look {
        let colour = self.colour();
        let (shape, letter) = match (self.mark, self.party) {
            (Mark::Contested, _) => (Shape::Diamond, 'C'),
            (mark, Some(party)) if mark.has_holder() => (party.shape, party.letter),
            _ => (Shape::Circle, '?'),
        };
        let thin = Num(r * 0.13).to_string();
        let thick = Num(r * 0.28).to_string();
        let dash = format!(r#" stroke-dasharray="{} {}""#, Num(r * 0.5), Num(r * 0.3));
        let (fill, stroke, width, dash, ink) = match self.mark {
            Mark::Held => (colour.to_owned(), "#1b1b1b", &thin, "", ink_on(colour)),
            Mark::Claimed => ("#ffffff".to_owned(), colour, &thick, "", "#1b1b1b"),
            Mark::Disputed => (tint(colour, 0.55), colour, &thick, dash.as_str(), "#1b1b1b"),
            Mark::Stale => (tint(colour, 0.8), "#7a7a7a", &thin, dash.as_str(), "#555555"),
            Mark::Contested => (CONTESTED.to_owned(), "#1b1b1b", &thick, "", "#1b1b1b"),
            Mark::Unknown => ("#f4f4f2".to_owned(), "#8a8a8a", &thin, "", "#5a5a5a"),
        };
        let style = format!(r#"fill="{}" stroke="{}" stroke-width="{width}"{dash}"#, Esc(&fill), Esc(stroke));
        Look { shape, letter, ink, style }
    }

    /// Draws the symbol about a point with a radius in pixels. Letters need a radius of about [`LETTERS`].
    pub fn draw(&self, out: &mut String, [x, y]: [f64; 2], r: f64) {
        self.draw_many(out, &[[x, y]], r);
        if r >= LETTERS {
            let look = self.look(r);
            let down = match look.shape {
                Shape::Up => 0.52,
                Shape::Down => 0.22,
                _ => 0.39,
            };
            let _ = write!(
                out,
                r#"<text class="letter" x="{}" y="{}" font-size="{}" font-weight="700" text-anchor="middle" fill="{}">{}</text>"#,
                Num(x),
                Num(y + r * down),
                Num(r * 1.1),
                look.ink,
                Esc(look.letter.encode_utf8(&mut [0; 4])),
            );
        }
    }

    /// Draws the symbol, without its letter, about many points at once.
    pub fn draw_many(&self, out: &mut String, spots: &[[f64; 2]], r: f64) {
        if let Some(besieger) = self.besieger {
            for [x, y] in spots {
                let _ = write!(
                    out,
                    r#"<circle class="siege" cx="{}" cy="{}" r="{}" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{} {}"/>"#,
                    Num(*x),
                    Num(*y),
                    Num(r * 1.6),
                    Esc(&besieger.colour),
                    Num(r * 0.3),
                    Num(r * 0.8),
                    Num(r * 0.45),
                );
            }
        }
        let look = self.look(r);
        let outlines: String = spots.iter().map(|[x, y]| path(look.shape, *x, *y, r)).collect();
        let _ = write!(out, r#"<path class="mark" d="{outlines}" {}/>"#, look.style);
        if self.mark == Mark::Disputed {
            // Two strokes across: a pattern that survives a photocopy.
            let k = r * 0.55;
            let stroke = |[x, y]: &[f64; 2]| format!("M{} {}L{} {}", Num(x - k), Num(y + k), Num(x + k), Num(y - k));
            let strokes: String = spots.iter().map(stroke).collect();
            let _ = write!(
                out,
                r#"<path d="{strokes}" stroke="{}" stroke-width="{}"/>"#,
                Esc(self.colour()),
                Num(r * 0.13)
            );
        }
    }
}

/// One symbol as a picture of its own, `size` pixels wide, for lists and chips. It has no words: the text beside it does.
#[must_use]
pub fn symbol(mark: Mark, party: Option<&PartyStyle>, besieger: Option<&PartyStyle>, size: f64) -> String {
    let mut out = format!(
        r#"<svg class="symbol" viewBox="0 0 24 24" width="{s}" height="{s}" aria-hidden="true" font-family="Noto Sans, sans-serif">"#,
        s = Num(size)
    );
    Symbol { mark, party, besieger }.draw(&mut out, [12.0, 12.0], if besieger.is_some() { 6.5 } else { 8.0 });
    out.push_str("</svg>");
    out
}

fn path(shape: Shape, x: f64, y: f64, r: f64) -> String {
    let polygon = |corners: usize, turn: f64, r: f64| {
        let mut d = String::new();
        for n in 0..corners {
            let (sin, cos) = (std::f64::consts::TAU * (n as f64 / corners as f64 + turn)).sin_cos();
            let _ = write!(d, "{}{} {}", if n == 0 { 'M' } else { 'L' }, Num(x + r * sin), Num(y - r * cos));
        }
        d.push('Z');
        d
    };
    match shape {
        Shape::Circle => {
            let (left, r2) = (Num(x - r), Num(2.0 * r));
            format!("M{left} {}a{r} {r} 0 1 0 {r2} 0a{r} {r} 0 1 0 -{r2} 0Z", Num(y), r = Num(r))
        }
        Shape::Square => polygon(4, 0.125, r * 1.25),
        Shape::Up => polygon(3, 0.0, r * 1.3),
        Shape::Down => polygon(3, 0.5, r * 1.3),
        Shape::Hexagon => polygon(6, 0.0, r * 1.1),
        Shape::Pentagon => polygon(5, 0.0, r * 1.15),
        Shape::Diamond => polygon(4, 0.0, r * 1.35),
    }
}

fn rgb(colour: &str) -> [f64; 3] {
    let part = |n: usize| colour.get(n..n + 2).and_then(|h| u8::from_str_radix(h, 16).ok()).map_or(128.0, f64::from);
    [part(1), part(3), part(5)]
}

/// A colour mixed with white: 0 is the colour, 1 is white.
pub(crate) fn tint(colour: &str, white: f64) -> String {
    let [r, g, b] = rgb(colour).map(|c| (c + (255.0 - c) * white).round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Black or white, whichever has the higher contrast on a colour (WCAG 2.2 relative luminance).
pub(crate) fn ink_on(colour: &str) -> &'static str {
    if luminance(colour) > 0.179 { "#000000" } else { "#ffffff" }
}

fn luminance(colour: &str) -> f64 {
    let [r, g, b] = rgb(colour).map(|c| {
        let c = c / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_unique_and_never_c() {
        let names = ["Coalition", "Taliban", "Islamic State", "Iraqi forces", "Council", "C", "Сили"];
        let styles = PartyStyle::assign(names.map(|n| (ActorId::from(n), n.to_owned())));
        let letters: Vec<char> = styles.iter().map(|s| s.letter).collect();
        assert_eq!(letters, ['O', 'T', 'I', 'F', 'U', 'A', 'С'], "the last is Cyrillic");
    }

    #[test]
    fn letters_can_be_read_on_every_colour() {
        for colour in COLOURS.iter().chain([&CONTESTED]) {
            let (a, b) = (luminance(colour) + 0.05, luminance(ink_on(colour)) + 0.05);
            assert!(a.max(b) / a.min(b) >= 4.5, "{colour}");
        }
    }

    #[test]
    fn no_two_marks_of_a_party_look_the_same() {
        let party = &PartyStyle::assign([(ActorId::from("a"), "Aa".to_owned())])[0];
        let mut seen = std::collections::BTreeSet::new();
        for mark in Mark::ALL {
            let mut out = String::new();
            Symbol { mark, party: Some(party), besieger: None }.draw(&mut out, [10.0, 10.0], 8.0);
            assert!(seen.insert(out), "{mark:?}");
        }
    }
}
