import type { Ledger } from '../ledger/ledger.ts';
import { dueNotifications, keyOf, type Due } from './due-notifications.ts';
import type { Finding, Observed, Problem, SeenNotification } from './observed.ts';

/** Whether everybody was told of what they should be told, once, and of nothing else. */
export function checkNotifications(ledger: Ledger, seen: Observed): Finding[] {
  const due = dueNotifications(ledger, seen);
  const found = new Map<string, SeenNotification[]>();
  for (const { id, notifications } of seen.users.values())
    for (const notification of notifications) {
      const key = keyOf(id, notification);
      found.set(key, [...(found.get(key) ?? []), notification]);
    }
  return [
    {
      name: 'every notification that is due exists',
      kind: 'loss',
      problems: [...due.due].flatMap(([key, { at }]) =>
        found.has(key) ? [] : [{ what: `nobody told ${key}`, ...(at !== undefined && { at }) }],
      ),
    },
    {
      name: 'no notification exists twice, or without a reason',
      kind: 'double',
      problems: [...found].flatMap(([key, those]) => checkExcess(due, ledger, key, those)),
    },
    {
      name: 'notifications of likes tell of as many people as like it',
      kind: 'count',
      problems: [...found].flatMap(([key, [first]]) => checkActors(due, key, first)),
    },
    {
      name: 'what was marked as read stays read',
      kind: 'loss',
      problems: [...seen.users.values()].flatMap(({ notifications }) =>
        notifications
          .filter(({ id, read }) => ledger.read.has(id) && !read)
          .map(({ id }) => ({ what: `notification ${id} is unread again` })),
      ),
    },
  ];
}

function checkExcess({ due, possible }: Due, ledger: Ledger, key: string, those: SeenNotification[]): Problem[] {
  if (those.length > 1) return [{ what: `told ${those.length} times: ${key}` }];
  if (due.has(key) || possible.has(key)) return [];
  return isAboutLoose(ledger, those) ? [] : [{ what: `told without a reason: ${key}` }];
}

/** A comment that was never answered for may be there, and be told of; nobody knows its id. */
function isAboutLoose({ comments, loose }: Ledger, [first]: SeenNotification[]): boolean {
  const isUnknown = first?.commentId !== undefined && !comments.has(first.commentId);
  return isUnknown && [...loose.values()].some(({ kind, mayExist }) => kind === 'comment' && mayExist);
}

function checkActors({ due }: Due, key: string, notification: SeenNotification | undefined): Problem[] {
  const actors = due.get(key)?.actors;
  if (actors === undefined || !notification) return [];
  const told = 1 + Number(/ and (\d+) others? /.exec(notification.message)?.[1] ?? 0);
  return told === actors ? [] : [{ what: `${key} tells of ${told}, and ${actors} like it` }];
}
