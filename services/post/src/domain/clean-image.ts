import { BadRequest } from '@commons/platform';
import sharp, { type Metadata } from 'sharp';

const MAX_PIXELS = 50_000_000;

export type CleanImage = { bytes: Buffer; contentType: 'image/jpeg' | 'image/png'; extension: 'jpg' | 'png' };

/**
 * Makes an image fit to be shown: turned the right way up, without EXIF (position above all) and other metadata, and
 * without anything that is hidden behind its pixels.
 * @throws BadRequest where it is no jpg or png by its content, is broken, or has over 50 megapixels.
 */
export async function cleanImage(bytes: Buffer): Promise<CleanImage> {
  const format = await formatOf(bytes);
  try {
    const upright = sharp(bytes, { limitInputPixels: MAX_PIXELS }).autoOrient();
    return format === 'jpeg'
      ? { bytes: await upright.jpeg({ quality: 90 }).toBuffer(), contentType: 'image/jpeg', extension: 'jpg' }
      : { bytes: await upright.png().toBuffer(), contentType: 'image/png', extension: 'png' };
  } catch {
    throw refusal('The image is broken.', 'image_broken');
  }
}

async function formatOf(bytes: Buffer): Promise<'jpeg' | 'png'> {
  const { format, width, height } = await readHeader(bytes);
  if (format !== 'jpeg' && format !== 'png') throw refusal('The image must be a jpg or a png.', 'image_unsupported');
  if (width * height > MAX_PIXELS) throw refusal('The image has over 50 megapixels.', 'image_too_many_pixels');
  return format;
}

async function readHeader(bytes: Buffer): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw refusal('The file is not an image.', 'image_unsupported');
  }
}

const refusal = (message: string, code: string): BadRequest =>
  new BadRequest(message, code, [{ path: 'image', message }]);
