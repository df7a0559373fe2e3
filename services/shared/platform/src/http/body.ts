import express, { type Request, type RequestHandler, type Response } from 'express';
import { BadRequest, ContentTooLarge, UnsupportedMediaType } from './errors.ts';

/** The largest JSON body, in bytes. */
export const MAX_JSON_BYTES = 100 * 1024;

const readBytes = (maxBytes: number): RequestHandler => express.raw({ type: () => true, limit: maxBytes });

/** Runs a middleware to its end. */
export function run(middleware: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void middleware(request, response, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error('middleware failed', { cause: error }));
    });
  });
}

/**
 * Reads a JSON body: `application/json` or any `application/*+json`.
 * @returns the parsed value; undefined where there is no body.
 * @throws ContentTooLarge before UnsupportedMediaType before BadRequest, as the API orders them.
 */
export async function readJson(request: Request, response: Response, maxBytes = MAX_JSON_BYTES): Promise<unknown> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw new ContentTooLarge(maxBytes);
  try {
    await run(readBytes(maxBytes), request, response);
  } catch (error) {
    throw isTooLarge(error) ? new ContentTooLarge(maxBytes) : error;
  }
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
  if (!request.is(['application/json', 'application/*+json']))
    throw new UnsupportedMediaType('This route takes application/json.');
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new BadRequest('The body is not valid JSON.', 'invalid_json');
  }
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.too.large';
}
