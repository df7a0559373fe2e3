import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
/** Length of the key, in bytes. */
export const CIPHER_KEY_BYTES = 32;
const IV_BYTES = 12;

/**
 * Encrypts a text (AES-256-GCM, NIST SP 800-38D).
 * @param label is bound to it: the text opens under the same label only.
 * @returns `iv.tag.data`, each in base64url.
 */
export function seal(text: string, key: Buffer, label: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(label));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url')).join('.');
}

/** Decrypts what `seal` made. @throws where key or label are others, or it was changed. */
export function open(sealed: string, key: Buffer, label: string): string {
  const [iv, tag, data] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!iv || !tag || !data) throw new Error('this was not sealed');
  const decipher = createDecipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(label)).setAuthTag(tag);
  return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
}
