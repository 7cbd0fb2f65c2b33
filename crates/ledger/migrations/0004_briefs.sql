-- The claims of each coding without their words, as bytes (see src/brief.rs): what a reckoning of control reads. It
-- repeats what `claim` and `article` hold; `check` compares. Codings that confirm an earlier one have none of their own.
CREATE TABLE brief (
    coding INTEGER PRIMARY KEY REFERENCES coding (id),
    body   BLOB NOT NULL
) STRICT;

CREATE TRIGGER brief_kept BEFORE DELETE ON brief BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
CREATE TRIGGER brief_fixed BEFORE UPDATE ON brief BEGIN SELECT RAISE(ABORT, 'the ledger is append only'); END;
