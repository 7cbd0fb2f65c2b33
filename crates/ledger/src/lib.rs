//! The store: articles, claims and judgements; append only. The only room that knows SQL.
