//! Time stamps by an authority (RFC 3161), as files: the request for a head of the chain, and what a reply says.
//!
//! The authority's own signature is not judged here: that takes its certificates, and OpenSSL does it.

use chrono::{DateTime, Utc};
use cms::cert::x509::ext::pkix::name::GeneralName;
use cms::cert::x509::spki::AlgorithmIdentifier;
use cms::signed_data::SignedData;
use der::asn1::{Any, ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use sha2::{Digest, Sha256};
use thiserror::Error;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

use crate::fs;

/// SHA-256 (RFC 5754).
const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// Contents of a time stamp (RFC 3161, section 2.4.2).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// Why a reply says nothing.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TimestampFailure {
    /// It cannot be read.
    #[error("the file is not a reply of a time-stamping authority (RFC 3161)")]
    NotAReply,
    /// The authority has not stamped.
    #[error("the time-stamping authority has refused the request")]
    Refused,
    /// Another algorithm.
    #[error("the time stamp is not over a SHA-256")]
    OtherAlgorithm,
}

/// What a reply says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timestamp {
    /// When the authority had the hash before it.
    pub(crate) at: DateTime<Utc>,
    /// SHA-256 of the file that was stamped, in hexadecimal.
    pub(crate) sha256: String,
    /// Serial number of the stamp in hexadecimal.
    pub(crate) serial: String,
    /// Name of the authority as it gives it.
    pub(crate) authority: Option<String>,
}

/// Gives the request to stamp a file.
pub fn request(file: &[u8]) -> Result<Vec<u8>, TimestampFailure> {
    let write = || {
        let request = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifier { oid: SHA256, parameters: Some(Any::null()) },
                hashed_message: OctetString::new(Sha256::digest(file).to_vec())?,
            },
            req_policy: None,
            nonce: None,
            cert_req: true,
            extensions: None,
        };
        request.to_der()
    };
    write().map_err(|_| TimestampFailure::NotAReply)
}

/// Reads a reply.
pub(crate) fn reply(bytes: &[u8]) -> Result<Timestamp, TimestampFailure> {
    let not_a_reply = |_| TimestampFailure::NotAReply;
    let reply = TimeStampResp::from_der(bytes).map_err(not_a_reply)?;
    // 0 is granted, 1 granted with modifications (RFC 3161, section 2.4.2).
    if reply.status.status as u32 > 1 {
        return Err(TimestampFailure::Refused);
    }
    let token = reply.time_stamp_token.ok_or(TimestampFailure::NotAReply)?;
    let signed: SignedData = token.content.decode_as().map_err(not_a_reply)?;
    let contents = signed.encap_content_info;
    if contents.econtent_type != TST_INFO {
        return Err(TimestampFailure::NotAReply);
    }
    let contents = contents.econtent.ok_or(TimestampFailure::NotAReply)?;
    let info = TstInfo::from_der(contents.value()).map_err(not_a_reply)?;
    if info.message_imprint.hash_algorithm.oid != SHA256 {
        return Err(TimestampFailure::OtherAlgorithm);
    }
    let seconds = i64::try_from(info.gen_time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Ok(Timestamp {
        at: DateTime::from_timestamp(seconds, 0).ok_or(TimestampFailure::NotAReply)?,
        sha256: fs::hexadecimal(info.message_imprint.hashed_message.as_bytes()),
        serial: fs::hexadecimal(info.serial_number.as_bytes()),
        authority: info.tsa.and_then(|name| match name {
            GeneralName::DirectoryName(name) => Some(name.to_string()),
            _ => None,
        }),
    })
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    /// The reply of an authority, made with `openssl ts -reply`, for a file that holds the line `boardpack`.
    const REPLY: &str = "MIICFDADAgEAMIICCwYJKoZIhvcNAQcCoIIB/DCCAfgCAQMxDzANBglghkgBZQMEAgEFADCBlAYLKoZIhvcNAQkQ\
        AQSggYQEgYEwfwIBAQYEKgMEATAxMA0GCWCGSAFlAwQCAQUABCD3R+UDJr0eKGSKBNuX+Tk5M/opyakyBuf3q6BWg2w6XgIBAxgPMjAyNjEx\
        MzAxNzUzMzJaoC2kKzApMREwDwYDVQQKDAhUZXN0Zm9yZDEUMBIGA1UEAwwLVGltZSBTdGFtcHMxggFJMIIBRQIBATBBMCkxETAPBgNVBAoM\
        CFRlc3Rmb3JkMRQwEgYDVQQDDAtUaW1lIFN0YW1wcwIUAyie9zA0d2c9dGIJMfYQrU+fhTUwDQYJYIZIAWUDBAIBBQCggZgwGgYJKoZIhvcN\
        AQkDMQ0GCyqGSIb3DQEJEAEEMBwGCSqGSIb3DQEJBTEPFw0yNjExMzAxNzUzMzJaMCsGCyqGSIb3DQEJEAIMMRwwGjAYMBYEFN/BRBgWzG75\
        XTH3Q4ysx4b4w36DMC8GCSqGSIb3DQEJBDEiBCCUdeUsfBruYY1LN4/Bmhuq3S+pxT+F0H+OTAPQoG7R0TAKBggqhkjOPQQDAgRHMEUCIQDS\
        eW7mmmomx8wEbVn0tDySS4sqEV0PJ5l04l8u7rwujQIgQYdHCm1sT+iV8VdxdTnKC0sl7vGF/luZiZ75NYJDYxs=";

    #[test]
    fn a_reply_says_when_which_file_was_stamped() {
        let bytes = STANDARD.decode(REPLY).expect("base64");
        let stamp = reply(&bytes).expect("a reply");
        assert_eq!(stamp.sha256, fs::sha256(b"boardpack\n"));
        assert_eq!(stamp.at.to_rfc3339(), "2026-11-30T17:53:32+00:00");
        assert_eq!((stamp.serial.as_str(), stamp.authority.as_deref()), ("03", Some("CN=Time Stamps,O=Testford")));
        // The status of the reply, in its first sequence.
        let refused: Vec<u8> = [&bytes[..8], &[2], &bytes[9..]].concat();
        assert_eq!(reply(&refused), Err(TimestampFailure::Refused));
        for end in 0..bytes.len() {
            assert_eq!(reply(&bytes[..end]), Err(TimestampFailure::NotAReply), "{end}");
        }
    }

    #[test]
    fn a_request_is_of_the_file_s_hash() {
        let request = TimeStampReq::from_der(&request(b"boardpack\n").expect("a request")).expect("DER");
        let hash = fs::hexadecimal(request.message_imprint.hashed_message.as_bytes());
        assert_eq!((hash, request.cert_req, request.nonce), (fs::sha256(b"boardpack\n"), true, None));
    }
}
