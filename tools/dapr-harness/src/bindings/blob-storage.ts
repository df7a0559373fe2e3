import { randomUUID } from 'node:crypto';
import { ContainerClient, RestError, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { DeleteSnapshotsOptionType, PublicAccessType } from '@azure/storage-blob';
import { isTruthy, metadataValue } from '../resources/component.ts';
import type { Component } from '../resources/component.ts';
import { messageOf } from '../message-of.ts';
import { listBlobs } from './blob-list.ts';
import { uploadProperties } from './blob-properties.ts';
import { fromBase64, unquoted } from './output-binding.ts';
import type { BindingAnswer, BindingRequest, OutputBinding } from './output-binding.ts';

const TRUE_WORDS = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE_WORDS = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

type Container = { client: ContainerClient; decodesBase64: boolean };

/**
 * `bindings.azure.blobstorage` on an account key or a connection string, e.g. of Azurite. Of Dapr's operations, those on many blobs at
 * once and `presign` are not in the harness. Makes the container when it is not there.
 */
export async function createBlobStorage(component: Component): Promise<OutputBinding> {
  const client = containerClient(component);
  if (!isTruthy(metadataValue(component, 'disableEntityManagement'))) {
    const access = metadataValue(component, 'publicAccessLevel');
    await client.createIfNotExists(access && access !== 'none' ? { access: access as PublicAccessType } : {});
  }
  const container = { client, decodesBase64: isTruthy(metadataValue(component, 'decodeBase64')) };

  return {
    operations: ['create', 'get', 'delete', 'list', 'bulkGet', 'bulkCreate', 'bulkDelete', 'presign'],
    invoke: async (request) => {
      if (request.operation === 'create') return create(container, request);
      if (request.operation === 'get') return get(container, request);
      if (request.operation === 'delete') return remove(container, request);
      if (request.operation === 'list') return listBlobs(client, request.data);
      throw new Error(`operation ${request.operation} is not in the harness`);
    },
  };
}

async function create({ client, decodesBase64 }: Container, request: BindingRequest): Promise<BindingAnswer> {
  const { blobName: named, signTTL: _signTtl, ...rest } = request.metadata;
  const blobName = named || randomUUID();
  const properties = uploadProperties(rest);
  const content = unquoted(request.data);
  const data = decodesBase64 ? fromBase64(content) : content;
  if (!data) throw new Error('illegal base64 data at input byte 0');

  const blob = client.getBlockBlobClient(blobName);
  await blob.uploadData(data, properties).catch((error: unknown) => {
    throw new Error(`error uploading az blob: ${messageOf(error)}`);
  });
  const answer = JSON.stringify({ blobURL: blob.url, blobName });
  return { data: Buffer.from(answer), metadata: { blobName } };
}

async function get({ client }: Container, { metadata }: BindingRequest): Promise<BindingAnswer> {
  const blob = client.getBlockBlobClient(requiredName(metadata));
  const data = await blob.downloadToBuffer().catch((error: unknown) => {
    throw isNotFound(error) ? blobNotFound() : new Error(`error downloading az blob: ${messageOf(error)}`);
  });
  if (!wantsMetadata(metadata['includeMetadata'])) return { data };
  const properties = await blob.getProperties();
  return { data, metadata: properties.metadata ?? {} };
}

async function remove({ client }: Container, { metadata }: BindingRequest): Promise<BindingAnswer> {
  const blobName = requiredName(metadata);
  const snapshots = metadata['deleteSnapshots'] ?? '';
  if (!['', 'include', 'only'].includes(snapshots)) {
    throw new Error(`invalid delete snapshot option type: ${snapshots}; allowed: [include only]`);
  }
  // Dapr sends the header even when it is empty; Azure takes that, Azurite does not.
  const deleteSnapshots = snapshots as DeleteSnapshotsOptionType;
  await client
    .getBlockBlobClient(blobName)
    .delete({ deleteSnapshots })
    .catch((error: unknown) => {
      throw isNotFound(error) ? blobNotFound() : error;
    });
  return undefined;
}

function containerClient(component: Component): ContainerClient {
  const name = metadataValue(component, 'containerName', 'container', 'storageAccountContainer');
  if (!name) throw new Error('missing or empty containerName field from metadata');
  const connectionString = metadataValue(component, 'connectionString');
  if (connectionString) return new ContainerClient(connectionString, name);

  const account = metadataValue(component, 'accountName', 'storageAccount', 'storageAccountName');
  if (!account) throw new Error('missing or empty accountName field from metadata');
  const key = metadataValue(component, 'accountKey', 'accessKey', 'storageAccessKey', 'storageAccountKey');
  if (!key) throw new Error('the harness needs an accountKey or a connectionString');
  const endpoint = metadataValue(component, 'endpoint', 'storageEndpoint', 'storageAccountEndpoint');
  const url = endpoint ? `${endpoint.replace(/\/$/, '')}/${account}` : `https://${account}.blob.core.windows.net`;
  return new ContainerClient(`${url}/${name}`, new StorageSharedKeyCredential(account, key));
}

function requiredName(metadata: BindingRequest['metadata']): string {
  const name = metadata['blobName'];
  if (!name) throw new Error('blobName is a required attribute');
  return name;
}

function wantsMetadata(word: string | undefined): boolean {
  if (word === undefined || FALSE_WORDS.includes(word)) return false;
  if (TRUE_WORDS.includes(word)) return true;
  const problem = `strconv.ParseBool: parsing ${JSON.stringify(word)}: invalid syntax`;
  const where = `error parsing metadata \`includeMetadata\` with value \`${word}\` as bool`;
  throw new Error(`error parsing metadata: ${where}: ${problem}`);
}

function isNotFound(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 404;
}

function blobNotFound(): Error {
  return new Error('blob not found');
}
