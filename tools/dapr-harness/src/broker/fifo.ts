/** A first-in, first-out line that stays fast when it is long. */
export type Fifo<T> = { push(item: T): void; shift(): T | undefined; list(): T[]; readonly length: number };

const COMPACT_FROM = 1024;

export function createFifo<T>(): Fifo<T> {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    push: (item) => void items.push(item),
    shift: () => {
      if (head >= items.length) return undefined;
      const item = items[head];
      items[head++] = undefined;
      if (head >= COMPACT_FROM && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
    list: () => items.slice(head) as T[],
    get length() {
      return items.length - head;
    },
  };
}
