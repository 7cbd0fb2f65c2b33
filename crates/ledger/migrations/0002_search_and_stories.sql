-- Full text over articles. The index holds no text of its own: it points into `article`.
CREATE VIRTUAL TABLE article_text USING fts5 (
    title, text, content = 'article', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO article_text (article_text) VALUES ('rebuild');

-- Near-copies: the signature of each article, its bands for look-up, and the pairs found alike.
CREATE TABLE signature (
    article INTEGER PRIMARY KEY REFERENCES article (id),
    minima  BLOB NOT NULL             -- 64 numbers of 4 bytes, little endian
) STRICT;
CREATE TABLE band (
    hash    INTEGER NOT NULL,         -- number of the band and its four minima, mixed
    article INTEGER NOT NULL REFERENCES article (id),
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE copy (
    later   INTEGER NOT NULL REFERENCES article (id),
    earlier INTEGER NOT NULL REFERENCES article (id),
    likeness REAL NOT NULL,           -- share of minima in common, 0 to 1: estimates the Jaccard index of the shingles
    PRIMARY KEY (later, earlier)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER signature_kept BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER signature_fixed BEFORE UPDATE ON signature BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER copy_kept BEFORE DELETE ON copy BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER copy_fixed BEFORE UPDATE ON copy BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
