//! Reads a body's file.

use super::Context;
use super::council::{front, standing};
use super::fields::{Fields, one_of};
use crate::model::body::{Body, Regime};

const REGIMES: [(&str, Regime); 3] =
    [("lga1972", Regime::LocalGovernmentAct), ("exec2012", Regime::Executive), ("wales", Regime::Wales)];

/// Reads the file of `kind: body` of the body with this id.
pub(super) fn read(id: &str, fields: &Fields, cx: Context) -> Body {
    Body {
        id: id.to_owned(),
        name: fields.need("name"),
        short: fields.get("short"),
        called: fields.get("called"),
        regime: fields.node("regime").and_then(|node| one_of(node, &REGIMES, cx)).unwrap_or_default(),
        regime_place: fields.node("regime").map(|node| node.place),
        notice: fields.or_default("notice"),
        meeting_place: fields.get("place"),
        membership: fields.list("membership"),
        minutes_continue: (fields.node("minute_numbers"))
            .and_then(|node| one_of(node, &[("continue", true), ("restart", false)], cx))
            .unwrap_or(true),
        orders: fields.or_default("standing_orders"),
        front: front(fields, cx).into(),
        standing: fields.node("standing").map(|node| standing(node, cx)).unwrap_or_default().into(),
        agenda: fields.list::<crate::model::Text>("agenda").into(),
        place: fields.place(),
    }
}
