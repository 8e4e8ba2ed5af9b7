//! Pictures in a form that moves: chosen, pasted and dropped.

use image::ImageFormat;
use serde_json::json;
use tests::{Backend, pictures::picture};

use crate::{
    tab::{PHONE, Scripts, Tab, browse},
    world::World,
};

/// Makes a file of the browser's own, as `data`, for the script that follows.
const MADE: &str = "const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(arguments[0])], arguments[1], { type: 'image/png' }));
    const form = document.querySelector('#comment-form');";
const CHOSEN: &str = "const input = form.querySelector('input[type=file]');
    input.files = data.files; input.dispatchEvent(new Event('change', { bubbles: true }));";
const PASTED: &str = "form.querySelector('textarea').dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));";
const DROPPED: &str = "form.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));";

impl Tab {
    async fn hand_over(&self, how: &str, content: &[u8], name: &str) {
        self.script(&format!("{MADE}{how}"), vec![json!(content), json!(name)]).await;
    }
}

#[test]
fn a_picture_is_chosen_pasted_and_dropped() {
    browse(Backend::Sqlite, Scripts::On, PHONE, async |server, tab| {
        let world = World::open(server).await;
        let post = world.api.submit("complaint", "billing", "Billed twice in March", "Both were paid.").await;
        let path = world.path_of(post).await;
        tab.sign_in(&world.member).await;
        tab.open(&path).await;
        tab.is_awake().await;
        // the page must not be left for it
        tab.script("window.stayed = true", vec![]).await;
        tab.fill("#comment-form textarea", "Here are they.").await;
        for (n, how) in [CHOSEN, PASTED, DROPPED].into_iter().enumerate() {
            let content = picture(20 + u32::try_from(n).expect("a small number"), 20, ImageFormat::Png);
            tab.hand_over(how, &content, &format!("bill {n}.png")).await;
            tab.must_have(&format!("#comment-form .files__row:nth-child({})", n + 1)).await;
        }
        tab.must_show("Added: bill 2.png").await;
        // what is none is said, and nothing is lost
        tab.hand_over(CHOSEN, b"<svg/>", "drawing.png").await;
        tab.must_show("no PNG, JPEG or WebP").await;
        tab.forget_errors().await;
        tab.press("#comment-form .files__row:nth-child(2) button").await;
        let rows = async || tab.script("return document.querySelectorAll('#comment-form .files__row').length", vec![]).await;
        assert!(tab.until(async || rows().await == 2).await);
        tab.fill("#comment-form .files__row:nth-child(2) input", "The second bill").await;
        assert_eq!(tab.script("return window.stayed", vec![]).await, true);
        tab.press("#comment-form .btn--primary").await;
        tab.must_have(".comment .files__shown li:nth-child(2) img[alt='The second bill']").await;
        let shown = "return [...document.querySelectorAll('.comment .files__shown img')].every(img => img.complete && img.naturalWidth > 0)";
        tab.script("document.querySelector('.comment .files__shown').scrollIntoView()", vec![]).await;
        assert!(tab.until(async || tab.script(shown, vec![]).await == true).await, "both are seen");
        assert_eq!(tab.script("return document.querySelectorAll('.comment .files__shown li').length", vec![]).await, 2);
        tab.is_clean().await;
    });
}
