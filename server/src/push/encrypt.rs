//! Encryption of a push for one browser (RFC 8291, with the content coding `aes128gcm` of RFC 8188): its service passes on what it can't read.

use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    rand::{SecureRandom as _, SystemRandom},
};

/// Bytes of a record, at most: all is in one.
const RECORD: u32 = 4096;

/// So many bytes of key.
#[derive(Clone, Copy)]
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

fn derived<const N: usize>(from: &Prk, info: &[&[u8]]) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    from.expand(info, Bytes(N)).and_then(|key| key.fill(&mut bytes)).ok()?;
    Some(bytes)
}

/// The body of the request that pushes a message to a browser with this public key and this secret for authentication; nothing when the key is
/// none.
pub(super) fn message(theirs: &[u8], auth: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    let random = SystemRandom::new();
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &random).ok()?;
    let public = ours.compute_public_key().ok()?;
    let mut salt = [0; 16];
    random.fill(&mut salt).ok()?;
    let keys = Keys { theirs, ours: public.as_ref(), auth, salt };
    agree_ephemeral(ours, &UnparsedPublicKey::new(&ECDH_P256, theirs), |shared| keys.sealed(shared, text)).ok()?
}

/// All that goes into the key but for what both sides share.
struct Keys<'a> {
    theirs: &'a [u8],
    ours: &'a [u8],
    auth: &'a [u8],
    salt: [u8; 16],
}

impl Keys<'_> {
    fn sealed(&self, shared: &[u8], text: &[u8]) -> Option<Vec<u8>> {
        let both = Salt::new(HKDF_SHA256, self.auth).extract(shared);
        let input: [u8; 32] = derived(&both, &[b"WebPush: info\0", self.theirs, self.ours])?;
        let prk = Salt::new(HKDF_SHA256, &self.salt).extract(&input);
        let key: [u8; 16] = derived(&prk, &[b"Content-Encoding: aes128gcm\0"])?;
        let nonce: [u8; 12] = derived(&prk, &[b"Content-Encoding: nonce\0"])?;
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
        // the last record ends in 2, and there is no other
        let mut sealed = [text, &[2]].concat();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed).ok()?;
        let length = u8::try_from(self.ours.len()).ok()?;
        Some([&self.salt[..], &RECORD.to_be_bytes(), &[length], self.ours, &sealed].concat())
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn decoded(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    #[test]
    fn a_message_is_that_of_the_standard() {
        // RFC 8291, section 5 and appendix A
        let theirs = decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let ours = decoded("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        let auth = decoded("BTBZMqHH6r4Tts7J_aSIgg");
        let salt = decoded("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let keys = Keys { theirs: &theirs, ours: &ours, auth: &auth, salt };
        let shared = decoded("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let sealed = keys.sealed(&shared, b"When I grow up, I want to be a watermelon").unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_\
             yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn what_is_no_point_of_the_curve_is_no_key() {
        assert_eq!(message(&[4; 65], &[0; 16], b"Hello"), None);
        assert_eq!(message(&[], &[0; 16], b"Hello"), None);
    }
}
