/** Runs a RabbitMQ and stays until it is killed. Arguments: its folder, its definitions. */
import { startRabbitmq } from '../../src/rabbitmq/start-rabbitmq.ts';

const [dataDir = '', definitionsFile = ''] = process.argv.slice(2);
const rabbitmq = await startRabbitmq({ dataDir, user: 'commons', password: 'secret', definitionsFile });
console.log(rabbitmq.connectionString);
setInterval(() => undefined, 60_000);
