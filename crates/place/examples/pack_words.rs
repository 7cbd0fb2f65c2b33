//! Packs `word<TAB>flags` lines of tools/gazetteer/words.py into a finite-state map.
//!
//! `pack_words WORDS.tsv OUT.bin`

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(from), Some(to)) = (args.next(), args.next()) else {
        return Err("use: pack_words WORDS.tsv OUT.bin".into());
    };
    let mut builder = fst::MapBuilder::memory();
    for line in std::fs::read_to_string(from)?.lines() {
        let (word, flags) = line.split_once('\t').ok_or("a line without a tab")?;
        builder.insert(word, flags.parse()?)?;
    }
    std::fs::write(to, builder.into_inner()?)?;
    Ok(())
}
