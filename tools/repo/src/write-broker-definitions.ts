/** npm run broker-definitions: writes what RabbitMQ is to hold before any service starts, and the components by which topics are read. */
import { writeBrokerFiles } from './components/write-broker-files.ts';

await writeBrokerFiles(new URL('../../../', import.meta.url));
console.log(
  "Wrote components/rabbitmq/definitions.json and the components of topics from the services' subscriptions.",
);
