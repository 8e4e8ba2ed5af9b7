//! Pictures for tests, made as cameras and attackers make them.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// What is hidden in [`with_secrets`].
pub const SECRET: &[u8] = b"52.3731 N 4.8922 E";

/// A picture of so many pixels in which no two stripes are alike.
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let drawn = RgbImage::from_fn(width, height, |x, y| Rgb([x, y, x / 7 + y / 3].map(low)));
    write(&DynamicImage::from(drawn), format)
}

/// One that can be seen through.
pub fn clear(width: u32, height: u32) -> Vec<u8> {
    let drawn = RgbaImage::from_fn(width, height, |x, y| Rgba([200, 30, 60, low(x + y)]));
    write(&DynamicImage::from(drawn), ImageFormat::Png)
}

/// The lowest byte of a number.
fn low(n: u32) -> u8 {
    n.to_le_bytes()[0]
}

fn write(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut content = Cursor::new(Vec::new());
    picture.write_to(&mut content, format).expect("a picture");
    content.into_inner()
}

/// A JPEG that says where it was taken and that it lies on its side, and has a page of HTML behind its end.
pub fn with_secrets(width: u32, height: u32) -> Vec<u8> {
    let plain = picture(width, height, ImageFormat::Jpeg);
    // a little-endian TIFF with two entries: orientation 6, and a description
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    let count = u32::try_from(SECRET.len()).expect("a short secret");
    exif.extend([0x0e, 0x01, 2, 0]);
    exif.extend(count.to_le_bytes());
    exif.extend(38u32.to_le_bytes());
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(SECRET);
    let mut content = plain[..2].to_vec();
    content.extend([0xff, 0xe1]);
    content.extend(u16::try_from(exif.len() + 2).expect("a short block").to_be_bytes());
    content.extend(exif);
    content.extend(&plain[2..]);
    content.extend(b"<script>alert(document.cookie)</script>");
    content
}

/// A PNG of a few bytes that says that it has so many pixels.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut content = picture(1, 1, ImageFormat::Png);
    content[16..20].copy_from_slice(&width.to_be_bytes());
    content[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&content[12..29]);
    content[29..33].copy_from_slice(&sum.to_be_bytes());
    content
}

/// The checksum of PNG.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 })
    };
    !bytes.iter().fold(!0, step)
}

/// A document, as short as one can be that is also a page of HTML.
pub const PDF: &[u8] =
    b"%PDF-1.4\n<html><script>alert(1)</script></html>\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
