import sharp, { type Metadata, type Sharp } from 'sharp';
import { HttpError } from '../http/errors.ts';

const MAX_PIXELS = 50_000_000;

/** Shown as it is: without metadata, and with nothing hidden behind its pixels. */
export type CleanImage = { bytes: Buffer; contentType: 'image/jpeg' | 'image/png'; extension: 'jpg' | 'png' };

/** 415: no jpg or png by its content, or broken; 422: over 50 megapixels. */
export class UnusableImage extends HttpError {
  constructor(status: 415 | 422, message: string, code: string) {
    super(status, message, { code });
  }
}

/**
 * Makes an image fit to be shown: turned the right way up, without EXIF (position above all) and other metadata, and
 * without anything that is hidden behind its pixels.
 * @throws UnusableImage
 */
export async function cleanImage(bytes: Buffer): Promise<CleanImage> {
  const format = await requireImage(bytes);
  return encode(sharp(bytes, { limitInputPixels: MAX_PIXELS }).autoOrient(), format);
}

/** A small square of the middle of a clean image, in its format. */
export function thumbnailOf({ bytes, contentType }: CleanImage, side: number): Promise<CleanImage> {
  const format = contentType === 'image/png' ? 'png' : 'jpeg';
  return encode(sharp(bytes).resize({ width: side, height: side, fit: 'cover' }), format);
}

/**
 * Looks at no more than the beginning of a file.
 * @returns what it is, by its content.
 * @throws UnusableImage where it says of itself that it cannot be used; it may still turn out to be broken.
 */
export async function requireImage(bytes: Buffer): Promise<'jpeg' | 'png'> {
  const { format, width, height } = await readHeader(bytes);
  if (format !== 'jpeg' && format !== 'png')
    throw new UnusableImage(415, 'The image must be a jpg or a png.', 'image_unsupported');
  if (width * height > MAX_PIXELS)
    throw new UnusableImage(422, 'The image has over 50 megapixels.', 'image_too_many_pixels');
  return format;
}

async function encode(image: Sharp, format: 'jpeg' | 'png'): Promise<CleanImage> {
  try {
    return format === 'jpeg'
      ? { bytes: await image.jpeg({ quality: 90 }).toBuffer(), contentType: 'image/jpeg', extension: 'jpg' }
      : { bytes: await image.png().toBuffer(), contentType: 'image/png', extension: 'png' };
  } catch {
    throw new UnusableImage(415, 'The image is broken.', 'image_broken');
  }
}

async function readHeader(bytes: Buffer): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw new UnusableImage(415, 'The file is not an image.', 'image_unsupported');
  }
}
