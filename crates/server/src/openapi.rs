//! The OpenAPI 3.1 document, made from the table of routes.

use serde_json::{Map, Value, json};

use crate::routes::{FORMS, Form, ROUTES, Route};

/// The document.
pub(crate) fn document() -> Value {
    let mut paths: Map<String, Value> =
        ROUTES.iter().map(|r| (r.path.to_owned(), json!({ "get": operation(r) }))).collect();
    for form in FORMS {
        let path = paths.entry(form.path).or_insert_with(|| json!({}));
        path["post"] = sending(form);
    }
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

fn sending(form: &Form) -> Value {
    let properties: Map<String, Value> = form
        .fields
        .iter()
        .map(|(name, what, _)| ((*name).to_owned(), json!({ "type": "string", "description": what })))
        .collect();
    let required: Vec<&str> = form.fields.iter().filter(|f| f.2).map(|f| f.0).collect();
    json!({
        "summary": form.what,
        "operationId": format!("send_{}", form.path.trim_matches('/')),
        "requestBody": { "required": true, "content": { "application/x-www-form-urlencoded": { "schema": { "type": "object", "properties": properties, "required": required } } } },
        "responses": { "200": { "description": "A page" }, "303": { "description": "Stored; see the page named" }, "400": { "description": "What is missing, in words" }, "409": { "description": "Somebody else was quicker" } },
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
    let body =
        if route.media == "application/json" { json!({ "type": "object" }) } else { json!({ "type": "string" }) };
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
