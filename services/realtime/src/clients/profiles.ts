import { listProfileReferences, type ProfileReference } from '@commons/contracts';
import type { Dapr } from '@commons/platform';

export type Profiles = {
  /** What users show, in the order of their ids, from the one after `after`. */
  list(after: string | undefined, limit: number): Promise<ProfileReference[]>;
};

/** The profiles, which are another service's. */
export function createProfiles({ dapr }: { dapr: Pick<Dapr, 'call'> }): Profiles {
  return {
    async list(after, limit) {
      return (await dapr.call(listProfileReferences, { limit, ...(after && { after }) })).profiles;
    },
  };
}
