//! Solves challenges, as a program does that has read the description of the API.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The solution of what `GET /api/v1/challenge` gave, as it goes into the field `altcha`.
pub fn solve(given: &Value) -> String {
    let text = |name: &str| given[name].as_str().unwrap_or_else(|| panic!("no {name} in {given}")).to_owned();
    let (salt, wanted) = (text("salt"), text("challenge"));
    let most = given["maxnumber"].as_u64().expect("a bound");
    let is_it = |number: &u64| hex::encode(Sha256::digest(format!("{salt}{number}"))) == wanted;
    let number = (0..=most).find(is_it).expect("a number within the bound");
    let solution = json!({
        "algorithm": text("algorithm"), "challenge": wanted, "number": number, "salt": salt, "signature": text("signature"),
    });
    BASE64_STANDARD.encode(solution.to_string())
}
