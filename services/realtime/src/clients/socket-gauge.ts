import { Gauge, type Registry } from 'prom-client';

/** Says in the metrics how many WebSockets are open. */
export function showOpenSockets(registry: Registry, count: () => number): void {
  new Gauge({
    name: 'websockets_open',
    help: 'WebSockets that are open at this replica',
    registers: [registry],
    collect() {
      this.set(count());
    },
  });
}
