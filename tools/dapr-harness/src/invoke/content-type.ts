import type { Readable } from 'node:stream';

/** Takes the first bytes that a stream gives; undefined when it has none. What breaks off later is on the stream's `errored`. */
export function firstBytes(stream: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const chunk = stream.read() as Buffer | null;
      if (chunk === null) return;
      settle();
      resolve(chunk);
    };
    const end = (): void => {
      settle();
      resolve(undefined);
    };
    const fail = (error: Error): void => {
      settle();
      reject(error);
    };
    const settle = (): void => {
      stream
        .off('readable', look)
        .off('end', end)
        .off('error', fail)
        .on('error', () => undefined);
    };
    stream.on('readable', look).on('end', end).on('error', fail);
  });
}

const HTML_TAGS =
  /^[\t\n\f\r ]*<(!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P|!--)[ >]/i;

const SIGNATURES: readonly (readonly [start: string, type: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['%!PS-Adobe-', 'application/postscript'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['BM', 'image/bmp'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1f\x8b\x08', 'application/x-gzip'],
];

/** What a body seems to be by its first 512 bytes: the common half of the WHATWG's sniffing rules, as Go has them. */
export function detectContentType(bytes: Buffer): string {
  const text = bytes.toString('latin1', 0, 512);
  if (HTML_TAGS.test(text) || /^[\t\n\f\r ]*<!--/.test(text)) return 'text/html; charset=utf-8';
  if (/^[\t\n\f\r ]*<\?xml/.test(text)) return 'text/xml; charset=utf-8';
  const signature = SIGNATURES.find(([start]) => text.startsWith(start));
  if (signature) return signature[1];
  if (/^RIFF.{4}WEBPVP/s.test(text)) return 'image/webp';
  // eslint-disable-next-line no-control-regex -- control characters tell bytes from text
  return /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text) ? 'application/octet-stream' : 'text/plain; charset=utf-8';
}
