//! By what the services of browsers know that a push comes from this site (VAPID, RFC 8292): a short-lived token, signed with the key whose
//! public half the browser was given when it subscribed.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use forum::push::SiteKey;
use http::HeaderValue;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::json;
use url::Url;

/// How long a token holds: no longer than a day (RFC 8292, section 2).
const LIFETIME: TimeDelta = TimeDelta::hours(12);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
#[error("the key for pushes can't be {0}")]
pub(super) struct NoKey(&'static str);

fn pair(pkcs8: &[u8]) -> Result<EcdsaKeyPair, NoKey> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &SystemRandom::new()).map_err(|_| NoKey("read"))
}

/// A key of its own for a site.
pub(super) fn fresh() -> Result<SiteKey, NoKey> {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).map_err(|_| NoKey("made"))?;
    let public = pair(pkcs8.as_ref())?.public_key().as_ref().to_vec();
    Ok(SiteKey { secret: URL_SAFE_NO_PAD.encode(pkcs8.as_ref()), public: URL_SAFE_NO_PAD.encode(public) })
}

/// What signs for the site.
#[derive(Debug)]
pub(super) struct Signer {
    pair: EcdsaKeyPair,
    public: String,
    /// Whom the service can turn to: the address of the site.
    contact: String,
}

impl Signer {
    pub(super) fn new(key: &SiteKey, address: &str) -> Result<Self, NoKey> {
        let pkcs8 = URL_SAFE_NO_PAD.decode(&key.secret).map_err(|_| NoKey("read"))?;
        Ok(Self { pair: pair(&pkcs8)?, public: key.public.clone(), contact: address.to_owned() })
    }

    /// The header `Authorization` for a request to a service.
    pub(super) fn authorization(&self, to: &Url, now: DateTime<Utc>) -> Option<HeaderValue> {
        let encoded = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let claims = json!({
            "aud": to.origin().ascii_serialization(),
            "exp": (now + LIFETIME).timestamp(),
            "sub": self.contact,
        });
        let signed = format!("{}.{}", encoded(json!({ "typ": "JWT", "alg": "ES256" })), encoded(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).ok()?;
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        HeaderValue::try_from(format!("vapid t={token}, k={}", self.public)).ok()
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_service_can_tell_that_it_is_us() {
        let key = fresh().unwrap();
        let signer = Signer::new(&key, "https://forum.example").unwrap();
        let now = "2026-11-28T09:00:00Z".parse().unwrap();
        let header = signer.authorization(&Url::parse("https://push.example:8443/send/abc?x=1").unwrap(), now).unwrap();
        let (token, public) = header.to_str().unwrap().strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(public, key.public);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let known = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, URL_SAFE_NO_PAD.decode(public).unwrap());
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        assert!(known.verify(signed.as_bytes(), &signature).is_ok());
        assert!(known.verify(b"something else", &signature).is_err());
        let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims, json!({ "aud": "https://push.example:8443", "exp": 1_795_899_600, "sub": "https://forum.example" }));
    }

    #[test]
    fn what_is_kept_is_a_key_again() {
        let key = fresh().unwrap();
        assert!(Signer::new(&key, "https://forum.example").is_ok());
        let broken = SiteKey { secret: "AAAA".to_owned(), ..key };
        assert!(Signer::new(&broken, "https://forum.example").is_err());
    }
}
