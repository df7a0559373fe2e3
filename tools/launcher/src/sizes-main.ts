/**
 * Prints what the documents of a platform that has stopped take, as a table in Markdown. Argument: the folder of its data, by default that of
 * `npm start`.
 */
import { join } from 'node:path';
import { documentSizes } from './mongod/document-sizes.ts';
import { startMongod } from './mongod/start-mongod.ts';

const mongod = await startMongod({
  dataDir: join(process.argv[2] ?? '.data/embedded', 'mongod'),
  say: (line) => console.error(line),
});
try {
  console.log(
    '| collection | documents | bytes each | on the disk | in indexes |\n| --- | ---: | ---: | ---: | ---: |',
  );
  for (const { collection, documents, bytes, onDisk, inIndexes } of await documentSizes(mongod.uri)) {
    console.log(`| ${[collection, documents, bytes, onDisk, inIndexes].join(' | ')} |`);
  }
} finally {
  await mongod.stop();
}
