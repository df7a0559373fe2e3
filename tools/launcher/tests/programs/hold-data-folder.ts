import { openDataFolder } from '../../src/data-folder/open-data-folder.ts';

await openDataFolder(process.argv[2] ?? '');
console.log('held');
setInterval(() => undefined, 60_000);
