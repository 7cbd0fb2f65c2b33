-- The copies of an article are looked up from either side: a later one may join two stories.
CREATE INDEX copy_earlier ON copy (earlier);
