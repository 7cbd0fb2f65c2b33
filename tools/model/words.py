"""Packs the attribute ruler and the lemmatizer's tables."""
import container

# The few regular expressions of the ruler, spelled out.
SPELLED = {
    "^n'?t$": ["n't", "nt"],
    "^n[ou]thin'$": ["nothin'", "nuthin'"],
    "^y'?$": ["y'", "y"],
}
FEATURES = ["Number=Sing", "Number=", "VerbForm=Inf", "VerbForm=Fin", "Tense=Pres", "Degree=Pos", "VerbForm=None"]


def feature_bits(morph):
    """What the lemmatizer asks of a word's morphology, as one byte."""
    parts = [] if morph == "_" else morph.split("|")
    bits = 0
    for i, feature in enumerate(FEATURES):
        if any(p == feature or (feature.endswith("=") and p.startswith(feature)) for p in parts):
            bits |= 1 << i
    return bits


def condition(section, attribute, test):
    kind = {"TAG": 0, "LOWER": 1, "DEP": 2, "IS_SPACE": 3}[attribute]
    negative, values = False, [test]
    if isinstance(test, dict):
        ((operator, argument),) = test.items()
        if operator == "REGEX":
            values = SPELLED[argument]
        else:
            negative, values = {"IN": False, "NOT_IN": True}[operator], argument
    elif isinstance(test, bool):
        values = ["yes" if test else ""]
    section.u8(kind)
    section.u8(negative)
    section.u16(len(values))
    for value in values:
        section.text(value)


def ruler(nlp, sections):
    section = sections["ruler"] = container.Section()
    rules = []
    for entry in nlp.get_pipe("attribute_ruler").patterns:
        assert set(entry["attrs"]) <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"}
        assert 0 <= entry["index"] < len(entry["patterns"][0])
        # One rule for each alternative: they give the same, so the order among them does not matter.
        rules += [(pattern, entry) for pattern in entry["patterns"]]
    section.u16(len(rules))
    for pattern, entry in rules:
        section.u8(len(pattern))
        for token in pattern:
            section.u8(len(token))
            for attribute, test in token.items():
                condition(section, attribute, test)
        section.u8(entry["index"])
        attrs = entry["attrs"]
        for name in ("TAG", "POS", "DEP", "LEMMA"):
            section.text(attrs.get(name, ""))
        section.u8("MORPH" in attrs)
        section.u8(feature_bits(attrs.get("MORPH", "_")))


def lines(section, rows):
    """Sorted lines with the place of every sixteenth, for binary search without building anything."""
    rows = sorted(rows, key=lambda row: row.encode("utf-8"))
    assert all("\n" not in row for row in rows)
    places, body = [], bytearray()
    for i, row in enumerate(rows):
        if i % 16 == 0:
            places.append(len(body))
        body += row.encode("utf-8") + b"\n"
    section.u32(len(places))
    for place in places:
        section.u32(place)
    section.u32(len(body))
    section.raw(body)


def lemmas(nlp, sections):
    tables = nlp.get_pipe("lemmatizer").lookups
    for name in ("adj", "noun", "verb", "adv", "punct"):
        section = sections[f"lemma.{name}"] = container.Section()
        rules = tables.get_table("lemma_rules").get(name, [])
        section.u16(len(rules))
        for old, new in rules:
            section.text(old)
            section.text(new)
        lines(section, tables.get_table("lemma_index").get(name, []))
        exceptions = tables.get_table("lemma_exc").get(name, {})
        assert all("\t" not in word for word in exceptions)
        lines(section, ["\t".join([word, *found]) for word, found in exceptions.items()])
    assert tables.get_table("lemma_rules").get("pron") is None
