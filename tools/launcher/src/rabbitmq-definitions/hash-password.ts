import { createHash, randomBytes } from 'node:crypto';

const SALT_BYTES = 4;

/** A password as RabbitMQ keeps it: salt and SHA-256 of both, in base64 (https://www.rabbitmq.com/docs/passwords). */
export function hashPassword(password: string, salt: Buffer = randomBytes(SALT_BYTES)): string {
  const hash = createHash('sha256').update(salt).update(password, 'utf8').digest();
  return Buffer.concat([salt, hash]).toString('base64');
}
