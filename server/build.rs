//! Makes the files of the interface: the islands as WASM, the style sheet, the icons. Each gets a name that changes with its
//! content, so that browsers keep it for good; in release builds each is compressed once, here, and never again.
//!
//! `ANSWERABLE_SKIP_ASSETS` leaves the WASM out: for lints and quick checks. Pages work without it.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use sha2::{Digest as _, Sha256};

type Failure = Box<dyn std::error::Error>;

/// A file of the interface on its way into the binary.
struct Asset {
    /// Its name in `app::web::Assets`.
    field: &'static str,
    /// Address below `/assets/`.
    name: String,
    mime: &'static str,
    body: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("..");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for path in ["app/src", "app/Cargo.toml", "style", "Cargo.lock", "Cargo.toml"] {
        println!("cargo::rerun-if-changed={}", root.join(path).display());
    }
    println!("cargo::rerun-if-env-changed=ANSWERABLE_SKIP_ASSETS");

    let release = env::var("PROFILE")? == "release";
    let serif = asset("serif", "serif", "woff2", "font/woff2", fs::read(root.join("app/src/parts/serif.woff2"))?);
    let css = style(&root.join("style"))?.replace("__SERIF__", &format!("/assets/{}", serif.name));
    let mut assets = vec![
        asset("css", "site", "css", "text/css; charset=utf-8", css.into_bytes()),
        serif,
        asset("frame", "frame", "js", "text/javascript; charset=utf-8", fs::read(root.join("app/src/embed/frame.js"))?),
        asset("icons", "icons", "svg", "image/svg+xml", fs::read(root.join("app/src/parts/icons.svg"))?),
        asset("favicon", "favicon", "svg", "image/svg+xml", fs::read(root.join("app/src/parts/favicon.svg"))?),
    ];
    if env::var_os("ANSWERABLE_SKIP_ASSETS").is_none() {
        let (js, wasm) = islands(&root, &out, release)?;
        let wasm = asset("wasm", "app", "wasm", "application/wasm", wasm);
        let js = asset("js", "app", "js", "text/javascript; charset=utf-8", js);
        let boot = fs::read_to_string(root.join("app/src/boot.js"))?
            .replace("__JS__", &format!("/assets/{}", js.name))
            .replace("__WASM__", &format!("/assets/{}", wasm.name));
        assets.push(asset("boot", "boot", "js", "text/javascript; charset=utf-8", boot.into_bytes()));
        assets.extend([js, wasm]);
    }
    embed(&out, &assets, release)
}

fn asset(field: &'static str, stem: &str, extension: &str, mime: &'static str, body: Vec<u8>) -> Asset {
    let hash = hex::encode(Sha256::digest(&body));
    Asset { field, name: format!("{stem}-{}.{extension}", &hash[..16]), mime, body }
}

/// The style sheet: the files that `main.css` names, each in its layer, without comments and needless white space.
fn style(folder: &Path) -> Result<String, Failure> {
    let main = fs::read_to_string(folder.join("main.css"))?;
    let mut joined = String::new();
    for line in main.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("@import url(\"") {
            let (file, rest) = rest.split_once("\") layer(").ok_or("an import without a layer")?;
            let (layer, _) = rest.split_once(')').ok_or("an import without a layer")?;
            let css = fs::read_to_string(folder.join(file))?;
            write!(joined, "@layer {layer}{{{css}}}")?;
        } else if line.starts_with("@layer ") {
            joined.push_str(line);
        }
    }
    Ok(minified(&joined))
}

/// Without comments, and with white space only where it means something. Strings stay as they are.
fn minified(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\'' => {
                out.push(c);
                while let Some(inner) = chars.next() {
                    out.push(inner);
                    if inner == '\\' {
                        out.extend(chars.next());
                    } else if inner == c {
                        break;
                    }
                }
            }
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut last = ' ';
                for inner in chars.by_ref() {
                    if last == '*' && inner == '/' {
                        break;
                    }
                    last = inner;
                }
            }
            c if c.is_whitespace() => {
                if !out.ends_with([' ', '{', '}', ';', ',']) {
                    out.push(' ');
                }
            }
            '{' | '}' | ';' | ',' => {
                while out.ends_with(' ') {
                    out.pop();
                }
                if c == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Builds the islands for the browser, in a target folder of their own: a nested cargo on the same one would wait for us for ever.
fn islands(root: &Path, out: &Path, release: bool) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let target = wasm_target(out);
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    let mut cargo = Command::new(env::var("CARGO")?);
    // only the browser needs a cdylib; as a crate type in the manifest, every build for the server would link one too
    cargo.current_dir(root).args(["rustc", "--package", "app", "--lib", "--crate-type", "cdylib", "--features", "hydrate"]);
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    cargo.args(["--profile", profile]).arg("--target-dir").arg(&target);
    for (name, _) in env::vars() {
        let ours = name.starts_with("CARGO_") && !matches!(name.as_str(), "CARGO_HOME" | "CARGO_HTTP_PROXY" | "CARGO_NET_OFFLINE");
        if ours || matches!(name.as_str(), "RUSTFLAGS" | "TARGET" | "RUSTC_WORKSPACE_WRAPPER" | "RUSTC_WRAPPER" | "CLIPPY_ARGS") {
            cargo.env_remove(name);
        }
    }
    if !cargo.status()?.success() {
        return Err("the islands do not build; is the target there? rustup target add wasm32-unknown-unknown".into());
    }
    let bound = out.join("bound");
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(target.join("wasm32-unknown-unknown").join(profile).join("app.wasm"))
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("app")
        .generate(&bound)?;
    Ok((fs::read(bound.join("app.js"))?, fs::read(bound.join("app_bg.wasm"))?))
}

/// `target/wasm`, beside the profile folder that our own output lies in.
fn wasm_target(out: &Path) -> PathBuf {
    let target =
        out.ancestors().find(|a| a.file_name().is_some_and(|name| name == "build")).and_then(|build| build.parent()?.parent());
    target.map_or_else(|| out.join("wasm"), |target| target.join("wasm"))
}

fn embed(out: &Path, assets: &[Asset], release: bool) -> Result<(), Failure> {
    let mut code = String::from("static FILES: &[File] = &[\n");
    let mut fields = String::new();
    for asset in assets {
        let path = out.join(&asset.name);
        fs::write(&path, &asset.body)?;
        let (mut br, mut gz) = (String::from("None"), String::from("None"));
        // what is packed already gets no smaller
        if release && asset.mime != "font/woff2" {
            let packed = out.join(format!("{}.br", asset.name));
            let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
            std::io::Write::write_all(&mut writer, &asset.body)?;
            fs::write(&packed, writer.into_inner())?;
            br = format!("Some(include_bytes!({:?}))", packed.display().to_string());
            let packed = out.join(format!("{}.gz", asset.name));
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            std::io::Write::write_all(&mut writer, &asset.body)?;
            fs::write(&packed, writer.finish()?)?;
            gz = format!("Some(include_bytes!({:?}))", packed.display().to_string());
        }
        let (name, mime, path) = (&asset.name, asset.mime, path.display().to_string());
        writeln!(code, "    File {{ name: {name:?}, mime: {mime:?}, body: include_bytes!({path:?}), br: {br}, gz: {gz} }},")?;
        writeln!(fields, "        {}: \"/assets/{name}\".to_owned(),", asset.field)?;
    }
    code.push_str("];\n\n/// Where each file is.\npub(super) fn addresses() -> app::web::Assets {\n    app::web::Assets {\n");
    code.push_str(&fields);
    if !assets.iter().any(|asset| asset.field == "wasm") {
        code.push_str("        ..app::web::Assets::default()\n");
    }
    code.push_str("    }\n}\n");
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}
