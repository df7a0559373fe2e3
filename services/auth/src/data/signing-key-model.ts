import type { Jwk } from '@commons/platform';
import { Schema, type Connection } from 'mongoose';

export type SigningKeyDocument = {
  /** The `kid`. */
  _id: string;
  /** Numbers the keys; unique, so that of two replicas that make the next key one wins. */
  generation: number;
  signs_from: Date;
  public_jwk: Jwk;
  /** PKCS #8, encrypted. */
  private_sealed: string;
};

const signingKeySchema = new Schema<SigningKeyDocument>(
  {
    _id: { type: String, required: true },
    generation: { type: Number, required: true },
    signs_from: { type: Date, required: true },
    public_jwk: { type: Schema.Types.Mixed, required: true },
    private_sealed: { type: String, required: true },
  },
  { versionKey: false },
);

export const signingKeyModel = (db: Connection) =>
  db.model<SigningKeyDocument>('SigningKey', signingKeySchema, 'signing_keys');
