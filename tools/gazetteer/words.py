"""Words that are no places, for recognition: lower-case English words, given names, surnames (see make.sh).

words.py WORK DATA OUT: writes `word<TAB>flags`, sorted. Flags: 1 English word, 2 given name, 4 surname among the 3,000 most common of
the US census, 8 among the next 27,000.
"""
import importlib.util, sys
from pathlib import Path

WORK, DATA, OUT = map(Path, sys.argv[1:4])
NAMES = Path(importlib.util.find_spec("names").origin).parent
flags = {}


def add(word, flag):
    word = word.strip().lower()
    if word.isascii() and word.isalpha() and len(word) > 1:
        flags[word] = flags.get(word, 0) | flag


for line in open(WORK / "wamerican-small/usr/share/dict/american-english-small"):
    if line[0].islower():
        add(line, 1)
for name in ("dist.female.first", "dist.male.first"):
    for line in open(NAMES / name):
        add(line.split()[0], 2)
for line in open(DATA / "given_names.txt"):
    if not line.startswith("#"):
        for word in line.split():
            add(word, 2)
for line in open(NAMES / "dist.all.last"):
    name, *_, rank = line.split()
    if int(rank) <= 30_000:
        add(name, 4 if int(rank) <= 3_000 else 8)
with open(OUT, "w") as f:
    for word in sorted(flags):
        f.write(f"{word}\t{flags[word]}\n")
print(len(flags), "words")
