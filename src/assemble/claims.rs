//! Which standards a pack claims to meet.

use lopdf::{Document, Object};

use crate::pdf::objects::get_reference;

/// What a pack may claim: no more than all of its pages meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// PDF/UA-1 (ISO 14289-1).
    pub accessible: bool,
    /// PDF/A-2, level b at least (ISO 19005-2).
    pub archival: bool,
    /// That all text can be read, so that PDF/A-2 is met at level a.
    pub readable: bool,
}

impl Claims {
    /// Everything, as a pack of our own papers alone.
    pub const ALL: Self = Self { accessible: true, archival: true, readable: true };
}

/// Takes out of a pack's metadata what it may not claim.
pub(super) fn write(pack: &mut Document, claims: Claims) -> Option<()> {
    if claims == Claims::ALL {
        return Some(());
    }
    let id = get_reference(pack.catalog().ok()?, b"Metadata")?;
    let Some(Object::Stream(stream)) = pack.objects.get_mut(&id) else { return None };
    let xmp = String::from_utf8(stream.get_plain_content().ok()?).ok()?;
    let mut claimed = xmp;
    if !claims.accessible {
        claimed = without(&claimed, "pdfuaid:part");
    }
    if !claims.archival {
        claimed = without(&without(&claimed, "pdfaid:part"), "pdfaid:conformance");
    } else if !claims.readable {
        claimed = claimed
            .replace("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")
            .replace("pdfaid:conformance=\"A\"", "pdfaid:conformance=\"B\"");
    }
    stream.dict.remove(b"Filter");
    stream.dict.remove(b"DecodeParms");
    stream.set_content(claimed.into_bytes());
    Some(())
}

/// Takes a property out, whether it is written as element or attribute.
fn without(xmp: &str, name: &str) -> String {
    let mut rest = xmp.to_owned();
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    if let (Some(start), Some(end)) = (rest.find(&open), rest.find(&close)) {
        rest.replace_range(start..end + close.len(), "");
    }
    let attribute = format!(" {name}=\"");
    if let Some(start) = rest.find(&attribute)
        && let Some(length) = rest[start + attribute.len()..].find('"')
    {
        rest.replace_range(start..=start + attribute.len() + length, "");
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn takes_claims_out() {
        assert_eq!(without("<a><pdfuaid:part>1</pdfuaid:part></a>", "pdfuaid:part"), "<a></a>");
        assert_eq!(without("<a pdfuaid:part=\"1\" b=\"2\"/>", "pdfuaid:part"), "<a b=\"2\"/>");
    }
}
