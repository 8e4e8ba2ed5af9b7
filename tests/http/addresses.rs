//! Every page has one address, and nobody makes pages of this site with words of their own.

use reqwest::Method;
use tests::serving;

use crate::world::World;

serving! {
    async fn a_slash_too_many_leads_to_the_page(server: Answerable) {
        let world = World::open(server).await;
        let visitor = world.server.visitor();
        for (from, to) in [
            ("/roadmap/", "/roadmap"),
            ("/roadmap/?board=general", "/roadmap?board=general"),
            ("/accountability//", "/accountability"),
            ("/api/v1/posts/?limit=1", "/api/v1/posts?limit=1"),
            ("//elsewhere.example/", "/elsewhere.example"),
        ] {
            for method in [Method::GET, Method::HEAD] {
                let page = visitor.send(method, from, None).await.is(308);
                assert_eq!(page.header("location"), to, "{from}");
            }
        }
        visitor.get("/").await.is(200);
    }

    async fn words_in_an_address_make_no_page_to_be_found(server: Answerable) {
        let world = World::open(server).await;
        world.admin_api.submit("idea", "general", "One bill", "For two addresses.").await;
        let visitor = world.server.visitor();
        for known in ["/", "/?board=general", "/?kind=idea", "/?stage=received", "/promises", "/promises?state=open", "/roadmap?board=general"] {
            let page = visitor.get(known).await.is(200);
            assert!(page.has("link[rel=canonical]") && !page.has("meta[content=noindex]"), "{known}");
        }
        for words in ["board", "tag", "kind", "status", "stage", "q"].map(|name| format!("/?{name}=cheap-pills")).into_iter().chain([
            "/promises?board=cheap-pills".to_owned(),
            "/promises?state=cheap-pills".to_owned(),
            "/roadmap?board=cheap-pills".to_owned(),
        ]) {
            let page = visitor.get(&words).await.is(200);
            assert!(page.has("meta[content=noindex]") && !page.has("link[rel=canonical]"), "{words}");
            let title = page.texts("title").concat() + &page.texts("h1").concat();
            assert!(words.starts_with("/?q=") || !title.contains("cheap-pills"), "{words}: {title}");
        }
    }

    async fn a_preview_has_a_picture_and_headings_their_letters(server: Answerable) {
        let visitor = server.visitor();
        let page = visitor.get("/").await.is(200);
        for (selector, attribute, kind, most) in [
            ("meta[property='og:image']", "content", "image/png", 50_000),
            ("link[rel=preload][as=font]", "href", "font/woff2", 25_000),
        ] {
            let address = page.attribute(selector, attribute).expect("an address");
            let file = visitor.get(address.strip_prefix(server.address()).unwrap_or(&address)).await.is(200);
            assert_eq!(file.header("content-type"), kind);
            let length: usize = file.header("content-length").parse().expect("a length");
            assert!((1000..most).contains(&length), "{address} has {length} bytes");
        }
    }
}
