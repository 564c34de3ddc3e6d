//! Keys made of passwords, for node:crypto. That it takes long is their point, so it is not JavaScript's to do: an
//! interpreter takes seconds for Node's own defaults.

use pbkdf2::pbkdf2_hmac;
use serde::Deserialize;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

/// `KeyDerivation` of web/protocol.d.ts.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Derivation {
    Pbkdf2 { digest: String, password: Vec<u8>, salt: Vec<u8>, rounds: u32, length: usize },
    Scrypt { password: Vec<u8>, salt: Vec<u8>, log_n: u8, r: u32, p: u32, length: usize },
}

/// Longer keys are nobody's.
const MAX_LENGTH: usize = 1 << 20;

/// The key; none for a digest that is not here, or parameters that the functions do not have.
pub fn derive(derivation: &Derivation) -> Option<Vec<u8>> {
    let (Derivation::Pbkdf2 { length, .. } | Derivation::Scrypt { length, .. }) = derivation;
    let mut key = vec![0; (*length).min(MAX_LENGTH)];
    match derivation {
        Derivation::Pbkdf2 { digest, password, salt, rounds, .. } => match digest.as_str() {
            "sha1" => pbkdf2_hmac::<Sha1>(password, salt, *rounds, &mut key),
            "sha224" => pbkdf2_hmac::<Sha224>(password, salt, *rounds, &mut key),
            "sha256" => pbkdf2_hmac::<Sha256>(password, salt, *rounds, &mut key),
            "sha384" => pbkdf2_hmac::<Sha384>(password, salt, *rounds, &mut key),
            "sha512" => pbkdf2_hmac::<Sha512>(password, salt, *rounds, &mut key),
            _ => return None,
        },
        Derivation::Scrypt { password, salt, log_n, r, p, .. } => {
            let parameters = scrypt::Params::new(*log_n, *r, *p).ok()?;
            scrypt::scrypt(password, salt, &parameters, &mut key).ok()?;
        }
    }
    (key.len() == *length).then_some(key)
}
