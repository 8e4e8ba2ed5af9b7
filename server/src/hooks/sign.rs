//! Signatures by the specification of Standard Webhooks: whoever has the secret can tell that a message is ours, and from when.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What secrets begin with.
const PREFIX: &str = "whsec_";

/// The signature of a message by each of these secrets, as the header says it; a secret that is none signs nothing.
pub fn signatures(secrets: &[&str], id: &str, seconds: i64, body: &[u8]) -> String {
    secrets.iter().filter_map(|secret| signature(secret, id, seconds, body)).collect::<Vec<_>>().join(" ")
}

fn signature(secret: &str, id: &str, seconds: i64, body: &[u8]) -> Option<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the tests of the reference implementations.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn a_signature_is_that_of_the_specification() {
        let signed = signatures(&[SECRET], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn while_a_secret_is_new_both_sign() {
        let other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        let (one, both) = (signatures(&[SECRET], "msg_1", 1, b"{}"), signatures(&[other, SECRET], "msg_1", 1, b"{}"));
        assert!(both.ends_with(&format!(" {one}")) && both.split(' ').count() == 2, "{both}");
        assert_ne!(one, signatures(&[SECRET], "msg_2", 1, b"{}"));
        assert_ne!(one, signatures(&[SECRET], "msg_1", 2, b"{}"));
        assert_eq!(signatures(&["whsec_?"], "msg_1", 1, b"{}"), "");
    }
}
