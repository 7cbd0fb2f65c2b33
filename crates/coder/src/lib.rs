//! The reading desk: holds the model, the gazetteer, the actors and the rules, and takes an
//! [`Article`](marchland_article::Article) through every room up to its claims.
