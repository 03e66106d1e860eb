//! Colour profiles (ICC) that may go into a PDF.

/// Number of colour channels that a profile is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channels {
    Grey,
    Rgb,
}

/// Tells whether a profile is sound enough for PDF/A-2 (ISO 32000-1, 8.6.5.5): of a class that
/// describes a device or colour space, and for these channels.
pub(super) fn fits(profile: &[u8], channels: Channels) -> bool {
    let field = |at: usize| profile.get(at..at + 4);
    let length = field(0).and_then(|field| field.try_into().ok()).map(u32::from_be_bytes);
    let space: &[u8] = match channels {
        Channels::Grey => b"GRAY",
        Channels::Rgb => b"RGB ",
    };
    profile.len() > 128
        && length.is_some_and(|length| u64::from(length) <= profile.len() as u64)
        && profile.get(8).is_some_and(|version| matches!(version, 2 | 4))
        && field(12).is_some_and(|class| [b"scnr", b"mntr", b"prtr", b"spac"].iter().any(|one| class == *one))
        && field(16) == Some(space)
        && field(36) == Some(b"acsp")
}
