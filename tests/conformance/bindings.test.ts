import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from './target/azurite.ts';
import type { Azurite } from './target/azurite.ts';
import { jsonOf, post, send } from './target/client.ts';
import { component } from './target/resources.ts';
import { startTarget } from './target/target.ts';
import type { Target } from './target/target.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let root: string;
let azurite: Azurite;
let target: Target;

const invoke = (binding: string, request: unknown, headers = {}) =>
  post(`${target.url('bindings-app')}/v1.0/bindings/${binding}`, request, headers);

const failure = (binding: string, reason: string) => ({
  status: 500,
  body: {
    errorCode: 'ERR_INVOKE_OUTPUT_BINDING',
    message: `error invoking output binding ${binding}: ${reason}`,
  },
});

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'conformance-bindings-')));
  azurite = await startAzurite();
  const { endpoint, accountName, accountKey } = azurite;
  target = await startTarget({
    resources: [
      component('files', 'bindings.localstorage', { rootPath: join(root, 'made', 'files') }),
      component('blobs', 'bindings.azure.blobstorage', {
        endpoint,
        storageAccount: accountName,
        storageAccessKey: accountKey,
        container: 'photos',
      }),
      component('decoded-blobs', 'bindings.azure.blobstorage', {
        endpoint,
        accountName,
        accountKey,
        containerName: 'photos',
        decodeBase64: 'true',
      }),
    ],
    apps: [{ id: 'bindings-app' }],
  });
}, 90_000);

afterAll(async () => {
  await target.close();
  await azurite.close();
  await rm(root, { recursive: true });
});

describe('any output binding', () => {
  it('must be there', async () => {
    expect(jsonOf(await invoke('nowhere', { operation: 'get' }))).toEqual(
      failure('nowhere', "couldn't find output binding nowhere"),
    );
  });

  it('needs an operation', async () => {
    const answers = [await invoke('files', {}), await invoke('nowhere', {})];

    expect(answers.map(jsonOf)).toEqual([
      failure('files', 'operation field is missing from request'),
      failure('nowhere', 'operation field is missing from request'),
    ]);
  });

  it('says which operations it has', async () => {
    const answers = [await invoke('files', { operation: 'no-such' }), await invoke('blobs', { operation: 'no-such' })];

    expect(answers.map(jsonOf)).toEqual([
      failure('files', 'binding files does not support operation no-such. supported operations:create get list delete'),
      failure(
        'blobs',
        'binding blobs does not support operation no-such. supported operations:create get delete list bulkGet bulkCreate bulkDelete presign',
      ),
    ]);
  });

  it.each([
    ['', 'EOF'],
    ['[]', 'json: cannot unmarshal array into Go value of type http.OutputBindingRequest'],
    [
      '{"operation":5}',
      'json: cannot unmarshal number into Go struct field OutputBindingRequest.operation of type string',
    ],
    [
      '{"operation":"get","metadata":{"x":1}}',
      'json: cannot unmarshal number into Go struct field OutputBindingRequest.metadata of type string',
    ],
  ])('refuses the body %j', async (body, reason) => {
    expect(jsonOf(await invoke('files', body))).toEqual({
      status: 400,
      body: { errorCode: 'ERR_MALFORMED_REQUEST', message: `failed deserializing HTTP body: ${reason}` },
    });
  });

  it('may be invoked by PUT, and not by GET', async () => {
    const url = `${target.url('bindings-app')}/v1.0/bindings/files`;

    const answers = [await send(url, { method: 'PUT', body: '{"operation":"list"}' }), await send(url)];

    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
  });
});

describe('files on disk', () => {
  const inRoot = (name: string) => join(root, 'made', 'files', name);
  const create = (fileName: string, data?: unknown) =>
    invoke('files', { operation: 'create', data, metadata: { fileName } });
  const on = (operation: string, fileName?: string) =>
    invoke('files', { operation, metadata: fileName === undefined ? {} : { fileName } });

  it('are made with their folders, and read back', async () => {
    const created = await create('a/b.txt', 'hello, <é>\n');
    const got = await on('get', 'a/b.txt');

    expect(jsonOf(created)).toEqual({ status: 200, body: { fileName: 'a/b.txt' } });
    expect({ status: got.status, type: got.headers['content-type'], body: got.body }).toEqual({
      status: 200,
      type: 'application/json',
      body: 'hello, <é>\n',
    });
  });

  it('get a name when they have none', async () => {
    const created = jsonOf(await invoke('files', { operation: 'create', data: 'x' }));

    expect(created).toEqual({ status: 200, body: { fileName: expect.stringMatching(UUID) } });
  });

  it('hold JSON where the data is no text', async () => {
    await create('data.json', { b: '<1>', a: [true] });

    expect((await on('get', 'data.json')).body).toBe('{"a":[true],"b":"\\u003c1\\u003e"}');
  });

  it.each([
    ['base64', 'aGVsbG8=', Buffer.from('hello')],
    ['a word that happens to be base64', 'test', Buffer.from('test', 'base64')],
    ['no data at all, which reads as base64 too', undefined, Buffer.from('null', 'base64')],
    ['what is nearly base64', 'hello', Buffer.from('hello')],
  ])('are decoded from %s', async (_, data, content) => {
    await create('decoded', data);

    expect(await readFile(inRoot('decoded'))).toEqual(content);
  });

  it('are listed in the order of their names, with their whole paths', async () => {
    await create('list/b.txt', 'x');
    await create('list/c', 'x');
    await create('list/b/deep', 'x');

    expect(jsonOf(await on('list', 'list'))).toEqual({
      status: 200,
      body: ['list/b/deep', 'list/b.txt', 'list/c'].map(inRoot),
    });
  });

  it('are listed as null in an empty folder', async () => {
    await mkdir(inRoot('empty'));

    expect(jsonOf(await on('list', 'empty'))).toEqual({ status: 200, body: null });
  });

  it('are deleted, a folder only when it is empty', async () => {
    await create('folder/file', 'x');

    const full = await on('delete', 'folder');
    const file = await on('delete', 'folder/file');
    const empty = await on('delete', 'folder');

    expect(jsonOf(full)).toEqual(
      failure('files', `error deleting file ${inRoot('folder')}: remove ${inRoot('folder')}: directory not empty`),
    );
    expect([file.status, file.body, empty.status]).toEqual([204, '', 204]);
  });

  it('are named in what goes wrong with them', async () => {
    await create('there', 'x');
    const missing = inRoot('missing');

    const answers = [
      await on('get', 'missing'),
      await on('get'),
      await on('list', 'missing'),
      await on('list', 'there'),
      await on('delete', 'missing'),
    ];

    expect(answers.map(jsonOf)).toEqual([
      failure('files', `file not found: ${missing}`),
      failure('files', `error reading file ${inRoot('')}: read ${inRoot('')}: is a directory`),
      failure('files', `error getting stats for path ${missing}: stat ${missing}: no such file or directory`),
      failure('files', `unable to list files as the file specified is not a directory: ${inRoot('there')}`),
      failure('files', `error deleting file ${missing}: remove ${missing}: no such file or directory`),
    ]);
  });

  it('stay under the root, whatever their names and links say', async () => {
    await create('seed', 'x');
    await symlink(root, inRoot('out'));

    const up = await create('../../../up', 'u');
    const linked = await create('out/linked', 'l');

    expect([up, linked].map(jsonOf)).toEqual([
      { status: 200, body: { fileName: 'up' } },
      { status: 200, body: { fileName: `${root.slice(1)}/linked` } },
    ]);
    expect(await readFile(inRoot('up'), 'utf8')).toBe('u');
    await rm(inRoot('out'));
  });
});

describe('blobs in Azure', () => {
  const create = (blobName: string, data: unknown, metadata = {}, binding = 'blobs') =>
    invoke(binding, { operation: 'create', data, metadata: { blobName, ...metadata } });
  const on = (operation: string, metadata: Record<string, string>) => invoke('blobs', { operation, metadata });
  const list = (data: object) => invoke('blobs', { operation: 'list', data });

  it('are made, and read back', async () => {
    const created = await create('made.txt', 'hello, é');
    const got = await on('get', { blobName: 'made.txt' });

    expect({ ...jsonOf(created), header: created.headers['metadata.blobname'] }).toEqual({
      status: 200,
      body: { blobURL: `${azurite.endpoint}/devstoreaccount1/photos/made.txt`, blobName: 'made.txt' },
      header: 'made.txt',
    });
    expect({ status: got.status, type: got.headers['content-type'], body: got.body }).toEqual({
      status: 200,
      type: 'application/json',
      body: 'hello, é',
    });
  });

  it('get a name when they have none', async () => {
    const created = jsonOf(await invoke('blobs', { operation: 'create', data: 'x' }));

    expect(created).toMatchObject({ status: 200, body: { blobName: expect.stringMatching(UUID) } });
  });

  it('are decoded from base64 when the component says so', async () => {
    await create('not-decoded', 'aGVsbG8=');
    await create('decoded', 'aGVsbG8=', {}, 'decoded-blobs');

    const bodies = [await on('get', { blobName: 'not-decoded' }), await on('get', { blobName: 'decoded' })];

    expect(bodies.map(({ body }) => body)).toEqual(['aGVsbG8=', 'hello']);
  });

  it('give back their metadata when asked, the trace among them', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await create('described', 'x', { owner: 'ada', 'odd-key': 'vé', contentType: 'text/plain' });
    await invoke('blobs', { operation: 'create', data: 'x', metadata: { blobName: 'traced' } }, { traceparent });

    const plain = await on('get', { blobName: 'described' });
    const described = await on('get', { blobName: 'described', includeMetadata: 'true' });
    const traced = await on('get', { blobName: 'traced', includeMetadata: '1' });

    const metadataOf = ({ headers }: typeof plain) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('metadata.')));
    expect([plain, described, traced].map(metadataOf)).toEqual([
      {},
      {
        'metadata.owner': 'ada',
        'metadata.oddkey': 'v',
        'metadata.traceparent': '00-00000000000000000000000000000000-0000000000000000-00',
      },
      { 'metadata.traceparent': traceparent },
    ]);
  });

  it('are deleted', async () => {
    await create('deleted', 'x');
    const withSnapshots = { blobName: 'deleted', deleteSnapshots: 'include' };

    const deleted = await on('delete', withSnapshots);
    const again = await on('delete', withSnapshots);
    const got = await on('get', { blobName: 'deleted' });

    expect([deleted.status, deleted.body]).toEqual([204, '']);
    expect([again, got].map(jsonOf)).toEqual([failure('blobs', 'blob not found'), failure('blobs', 'blob not found')]);
  });

  it('are listed with what Azure knows of them', async () => {
    await create('listed/b', 'abc', { contentType: 'text/plain', owner: 'ada' });
    await create('listed/a', 'x');

    const listed = await list({ prefix: 'listed/', include: { metadata: true } });

    expect(jsonOf(listed)).toMatchObject({
      status: 200,
      body: [
        { Name: 'listed/a', Deleted: null, Snapshot: null },
        {
          Name: 'listed/b',
          Properties: {
            AccessTier: 'Hot',
            BlobType: 'BlockBlob',
            ContentLength: 3,
            ContentMD5: 'kAFQmDzST7DWlj99KOF/cg==',
            ContentType: 'text/plain',
            LeaseState: 'available',
            LeaseStatus: 'unlocked',
            ServerEncrypted: true,
            CopyID: null,
          },
          Metadata: { owner: 'ada', traceparent: expect.any(String) },
        },
      ],
    });
    const [, b] = jsonOf(listed).body as { Properties: object }[];
    expect(Object.keys(b!).join()).toBe(
      'Deleted,Name,Properties,Snapshot,BlobTags,HasVersionsOnly,IsCurrentVersion,Metadata,OrMetadata,VersionID',
    );
    expect(Object.keys(b!.Properties)).toHaveLength(40);
    expect([listed.headers['metadata.number'], listed.headers['metadata.pagestraversed']]).toEqual(['2', '1']);
  });

  it('are listed by the page', async () => {
    await create('paged/a', 'x');
    await create('paged/b', 'x');

    const page = await list({ prefix: 'paged/', maxResults: 1 });

    expect((jsonOf(page).body as { Name: string }[]).map(({ Name }) => Name)).toEqual(['paged/a']);
    expect(page.headers['metadata.number']).toBe('1');
  });

  it('are listed as an empty list where there are none', async () => {
    expect(jsonOf(await list({ prefix: 'nowhere/' }))).toEqual({ status: 200, body: [] });
  });

  it('are named for whatever is done with one', async () => {
    const answers = [await on('get', {}), await on('delete', {})];

    const unnamed = failure('blobs', 'blobName is a required attribute');
    expect(answers.map(jsonOf)).toEqual([unnamed, unnamed]);
  });

  it('are not touched by a request that makes no sense', async () => {
    const answers = [
      await create('bad-md5', 'x', { contentMD5: 'bad' }),
      await on('get', { blobName: 'made.txt', includeMetadata: 'x' }),
      await on('delete', { blobName: 'made.txt', deleteSnapshots: 'x' }),
      await list('x' as unknown as object),
    ];

    expect(answers.map(jsonOf)).toEqual([
      failure(
        'blobs',
        'the MD5 value specified in Content MD5 is invalid, MD5 value must be 128 bits and base64 encoded',
      ),
      failure(
        'blobs',
        'error parsing metadata: error parsing metadata `includeMetadata` with value `x` as bool: strconv.ParseBool: parsing "x": invalid syntax',
      ),
      failure('blobs', 'invalid delete snapshot option type: x; allowed: [include only]'),
      failure('blobs', 'json: cannot unmarshal string into Go value of type blobstorage.listPayload'),
    ]);
  });
});
