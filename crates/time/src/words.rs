//! The lexicon: what single words mean in a time expression.

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit in a TIMEX3 period ("P3W"), with "T" before units shorter than a day.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Second => "TS",
            Self::Minute => "TM",
            Self::Hour => "TH",
            Self::Day => "D",
            Self::Week => "W",
            Self::Weekend => "WE",
            Self::Month => "M",
            Self::Quarter => "Q",
            Self::Year => "Y",
            Self::Decade => "E",
            Self::Century => "C",
            Self::Millennium => "L",
        }
    }
}

/// A season; winter is counted to the year in which its December lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    /// The part as TIMEX3 writes it after the "T".
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }
}

/// What a word is. Words with grammar only ("last", "ago") are compared as text where they are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lex {
    /// Month, 1 to 12, spelled out.
    Month(i8),
    /// Month, abbreviated.
    Mon(i8),
    /// Weekday, 1 (Monday) to 7, spelled out.
    Weekday(i8),
    /// Weekday, abbreviated.
    Wday(i8),
    /// Weekday in the plural ("Fridays").
    Weekdays(i8),
    /// Unit in the singular.
    Unit(Unit),
    /// Unit in the plural.
    Units(Unit),
    /// Season; the flag says that the word is in the plural.
    Season(Season, bool),
    /// Part of the day; the flag says that the word is in the plural.
    Part(Part, bool),
    /// A number word below a hundred.
    Number(i64),
    /// "hundred", "thousand", "dozen".
    Scale(i64),
    /// An ordinal in words, 1 to 31.
    Ordinal(i64),
    /// Anything else.
    Other,
}

/// Looks a word up (in lower case).
pub(crate) fn lex(word: &str) -> Lex {
    use Lex::{Mon, Month, Number, Ordinal, Scale, Units, Wday, Weekday, Weekdays};
    match word {
        "january" => Month(1),
        "february" => Month(2),
        "march" => Month(3),
        "april" => Month(4),
        "may" => Month(5),
        "june" => Month(6),
        "july" => Month(7),
        "august" => Month(8),
        "september" => Month(9),
        "october" => Month(10),
        "november" => Month(11),
        "december" => Month(12),
        "jan" => Mon(1),
        "feb" => Mon(2),
        "mar" => Mon(3),
        "apr" => Mon(4),
        "jun" => Mon(6),
        "jul" => Mon(7),
        "aug" => Mon(8),
        "sep" | "sept" => Mon(9),
        "oct" => Mon(10),
        "nov" => Mon(11),
        "dec" => Mon(12),
        "monday" => Weekday(1),
        "tuesday" => Weekday(2),
        "wednesday" => Weekday(3),
        "thursday" => Weekday(4),
        "friday" => Weekday(5),
        "saturday" => Weekday(6),
        "sunday" => Weekday(7),
        "mondays" => Weekdays(1),
        "tuesdays" => Weekdays(2),
        "wednesdays" => Weekdays(3),
        "thursdays" => Weekdays(4),
        "fridays" => Weekdays(5),
        "saturdays" => Weekdays(6),
        "sundays" => Weekdays(7),
        "mon" => Wday(1),
        "tue" | "tues" => Wday(2),
        "wed" => Wday(3),
        "thu" | "thur" | "thurs" => Wday(4),
        "fri" => Wday(5),
        "sat" => Wday(6),
        "sun" => Wday(7),
        "second" => Ordinal(2),
        "seconds" => Units(Unit::Second),
        "minute" => Lex::Unit(Unit::Minute),
        "minutes" => Units(Unit::Minute),
        "hour" => Lex::Unit(Unit::Hour),
        "hours" => Units(Unit::Hour),
        "day" => Lex::Unit(Unit::Day),
        "days" => Units(Unit::Day),
        "week" => Lex::Unit(Unit::Week),
        "weeks" => Units(Unit::Week),
        "fortnight" => Lex::Unit(Unit::Week),
        "weekend" => Lex::Unit(Unit::Weekend),
        "weekends" => Units(Unit::Weekend),
        "month" => Lex::Unit(Unit::Month),
        "months" => Units(Unit::Month),
        "quarter" => Lex::Unit(Unit::Quarter),
        "quarters" => Units(Unit::Quarter),
        "year" => Lex::Unit(Unit::Year),
        "years" => Units(Unit::Year),
        "decade" => Lex::Unit(Unit::Decade),
        "decades" => Units(Unit::Decade),
        "century" => Lex::Unit(Unit::Century),
        "centuries" => Units(Unit::Century),
        "millennium" => Lex::Unit(Unit::Millennium),
        "millennia" => Units(Unit::Millennium),
        "spring" => Lex::Season(Season::Spring, false),
        "summer" => Lex::Season(Season::Summer, false),
        "summers" => Lex::Season(Season::Summer, true),
        "autumn" => Lex::Season(Season::Autumn, false),
        "fall" => Lex::Season(Season::Autumn, false),
        "winter" => Lex::Season(Season::Winter, false),
        "winters" => Lex::Season(Season::Winter, true),
        "morning" => Lex::Part(Part::Morning, false),
        "mornings" => Lex::Part(Part::Morning, true),
        "dawn" | "daybreak" | "sunrise" => Lex::Part(Part::Morning, false),
        "noon" | "midday" => Lex::Part(Part::Midday, false),
        "afternoon" => Lex::Part(Part::Afternoon, false),
        "afternoons" => Lex::Part(Part::Afternoon, true),
        "evening" | "dusk" | "sunset" | "nightfall" => Lex::Part(Part::Evening, false),
        "evenings" => Lex::Part(Part::Evening, true),
        "night" => Lex::Part(Part::Night, false),
        "nights" => Lex::Part(Part::Night, true),
        "one" => Number(1),
        "two" => Number(2),
        "three" => Number(3),
        "four" => Number(4),
        "five" => Number(5),
        "six" => Number(6),
        "seven" => Number(7),
        "eight" => Number(8),
        "nine" => Number(9),
        "ten" => Number(10),
        "eleven" => Number(11),
        "twelve" => Number(12),
        "thirteen" => Number(13),
        "fourteen" => Number(14),
        "fifteen" => Number(15),
        "sixteen" => Number(16),
        "seventeen" => Number(17),
        "eighteen" => Number(18),
        "nineteen" => Number(19),
        "twenty" => Number(20),
        "thirty" => Number(30),
        "forty" => Number(40),
        "fifty" => Number(50),
        "sixty" => Number(60),
        "seventy" => Number(70),
        "eighty" => Number(80),
        "ninety" => Number(90),
        "dozen" => Scale(12),
        "hundred" => Scale(100),
        "thousand" => Scale(1000),
        "first" => Ordinal(1),
        "third" => Ordinal(3),
        "fourth" => Ordinal(4),
        "fifth" => Ordinal(5),
        "sixth" => Ordinal(6),
        "seventh" => Ordinal(7),
        "eighth" => Ordinal(8),
        "ninth" => Ordinal(9),
        "tenth" => Ordinal(10),
        "eleventh" => Ordinal(11),
        "twelfth" => Ordinal(12),
        "thirteenth" => Ordinal(13),
        "fourteenth" => Ordinal(14),
        "fifteenth" => Ordinal(15),
        "sixteenth" => Ordinal(16),
        "seventeenth" => Ordinal(17),
        "eighteenth" => Ordinal(18),
        "nineteenth" => Ordinal(19),
        "twentieth" => Ordinal(20),
        _ => Lex::Other,
    }
}
