import { BlobServiceClient, RestError, type ContainerClient } from '@azure/storage-blob';
import { ServiceUnavailable } from '../http/errors.ts';

export type StoredBlob = { bytes: Buffer; contentType: string; etag: string };

/** Bytes by name, in one container. What is away is a ServiceUnavailable. */
export type BlobStore = {
  put(name: string, bytes: Buffer, contentType: string): Promise<void>;
  /** The blob, or undefined where there is none. */
  get(name: string): Promise<StoredBlob | undefined>;
  /** Removes it; removing what is not there is fine. */
  delete(name: string): Promise<void>;
  check(): Promise<void>;
};

/**
 * Azure Blob Storage, or its emulator.
 * @param connectionString of the storage account.
 * @param container is made when it is first written to.
 */
export function createBlobStore({
  connectionString,
  container,
}: {
  connectionString: string;
  container: string;
}): BlobStore {
  const client = BlobServiceClient.fromConnectionString(connectionString, {
    retryOptions: { maxTries: 3, tryTimeoutInMs: 5_000, retryDelayInMs: 100 },
  }).getContainerClient(container);
  let ready: Promise<unknown> | undefined;
  const ensureContainer = async (): Promise<void> => {
    ready ??= client.createIfNotExists();
    try {
      await ready;
    } catch (error) {
      ready = undefined;
      throw error;
    }
  };

  return {
    put: (name, bytes, contentType) =>
      available(async () => {
        await ensureContainer();
        await client.getBlockBlobClient(name).uploadData(bytes, { blobHTTPHeaders: { blobContentType: contentType } });
      }),
    get: (name) => available(() => download(client, name)),
    delete: (name) => available(async () => void (await client.getBlockBlobClient(name).deleteIfExists())),
    check: () => available(ensureContainer),
  };
}

async function download(client: ContainerClient, name: string): Promise<StoredBlob | undefined> {
  const blob = client.getBlockBlobClient(name);
  try {
    const bytes = await blob.downloadToBuffer();
    const { contentType, etag } = await blob.getProperties();
    return { bytes, contentType: contentType ?? 'application/octet-stream', etag: etag ?? `"${name}"` };
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return undefined;
    throw error;
  }
}

async function available<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new ServiceUnavailable('The storage of files is away at the moment.', error);
  }
}
