//! Proof of work, as forms and programs bring it.

use serde_json::json;
use tests::{
    Backend,
    answerable::{Answerable, PASSWORD, serve},
    solve,
};

const ON: (&str, &str) = ("ANSWERABLE_RATE_LIMITS", "on");

async fn solution(server: &Answerable) -> String {
    let given = server.api().get("/api/v1/challenge").await.is(200);
    assert_eq!(given.header("cache-control"), "no-store");
    solve(&given.json)
}

async fn programs_that_work_may_sign_up_more_people(server: Answerable) {
    let account = |n: usize| json!({ "email": format!("p{n}@example.com"), "password": PASSWORD, "name": "Sanne" });
    let api = server.api();
    let bare = async |n| api.post("/api/v1/accounts", &account(n)).await.status;
    let mut n = 0;
    while bare(n).await == 201 {
        n += 1;
        assert!(n < 30, "no limit on those who bring nothing");
    }
    assert!(n >= 10, "an address on its own is enough for the first ten, and not only for {n}");
    let proof = solution(&server).await;
    let with = |proof: &str| {
        let mut account = account(100);
        account["altcha"] = proof.into();
        account
    };
    api.post("/api/v1/accounts", &with(&proof)).await.is(201);
    api.post("/api/v1/accounts", &with(&proof)).await.is_problem(422, &["altcha"]);
    api.post("/api/v1/accounts", &with("nonsense")).await.is_problem(422, &["altcha"]);
    api.post("/api/v1/accounts", &with(&solution(&server).await)).await.is(201);
}

#[test]
fn programs_that_work_may_sign_up_more_people_on_sqlite() {
    serve(Backend::Sqlite, &[ON], programs_that_work_may_sign_up_more_people);
}

#[test]
fn programs_that_work_may_sign_up_more_people_on_postgres() {
    serve(Backend::Postgres, &[ON], programs_that_work_may_sign_up_more_people);
}

#[test]
fn a_form_with_a_proof_that_is_worth_nothing_is_one_without() {
    serve(Backend::Sqlite, &[ON], async |server| {
        let visitor = server.visitor();
        let send = async |proof: &str| {
            let form = [("name", "Sanne"), ("email", "sanne@example.com"), ("password", "short"), ("altcha", proof)];
            visitor.post("/sign-up", &form).await
        };
        let proof = solution(&server).await;
        send(&proof).await.is(422);
        // it stood open too long, or was sent twice: whoever typed is not to blame
        let mut refused = 0;
        for _ in 0..12 {
            let page = send(&proof).await;
            assert!(matches!(page.status, 422 | 429), "{}", page.status);
            if page.status == 422 {
                assert_eq!(page.wrong_fields(), ["password"]);
                assert_eq!(page.field("email").as_deref(), Some("sanne@example.com"));
                assert_eq!(page.field("altcha").as_deref().unwrap_or_default(), "", "the next try needs its own");
            }
            refused += usize::from(page.status == 429);
        }
        assert!(refused > 0, "a proof that was used opens nothing");
        send(&solution(&server).await).await.is(422);
    });
}
