import type { BlobHTTPHeaders } from '@azure/storage-blob';

const HEADERS: Record<string, keyof BlobHTTPHeaders> = {
  contenttype: 'blobContentType',
  contentmd5: 'blobContentMD5',
  contentencoding: 'blobContentEncoding',
  contentlanguage: 'blobContentLanguage',
  contentdisposition: 'blobContentDisposition',
  cachecontrol: 'blobCacheControl',
};

/**
 * What an upload says of its blob: metadata that name a header (`contentType`, in any case) become that header, the rest are the
 * blob's own, with what Azure does not allow in names and values left out.
 */
export function uploadProperties(metadata: Readonly<Record<string, string>>): {
  blobHTTPHeaders: BlobHTTPHeaders;
  metadata: Record<string, string>;
} {
  const blobHTTPHeaders: Record<string, string | Buffer> = {};
  const own: Record<string, string> = {};
  for (const [key, value] of Object.entries(metadata)) {
    const header = HEADERS[key.toLowerCase()];
    if (header && value !== '') blobHTTPHeaders[header] = header === 'blobContentMD5' ? md5Of(value) : value;
    else own[key.replace(/[^A-Za-z0-9]/g, '')] = printable(value);
  }
  return { blobHTTPHeaders, metadata: own };
}

function md5Of(text: string): Buffer {
  const digest = Buffer.from(text, 'base64');
  if (digest.length === 16) return digest;
  throw new Error('the MD5 value specified in Content MD5 is invalid, MD5 value must be 128 bits and base64 encoded');
}

/** Characters of ASCII that are no control characters. */
function printable(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/g, '');
}
