import type { BlobItem, ContainerClient } from '@azure/storage-blob';
import { goBool, goInt, goString, goStruct, unmarshalGoJson } from '../go-json/decode.ts';
import type { BindingAnswer } from './output-binding.ts';

const MAX_RESULTS = 5000;

const listPayload = goStruct('blobstorage.listPayload', {
  marker: { name: 'marker', type: goString },
  prefix: { name: 'prefix', type: goString },
  maxResults: { name: 'maxResults', type: goInt },
  include: {
    name: 'include',
    type: goStruct('blobstorage.listInclude', {
      copy: { name: 'copy', type: goBool },
      metadata: { name: 'metadata', type: goBool },
      snapshots: { name: 'snapshots', type: goBool },
      uncommittedBlobs: { name: 'uncommittedBlobs', type: goBool },
      deleted: { name: 'deleted', type: goBool },
    }),
  },
});

/** Lists the blobs of a container: `{ marker, prefix, maxResults, include }` to Azure's own description of each. */
export async function listBlobs(client: ContainerClient, data: string): Promise<BindingAnswer> {
  const { marker, prefix, maxResults, include } = unmarshalGoJson(Buffer.from(data), listPayload);
  const max = maxResults > 0 ? maxResults : MAX_RESULTS;
  const pages = client
    .listBlobsFlat({
      prefix,
      includeCopy: include.copy,
      includeMetadata: include.metadata,
      includeSnapshots: include.snapshots,
      includeUncommitedBlobs: include.uncommittedBlobs,
      includeDeleted: include.deleted,
    })
    .byPage({ maxPageSize: max, ...(marker === '' ? {} : { continuationToken: marker }) });

  const blobs: object[] = [];
  const metadata = { marker: '', number: '0', pagesTraversed: '0' };
  for await (const page of pages) {
    blobs.push(...page.segment.blobItems.map(described));
    metadata.marker = page.marker ?? '';
    metadata.number = String(blobs.length);
    metadata.pagesTraversed = String(Number(metadata.pagesTraversed) + 1);
    if (blobs.length >= max) break;
  }
  return { data: Buffer.from(JSON.stringify(blobs)), metadata };
}

/** Azure's names of properties, in the order in which Go's client writes them; after `=` their names here, where they are others. */
const PROPERTIES = `
  ETag=etag LastModified AccessTier AccessTierChangeTime=accessTierChangedOn AccessTierInferred ArchiveStatus BlobSequenceNumber BlobType
  CacheControl ContentDisposition ContentEncoding ContentLanguage ContentLength ContentMD5 ContentType
  CopyCompletionTime=copyCompletedOn CopyID=copyId CopyProgress CopySource CopyStatus CopyStatusDescription CreationTime=createdOn
  CustomerProvidedKeySHA256=customerProvidedKeySha256 DeletedTime=deletedOn DestinationSnapshot EncryptionScope ExpiresOn
  ImmutabilityPolicyExpiresOn ImmutabilityPolicyMode IncrementalCopy IsSealed LastAccessedOn LeaseDuration LeaseState LeaseStatus
  LegalHold RehydratePriority RemainingRetentionDays ServerEncrypted TagCount`
  .trim()
  .split(/\s+/)
  .map((entry) => {
    const [name = '', ours = name.charAt(0).toLowerCase() + name.slice(1)] = entry.split('=');
    return { name, ours };
  });

/** A blob as Go's Azure client writes it, where every field is there. */
function described(blob: BlobItem): object {
  const properties = blob.properties as unknown as Record<string, unknown>;
  return {
    Deleted: blob.deleted || null,
    Name: blob.name,
    Properties: Object.fromEntries(PROPERTIES.map(({ name, ours }) => [name, shown(properties[ours])])),
    Snapshot: blob.snapshot || null,
    BlobTags: null,
    HasVersionsOnly: blob.hasVersionsOnly ?? null,
    IsCurrentVersion: blob.isCurrentVersion ?? null,
    Metadata: blob.metadata ?? null,
    OrMetadata: null,
    VersionID: blob.versionId ?? null,
  };
}

function shown(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.\d+Z$/, 'Z');
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value ?? null);
}
