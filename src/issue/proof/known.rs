//! Reads documents of which every field is known, so that nothing stands in them unseen.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ProofFailure;

/// Reads a document of any schema.
pub(crate) fn document(bytes: &[u8]) -> Result<Value, ProofFailure> {
    serde_json::from_slice(bytes).map_err(|_| ProofFailure::NotAProof("it is no JSON document".to_owned()))
}

/// Gives the number of the schema that a document says it has, in its statement or by itself.
pub(crate) fn version(document: &Value) -> Option<u64> {
    document["statement"]["schema_version"].as_u64().or_else(|| document["schema_version"].as_u64())
}

/// Reads a document.
pub(crate) fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, ProofFailure> {
    let no_proof = || ProofFailure::NotAProof("a field is missing, or holds something else than it should".to_owned());
    let document = document(bytes)?;
    let read: T = serde_json::from_slice(bytes).map_err(|_| no_proof())?;
    let known = serde_json::to_value(&read).map_err(|_| no_proof())?;
    match stray(&document, &known) {
        Some(field) => Err(ProofFailure::Stray(field)),
        None => Ok(read),
    }
}

/// Gives the first field that a document has beyond those that are known.
fn stray(document: &Value, known: &Value) -> Option<String> {
    match (document, known) {
        (Value::Object(fields), Value::Object(known)) => fields.iter().find_map(|(name, value)| {
            let known = known.get(name);
            known.map_or_else(|| (!value.is_null()).then(|| name.clone()), |known| stray(value, known))
        }),
        (Value::Array(values), Value::Array(known)) => {
            values.iter().zip(known).find_map(|(value, known)| stray(value, known))
        }
        _ => None,
    }
}
