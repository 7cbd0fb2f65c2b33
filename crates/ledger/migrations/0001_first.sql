-- Everything here is append only; triggers at the end see to it. `latest` is the one derived table:
-- it can be made again from `coding` and is the only one that may be updated.

-- One row for each thing that was ever added, in order. Articles, codings and judgements take their id from here.
CREATE TABLE entry (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    at    TEXT NOT NULL,              -- RFC 3339, as the caller gave it; the ledger reads no clock
    what  TEXT NOT NULL               -- article | coding | judgement
) STRICT;

CREATE TABLE article (
    id        INTEGER PRIMARY KEY REFERENCES entry (id),
    digest    TEXT NOT NULL UNIQUE,   -- SHA-256 hex, as the article room computed it
    name      TEXT NOT NULL,          -- the reader's own id
    text      TEXT NOT NULL,
    title     TEXT,
    url       TEXT,
    outlet    TEXT,
    published TEXT NOT NULL,          -- JSON of Published: day and how it is known
    day       TEXT,                   -- the publication day alone, ISO, for filters
    read_at   TEXT NOT NULL
) STRICT;
CREATE INDEX article_day ON article (day);

-- A run of one version of the coder.
CREATE TABLE run (
    id    INTEGER PRIMARY KEY,
    coder TEXT NOT NULL,
    at    TEXT NOT NULL,
    UNIQUE (coder, at)
) STRICT;

-- One article coded by one run. `source` is the coding that holds the layout and the claims:
-- itself, or an earlier one when the run found just the same.
CREATE TABLE coding (
    id      INTEGER PRIMARY KEY REFERENCES entry (id),
    article INTEGER NOT NULL REFERENCES article (id),
    run     INTEGER NOT NULL REFERENCES run (id),
    source  INTEGER NOT NULL REFERENCES coding (id),
    hash    BLOB NOT NULL,            -- over layout and claims
    layout  TEXT                      -- JSON: cuts and blocks; NULL when source is another
) STRICT;
CREATE INDEX coding_article ON coding (article);

-- One version of one claim. The columns repeat parts of the body for filters.
CREATE TABLE claim (
    id         INTEGER PRIMARY KEY,
    claim      TEXT NOT NULL,         -- ClaimId
    article    INTEGER NOT NULL REFERENCES article (id),
    hash       BLOB NOT NULL,         -- over the body
    place      INTEGER,
    country    TEXT,
    kind       TEXT,
    stance     TEXT NOT NULL,
    holder     TEXT,
    other      TEXT,
    valid_from TEXT,
    valid_to   TEXT,
    body       TEXT NOT NULL,         -- JSON of Claim
    UNIQUE (claim, article, hash)
) STRICT;
CREATE INDEX claim_place ON claim (place);
CREATE INDEX claim_country ON claim (country);

CREATE TABLE coding_claim (
    coding  INTEGER NOT NULL REFERENCES coding (id),
    ordinal INTEGER NOT NULL,
    claim   INTEGER NOT NULL REFERENCES claim (id),
    PRIMARY KEY (coding, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX coding_claim_claim ON coding_claim (claim);

CREATE TABLE judgement (
    id      INTEGER PRIMARY KEY REFERENCES entry (id),
    article TEXT NOT NULL,            -- digest
    claim   TEXT,                     -- ClaimId; NULL when the article itself is judged
    verdict TEXT NOT NULL,            -- accept | reject | edit | merge | unsure | set_published | withdraw
    author  TEXT NOT NULL,
    at      TEXT NOT NULL,
    reason  TEXT NOT NULL,
    body    TEXT NOT NULL             -- JSON of Verdict
) STRICT;
CREATE INDEX judgement_article ON judgement (article);
CREATE INDEX judgement_claim ON judgement (claim);

CREATE TABLE latest (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    source  INTEGER NOT NULL REFERENCES coding (id)
) STRICT;
CREATE INDEX latest_source ON latest (source);

CREATE TRIGGER entry_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER entry_fixed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER article_kept BEFORE DELETE ON article BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER article_fixed BEFORE UPDATE ON article BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER run_kept BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER run_fixed BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER coding_kept BEFORE DELETE ON coding BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER coding_fixed BEFORE UPDATE ON coding BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER claim_kept BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER claim_fixed BEFORE UPDATE ON claim BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER coding_claim_kept BEFORE DELETE ON coding_claim BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER coding_claim_fixed BEFORE UPDATE ON coding_claim BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER judgement_kept BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER judgement_fixed BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
