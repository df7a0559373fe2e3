import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { run } from './body.ts';
import { BadRequest, ContentTooLarge } from './errors.ts';

/** The largest image, in bytes. */
export const MAX_IMAGE_BYTES = 5 * 1024 * 1024;

export type UploadedFile = { field: string; name: string; bytes: Buffer };

export type FormOptions = {
  /** Name of the file's field. */ file: string;
  /** Largest file, in bytes. */ maxBytes?: number;
};

/**
 * Reads `multipart/form-data` with at most one file, in memory.
 * @returns the text fields (repeated ones as arrays) and the file, if any.
 * @throws ContentTooLarge over the limits, BadRequest where the form cannot be read.
 */
export async function readForm(
  request: Request,
  response: Response,
  { file, maxBytes = MAX_IMAGE_BYTES }: FormOptions,
): Promise<{ fields: Record<string, unknown>; file: UploadedFile | undefined }> {
  const declared = Number(request.headers['content-length'] ?? 0);
  const allowance = maxBytes + 512 * 1024;
  if (declared > allowance) throw new ContentTooLarge(maxBytes);
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: maxBytes, files: 1, fields: 50, fieldSize: 100 * 1024, parts: 51 },
  });
  try {
    await run(upload.single(file), request, response);
  } catch (error) {
    // The parser behind multer throws plain errors: a missing boundary, a form cut short.
    throw error instanceof MulterError ? error : new BadRequest('The form cannot be read.', 'unreadable_form');
  }
  const fields = { ...(request.body as Record<string, unknown> | undefined) };
  const got = request.file;
  return { fields, file: got && { field: got.fieldname, name: got.originalname, bytes: got.buffer } };
}
