import { run } from '@commons/platform';
import { service } from './service.ts';

await run(service);
