//! HTTP: pages and the JSON API. The only room that knows HTTP.
