//! axum, serde_json and `sort_unstable`: what one would write in Rust for the same service.
use axum::{
    Router,
    body::Bytes,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::{
    Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
    ser::SerializeSeq,
};
use std::{env, fmt};

const MAX_BODY_BYTES: usize = 64 << 20;
/// Up to here each integer is a double.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Collects the numbers of every leaf.
struct Leaves<'a>(&'a mut Vec<f64>);

impl<'de> DeserializeSeed<'de> for Leaves<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Leaves<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("numbers, or strings that hold some")
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.push(value);
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push(value as f64);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push(value as f64);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let text = text.trim();
        if text.starts_with('[') {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            Leaves(self.0).deserialize(&mut deserializer).map_err(E::custom)?;
            return deserializer.end().map_err(E::custom);
        }
        self.0.push(text.parse().map_err(E::custom)?);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while elements.next_element_seed(Leaves(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while members.next_key::<serde::de::IgnoredAny>()?.is_some() {
            members.next_value_seed(Leaves(self.0))?;
        }
        Ok(())
    }
}

/// Integers are written without a fraction.
struct Numbers(Vec<f64>);

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut elements = serializer.serialize_seq(Some(self.0.len()))?;
        for &number in &self.0 {
            if number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER {
                elements.serialize_element(&(number as i64))?;
            } else {
                elements.serialize_element(&number)?;
            }
        }
        elements.end()
    }
}

#[derive(Serialize)]
struct Answer {
    sorted: Numbers,
}

async fn sort(body: Bytes) -> Response {
    let mut numbers = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(&body);
    let read = Leaves(&mut numbers).deserialize(&mut deserializer).and_then(|()| deserializer.end());
    if let Err(error) = read {
        return (StatusCode::BAD_REQUEST, error.to_string()).into_response();
    }
    if numbers.iter().any(|number| !number.is_finite()) {
        return (StatusCode::BAD_REQUEST, "not a finite number").into_response();
    }
    numbers.sort_unstable_by(f64::total_cmp);
    match serde_json::to_vec(&Answer { sorted: Numbers(numbers) }) {
        Ok(answer) => ([(header::CONTENT_TYPE, "application/json")], answer).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = Router::new().route("/", post(sort)).layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    let port = env::var("PORT")?;
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, app).await?;
    Ok(())
}
