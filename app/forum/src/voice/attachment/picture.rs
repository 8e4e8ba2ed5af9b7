//! What is in a file that a stranger sent: looked at with suspicion, and pictures drawn anew.

use std::io::Cursor;

use image::{
    DynamicImage, ExtendedColorType, ImageDecoder as _, ImageEncoder as _, ImageFormat, ImageReader, Limits,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
};

use super::{BYTES_MAX, Media};
use crate::error::Problem;

/// Pixels of a picture, at most: that of a good telephone. What is said to have more is not decoded.
const PIXELS_MAX: u64 = 25_000_000;
/// The same in millions, as people are told.
const MEGAPIXELS_MAX: usize = 25;
/// Pixels of a side, at most, of what comes in.
const SIDE_MAX: u32 = 20_000;
/// Bytes of a decoded picture, at most.
const DECODED_MAX: u64 = 100 * 1024 * 1024;
/// Pixels of the longer side of what is kept.
const KEPT_SIDE: u32 = 3_000;
/// The same of the small picture.
const SMALL_SIDE: u32 = 640;
/// How well photographs are kept, of 100.
const QUALITY: u8 = 85;

/// What a file seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Picture(ImageFormat),
    Pdf,
}

impl Found {
    /// By its first bytes.
    pub(super) fn of(content: &[u8]) -> Option<Self> {
        let is_webp = content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP".as_slice());
        Some(match content {
            _ if is_webp => Self::Picture(ImageFormat::WebP),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Picture(ImageFormat::Png),
            [0xff, 0xd8, 0xff, ..] => Self::Picture(ImageFormat::Jpeg),
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            _ => return None,
        })
    }
}

/// A document, if it has an end: one that was cut off has none. It is kept as it is and only ever downloaded.
pub(super) fn whole_pdf(content: Vec<u8>) -> Result<Vec<u8>, Problem> {
    const END: &[u8] = b"%%EOF";
    let tail = &content[content.len().saturating_sub(4096)..];
    if tail.windows(END.len()).any(|window| window == END) { Ok(content) } else { Err(Problem::NotReadable) }
}

/// A picture as it is kept.
pub(super) struct Drawn {
    pub(super) media: Media,
    pub(super) content: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) small: Vec<u8>,
}

/// Decodes a picture within limits, turns it as it was held, and writes it anew, with nothing in it but its pixels.
pub(super) fn draw(format: ImageFormat, content: &[u8]) -> Result<Drawn, Problem> {
    let picture = decode(format, content)?;
    let is_clear = picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] != u8::MAX);
    // what was drawn stays sharp, and what is seen through stays so; a photograph is a tenth as large as JPEG
    let media = if is_clear || format == ImageFormat::Png { Media::Png } else { Media::Jpeg };
    let picture = if is_clear { DynamicImage::from(picture.into_rgba8()) } else { DynamicImage::from(picture.into_rgb8()) };
    let (mut media, mut kept) = (media, picture);
    let mut content = encode(media, &kept)?;
    while content.len() > BYTES_MAX {
        if media == Media::Png && !is_clear {
            media = Media::Jpeg;
        } else {
            kept = fit(&kept, kept.width().max(kept.height()) * 3 / 4);
        }
        content = encode(media, &kept)?;
    }
    let small = if kept.width().max(kept.height()) <= SMALL_SIDE {
        content.clone()
    } else {
        encode(if is_clear { Media::Png } else { Media::Jpeg }, &fit(&kept, SMALL_SIDE))?
    };
    Ok(Drawn { media, content, width: kept.width(), height: kept.height(), small })
}

fn decode(format: ImageFormat, content: &[u8]) -> Result<DynamicImage, Problem> {
    let unreadable = |_| Problem::NotReadable;
    let mut reader = ImageReader::with_format(Cursor::new(content), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(2 * DECODED_MAX);
    reader.limits(limits);
    let too_large = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Problem::TooManyPixels { max: MEGAPIXELS_MAX },
        _ => Problem::NotReadable,
    };
    let mut decoder = reader.into_decoder().map_err(too_large)?;
    let (width, height) = decoder.dimensions();
    // by its own account, before anything is made ready for it
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > DECODED_MAX {
        return Err(Problem::TooManyPixels { max: MEGAPIXELS_MAX });
    }
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(too_large)?;
    // first smaller, then turned, so that fewer large ones stand side by side
    if width.max(height) > KEPT_SIDE {
        picture = fit(&picture, KEPT_SIDE);
    }
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The same with a longer side of so many pixels.
fn fit(picture: &DynamicImage, side: u32) -> DynamicImage {
    picture.thumbnail(side.max(1), side.max(1))
}

fn encode(media: Media, picture: &DynamicImage) -> Result<Vec<u8>, Problem> {
    let mut content = Vec::new();
    let (width, height) = (picture.width(), picture.height());
    let colours = if picture.color().has_alpha() { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let written = match media {
        Media::Jpeg => JpegEncoder::new_with_quality(&mut content, QUALITY).write_image(picture.as_bytes(), width, height, colours),
        _ => PngEncoder::new_with_quality(&mut content, CompressionType::Default, FilterType::Adaptive).write_image(
            picture.as_bytes(),
            width,
            height,
            colours,
        ),
    };
    written.map_err(|_| Problem::NotReadable)?;
    Ok(content)
}
