//! Lines of GeoNames files: places (19 columns) and alternate names (alternateNamesV2, 8 to 10 columns).

/// One place, its fields borrowed from the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlaceLine<'a> {
    pub(crate) id: u32,
    pub(crate) name: &'a str,
    pub(crate) ascii: &'a str,
    /// Separated by commas.
    pub(crate) alternates: &'a str,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) class: &'a str,
    pub(crate) code: &'a str,
    pub(crate) country: &'a str,
    pub(crate) admin1: &'a str,
    pub(crate) admin2: &'a str,
    pub(crate) population: u32,
}

/// Another name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NameLine<'a> {
    pub(crate) id: u32,
    /// ISO 639 language, empty, or a kind of code ("link", "post", "iata").
    pub(crate) language: &'a str,
    pub(crate) name: &'a str,
    pub(crate) preferred: bool,
}

/// A line of one of the two kinds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Line<'a> {
    Place(PlaceLine<'a>),
    Name(NameLine<'a>),
}

/// Reads a line; the error says what is wrong with it.
pub(crate) fn parse(line: &str) -> Result<Line<'_>, String> {
    let mut cells = [""; 20];
    let mut count = 0;
    for cell in line.split('\t') {
        if count == cells.len() {
            return Err(format!("more than 19 columns; {EXPECTED}"));
        }
        cells[count] = cell;
        count += 1;
    }
    match count {
        19 => place(&cells).map(Line::Place),
        8..=10 => name(&cells).map(Line::Name),
        _ => Err(format!("{count} columns; {EXPECTED}")),
    }
}

const EXPECTED: &str = "a line of places has 19, a line of alternateNamesV2 has 8 to 10, with tabs between";

fn place<'a>(cells: &[&'a str; 20]) -> Result<PlaceLine<'a>, String> {
    let number = |i: usize, what: &str| {
        cells[i]
            .parse::<f64>()
            .ok()
            .filter(|x| x.is_finite())
            .ok_or_else(|| format!("{what} {:?} is no number", cells[i]))
    };
    let (lat, lon) = (number(4, "latitude")?, number(5, "longitude")?);
    if !(lat.abs() <= 90.0 && lon.abs() <= 180.0) {
        return Err(format!("{lat}, {lon} lies off the globe"));
    }
    let country = cells[8];
    if !(country.is_empty() || (country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()))) {
        return Err(format!("{country:?} is no ISO 3166 country code"));
    }
    if cells[7].len() > 8 || !cells[7].bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(format!("{:?} is no feature code", cells[7]));
    }
    let name = cells[1].trim();
    if name.is_empty() {
        return Err("the place has no name".into());
    }
    let population = match cells[14] {
        "" => 0,
        // The table of the world's countries has some counts below zero and some with fractions.
        text => text.parse::<f64>().map_err(|_| format!("population {text:?} is no number"))?.max(0.0) as u32,
    };
    Ok(PlaceLine {
        id: id(cells[0])?,
        name,
        ascii: cells[2].trim(),
        alternates: cells[3],
        lat,
        lon,
        class: cells[6],
        code: cells[7],
        country,
        admin1: cells[10],
        admin2: cells[11],
        population,
    })
}

fn name<'a>(cells: &[&'a str; 20]) -> Result<NameLine<'a>, String> {
    if cells[0].parse::<u64>().is_err() {
        return Err(format!("{:?} is no id of an alternate name", cells[0]));
    }
    let name = cells[3].trim();
    if name.is_empty() {
        return Err("the name is empty".into());
    }
    Ok(NameLine { id: id(cells[1])?, language: cells[2], name, preferred: cells[4] == "1" })
}

fn id(cell: &str) -> Result<u32, String> {
    cell.parse::<u32>().ok().filter(|&id| id > 0).ok_or_else(|| format!("{cell:?} is no GeoNames id"))
}

#[cfg(test)]
mod tests {
    use super::{Line, parse};

    const KUNDUZ: &str = "1135689\tKunduz\tKunduz\tKonduz,Qunduz\t36.72895\t68.857\tP\tPPLA\tAF\t\t24\t2401\t\t\t259809\t\t398\tAsia/Kabul\t2019-09-05";

    #[test]
    fn a_place_and_a_name() {
        let Ok(Line::Place(p)) = parse(KUNDUZ) else { panic!("a place") };
        assert_eq!(
            (p.id, p.name, p.code, p.country, p.admin1, p.population),
            (1_135_689, "Kunduz", "PPLA", "AF", "24", 259_809)
        );
        let Ok(Line::Name(n)) = parse("1\t1135689\ten\tKunduz City\t1\t\t\t\t\t") else { panic!("a name") };
        assert_eq!((n.id, n.language, n.name, n.preferred), (1_135_689, "en", "Kunduz City", true));
    }

    #[test]
    fn bad_lines_say_what_is_wrong() {
        let check = |line: &str, says: &str| {
            let error = parse(line).expect_err(line);
            assert!(error.contains(says), "{line}: {error}");
        };
        check("", "1 columns");
        check("a\tb\tc", "3 columns");
        check(&KUNDUZ.replace("1135689", "x"), "no GeoNames id");
        check(&KUNDUZ.replace("36.72895", "north"), "latitude \"north\"");
        check(&KUNDUZ.replace("36.72895", "NaN"), "latitude \"NaN\"");
        check(&KUNDUZ.replace("68.857", "200"), "off the globe");
        check(&KUNDUZ.replace("\tAF\t", "\tAfghanistan\t"), "country code");
        check(&KUNDUZ.replace("259809", "many"), "population \"many\"");
        check("1\t0\ten\tX\t\t\t\t", "no GeoNames id");
        check("1\t5\ten\t\t\t\t\t", "the name is empty");
    }
}
