import type { Jwk } from '@commons/platform';
import type { Connection } from 'mongoose';
import type { ScheduledKey } from '../domain/key-schedule.ts';
import { duplicateKey } from './duplicate-key.ts';
import { signingKeyModel } from './signing-key-model.ts';

export type StoredKey = ScheduledKey & { kid: string; publicJwk: Jwk; privateSealed: string };

export type SigningKeyStore = ReturnType<typeof createSigningKeyStore>;

/** The keys of access tokens, their private parts encrypted. */
export function createSigningKeyStore(db: Connection) {
  const keys = signingKeyModel(db);
  return {
    /** In the order of their generations. */
    async list(): Promise<StoredKey[]> {
      const documents = await keys.find().sort({ generation: 1 }).lean();
      return documents.map(({ _id, generation, signs_from, public_jwk, private_sealed }) => ({
        kid: _id,
        generation,
        signsFrom: signs_from,
        publicJwk: public_jwk,
        privateSealed: private_sealed,
      }));
    },

    /** Keeps a key, unless another replica has made one of the same generation. Says whether it was kept. */
    async insert(key: StoredKey): Promise<boolean> {
      try {
        await keys.insertMany([
          {
            _id: key.kid,
            generation: key.generation,
            signs_from: key.signsFrom,
            public_jwk: key.publicJwk,
            private_sealed: key.privateSealed,
          },
        ]);
        return true;
      } catch (error) {
        if (duplicateKey(error)) return false;
        throw error;
      }
    },

    async remove(kids: readonly string[]): Promise<void> {
      if (kids.length > 0) await keys.deleteMany({ _id: { $in: kids } });
    },
  };
}
