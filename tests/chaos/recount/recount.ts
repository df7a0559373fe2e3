import type { Ledger } from '../ledger/ledger.ts';
import { checkCounts } from './check-counts.ts';
import { checkLikes } from './check-likes.ts';
import { checkNotifications } from './check-notifications.ts';
import { checkWrites } from './check-writes.ts';
import type { DeadLetter, Finding, Observed } from './observed.ts';

/** Compares what was acknowledged with what is there. `poison`: ids of the events that nobody could have handled. */
export function recount(ledger: Ledger, seen: Observed, poison: ReadonlySet<string>): Finding[] {
  return [
    ...checkWrites(ledger, seen),
    ...checkLikes(ledger, seen),
    ...checkCounts(ledger, seen),
    ...checkNotifications(ledger, seen),
    {
      name: 'dead letters are explained by poison that the run sent',
      kind: 'rest',
      problems: seen.deadLetters.filter(({ id }) => !poison.has(id)).map((letter) => ({ what: describe(letter) })),
    },
  ];
}

const describe = ({ service, type, id }: DeadLetter): string => `${service} could not handle ${type} ${id}`;
