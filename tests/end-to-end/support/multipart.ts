/** A body of `multipart/form-data` (RFC 7578) with text fields and one file, and the headers that go with it. */
export function multipart(
  fields: Record<string, string>,
  file: { field: string; name: string; type: string; bytes: Buffer },
) {
  const boundary = 'boundary-of-the-tests';
  const part = (disposition: string, type: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `${part(`name="${name}"`, 'text/plain; charset=utf-8')}${value}\r\n`,
  );
  const body = Buffer.concat([
    Buffer.from(texts.join('')),
    Buffer.from(part(`name="${file.field}"; filename="${file.name}"`, file.type)),
    file.bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
