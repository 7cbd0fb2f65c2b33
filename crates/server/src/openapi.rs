//! The OpenAPI 3.1 document, made from the table of routes.

use serde_json::{Map, Value, json};

use crate::routes::{ROUTES, Route};

/// The document.
pub(crate) fn document() -> Value {
    let paths: Map<String, Value> = ROUTES.iter().map(|r| (r.path.to_owned(), json!({ "get": operation(r) }))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Marchland",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Who holds which place, since when, according to whom. Days are ISO 8601; offsets are Unicode code points, end exclusive.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": { "schemas": {
            "Problem": {
                "type": "object", "required": ["status", "detail"],
                "properties": { "status": { "type": "integer" }, "title": { "type": "string" }, "detail": { "type": "string" } },
            },
        } },
    })
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = route
        .params
        .iter()
        .map(|p| {
            let schema = match p.format {
                "date" => json!({ "type": "string", "format": "date" }),
                "integer" => json!({ "type": "integer" }),
                _ => json!({ "type": "string" }),
            };
            json!({ "name": p.name, "in": "query", "required": p.required, "description": p.what, "schema": schema })
        })
        .collect();
    if route.path.contains("{id}") {
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    }
    let body = if route.media == "application/json" { json!({ "type": "object" }) } else { json!({ "type": "string" }) };
    let problem = json!({ "description": "What is wrong, in words", "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    json!({
        "summary": route.what,
        "operationId": route.path.trim_matches('/').replace(['/', '.'], "_").replace("{id}", "by_id"),
        "parameters": parameters,
        "responses": {
            "200": { "description": "The answer", "content": { route.media: { "schema": body } } },
            "400": problem, "404": problem,
        },
    })
}
