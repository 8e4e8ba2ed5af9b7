//! Pages of the staff. A visitor is sent to sign in; for customers they do not exist.

mod triage;

pub(super) use self::triage::note_absence;

use axum::Router;

use crate::web::Web;

/// The pages of this folder.
pub fn routes() -> Router<Web> {
    triage::routes()
}
