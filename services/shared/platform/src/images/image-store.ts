import { createBlobStore, type BlobStore } from '../blob/blob-store.ts';
import type { Dapr } from '../dapr/dapr.ts';
import { ServiceUnavailable } from '../http/errors.ts';

/** The bytes of images, by name. What is away is a ServiceUnavailable. */
export type ImageStore = Pick<BlobStore, 'put' | 'get' | 'delete'>;

const SECRET = 'blob-connection-string';

/** Images in Azure Blob Storage. The connection string is asked of the Dapr secret store when it is first needed. */
export function createImageStore({ dapr, container }: { dapr: Pick<Dapr, 'secret'>; container: string }): ImageStore {
  let opened: Promise<BlobStore> | undefined;

  async function open(): Promise<BlobStore> {
    const connectionString = await dapr.secret(SECRET);
    if (connectionString === undefined)
      throw new ServiceUnavailable('The storage of files is away at the moment.', new Error(`no secret ${SECRET}`));
    return createBlobStore({ connectionString, container });
  }

  async function store(): Promise<BlobStore> {
    opened ??= open();
    try {
      return await opened;
    } catch (error) {
      opened = undefined;
      throw error instanceof ServiceUnavailable
        ? error
        : new ServiceUnavailable('The storage of files is away at the moment.', error);
    }
  }

  return {
    put: async (name, bytes, contentType) => (await store()).put(name, bytes, contentType),
    get: async (name) => (await store()).get(name),
    delete: async (name) => (await store()).delete(name),
  };
}
