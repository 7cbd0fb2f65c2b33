-- The ledger on PostgreSQL: the tables of the SQLite file, with the same meaning. Append only, but for `latest`.

CREATE TABLE version (schema bigint NOT NULL);

CREATE TABLE entry (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at   text NOT NULL,
    what text NOT NULL
);
CREATE TABLE article (
    id        bigint PRIMARY KEY REFERENCES entry (id),
    digest    text NOT NULL UNIQUE,
    name      text NOT NULL,
    text      text NOT NULL,
    title     text,
    url       text,
    outlet    text,
    published text NOT NULL,
    day       text,
    read_at   text NOT NULL,
    words     tsvector NOT NULL          -- of the folded title and text, for search
);
CREATE INDEX article_words ON article USING gin (words);
CREATE TABLE run (
    id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    coder text NOT NULL,
    at    text NOT NULL,
    UNIQUE (coder, at)
);
CREATE TABLE coding (
    id      bigint PRIMARY KEY REFERENCES entry (id),
    article bigint NOT NULL REFERENCES article (id),
    run     bigint NOT NULL REFERENCES run (id),
    source  bigint NOT NULL REFERENCES coding (id),
    hash    bytea NOT NULL,
    layout  text
);
CREATE INDEX coding_article ON coding (article);
CREATE TABLE claim (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    claim      text NOT NULL,
    article    bigint NOT NULL REFERENCES article (id),
    hash       bytea NOT NULL,
    place      bigint,
    country    text,
    kind       text,
    stance     text NOT NULL,
    holder     text,
    other      text,
    valid_from text,
    valid_to   text,
    body       text NOT NULL,
    UNIQUE (claim, article, hash)
);
CREATE INDEX claim_place ON claim (place);
CREATE INDEX claim_country ON claim (country);
CREATE TABLE coding_claim (
    coding  bigint NOT NULL REFERENCES coding (id),
    ordinal bigint NOT NULL,
    claim   bigint NOT NULL REFERENCES claim (id),
    PRIMARY KEY (coding, ordinal)
);
CREATE INDEX coding_claim_claim ON coding_claim (claim);
CREATE TABLE judgement (
    id      bigint PRIMARY KEY REFERENCES entry (id),
    article text NOT NULL,
    claim   text,
    verdict text NOT NULL,
    author  text NOT NULL,
    at      text NOT NULL,
    reason  text NOT NULL,
    body    text NOT NULL
);
CREATE INDEX judgement_article ON judgement (article);
CREATE INDEX judgement_claim ON judgement (claim);
CREATE TABLE latest (
    article bigint PRIMARY KEY REFERENCES article (id),
    source  bigint NOT NULL REFERENCES coding (id)
);
CREATE INDEX latest_source ON latest (source);
CREATE TABLE signature (
    article bigint PRIMARY KEY REFERENCES article (id),
    minima  bytea NOT NULL
);
CREATE TABLE band (
    hash    bigint NOT NULL,
    article bigint NOT NULL REFERENCES article (id),
    PRIMARY KEY (hash, article)
);
CREATE TABLE copy (
    later    bigint NOT NULL REFERENCES article (id),
    earlier  bigint NOT NULL REFERENCES article (id),
    likeness double precision NOT NULL,
    PRIMARY KEY (later, earlier)
);
CREATE INDEX copy_earlier ON copy (earlier);

CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append only'; END $$;
DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['entry', 'article', 'run', 'coding', 'claim', 'coding_claim', 'judgement', 'signature', 'copy'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION append_only()', name || '_kept', name);
    END LOOP;
END $$;
INSERT INTO version VALUES (1);
