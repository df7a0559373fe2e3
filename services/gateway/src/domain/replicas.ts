/** How long a replica that did not take a connection is asked last, in milliseconds. */
const REST_MS = 2_000;

/** Whose turn it is among the replicas of a service. */
export type Replicas = {
  /** All of them in the order to try: each is first in turn, those that were away lately are last. */
  inTurn(): URL[];
  /** Takes note that one did not take a connection. */
  wasAway(replica: URL): void;
};

/** @param now in milliseconds, of any beginning. */
export function createReplicas(addresses: readonly URL[], now = (): number => performance.now()): Replicas {
  const awayUntil = new Map<URL, number>();
  let turn = 0;
  return {
    inTurn() {
      const first = turn++ % addresses.length;
      const order = [...addresses.slice(first), ...addresses.slice(0, first)];
      const isAway = (replica: URL): boolean => (awayUntil.get(replica) ?? -Infinity) > now();
      return [...order.filter((replica) => !isAway(replica)), ...order.filter(isAway)];
    },
    wasAway: (replica) => void awayUntil.set(replica, now() + REST_MS),
  };
}

/** Whether a text is a list of http addresses parted by commas. */
export const isAddressList = (text: string): boolean =>
  split(text).every((address) => URL.canParse(address) && new URL(address).protocol === 'http:');

/** The addresses in such a list. */
export const addressesOf = (text: string): URL[] => split(text).map((address) => new URL(address));

const split = (text: string): string[] => text.split(',').map((address) => address.trim());
