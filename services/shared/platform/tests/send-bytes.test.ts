import { describe, expect, it } from '@jest/globals';
import { sendBytes } from '../src/http/send-bytes.ts';

const file = { bytes: Buffer.from('0123456789'), contentType: 'image/png', etag: '"e"', cacheControl: 'private' };
const common = { etag: '"e"', 'cache-control': 'private', 'accept-ranges': 'bytes' };

describe('bytes', () => {
  it('come whole where no range is asked for', () => {
    expect(sendBytes(file, {})).toMatchObject({ status: 200, headers: { ...common, 'content-type': 'image/png' } });
  });

  it('come in part where a range is asked for', () => {
    expect(sendBytes(file, { range: 'bytes=2-4' })).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 2-4/10' },
    });
    expect(sendBytes(file, { range: 'bytes=-3' })).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 7-9/10' },
    });
  });

  it('do not come where the client has them', () => {
    expect(sendBytes(file, { 'if-none-match': 'W/"e"' })).toEqual({ status: 304, headers: common });
  });

  it('are refused outside their bounds with 416', () => {
    expect(() => sendBytes(file, { range: 'bytes=20-30' })).toThrow(
      expect.objectContaining({ status: 416, headers: { 'content-range': 'bytes */10' } }),
    );
  });

  it('come whole where the range was for another version, or cannot be read', () => {
    expect(sendBytes(file, { range: 'bytes=2-4', 'if-range': '"old"' }).status).toBe(200);
    expect(sendBytes(file, { range: 'pages=1' }).status).toBe(200);
  });
});
