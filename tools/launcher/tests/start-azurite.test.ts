import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { expect, it } from '@jest/globals';
import { startAzurite } from '../src/azurite/start-azurite.ts';
import { runProgram } from './run-program.ts';
import { aFolder } from './temp-folder.ts';

const accountKey = Buffer.alloc(64, 7).toString('base64');

it('keeps a blob that was written just before its launcher was killed', async () => {
  const dataDir = await aFolder();
  const launcher = runProgram('./programs/hold-azurite.ts', { args: [dataDir, accountKey] });
  const connectionString = await launcher.printed('AccountName=commons');
  await blobAt(connectionString).upload('bytes', 5);
  launcher.kill('SIGKILL');
  await launcher.ended;

  const again = await startAzurite({ dataDir, accountKey });
  await again.ready;
  const kept = await blobAt(again.connectionString).downloadToBuffer();
  await again.stop();

  expect(kept.toString()).toBe('bytes');
});

it('refuses another key', async () => {
  const azurite = await startAzurite({ dataDir: await aFolder(), accountKey });
  await azurite.ready;
  const stranger = azurite.connectionString.replace(accountKey, Buffer.alloc(64, 8).toString('base64'));

  await expect(blobAt(stranger).upload('bytes', 5)).rejects.toMatchObject({ statusCode: 403 });

  await azurite.stop();
});

it('says where to look when it does not start', async () => {
  const dataDir = await aFolder();
  await mkdir(join(dataDir, 'content'), { recursive: true });
  await writeFile(join(dataDir, 'content', '__azurite_db_blob__.json'), 'nonsense');

  const azurite = await startAzurite({ dataDir, accountKey });

  await expect(azurite.ready).rejects.toThrow(
    `Azurite, which keeps images, did not start: see ${dataDir}/azurite.log, then try again.`,
  );
});

function blobAt(connectionString: string) {
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('photos');
  return {
    async upload(text: string, length: number): Promise<void> {
      await container.createIfNotExists();
      await container.getBlockBlobClient('one').upload(text, length);
    },
    downloadToBuffer: () => container.getBlockBlobClient('one').downloadToBuffer(),
  };
}
