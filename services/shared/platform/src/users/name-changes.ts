/** Fields of a document by name: values, or expressions of MongoDB where a change is made. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a service keeps of a user beside the name, all in one document. */
export type NameShape = {
  /** Stands for a name that is not known, or no longer. */
  noName: string | null;
  /** The service's own fields, as they are in a new document. */
  fresh: Fields;
  /** What they become once the user is erased: if not given, what they were in the beginning. */
  erased?: Fields;
};

/** Stages of an update; it is to be one with `upsert`. */
export type Stages = { $set: Fields }[];

/** The ways in which the document of a user's name changes. */
type NameChanges = {
  /** Of the service's own fields. */
  own(change: Fields): Stages;
  /** The user does something, under a name that came with it: it is kept until `auth` has announced one. Never leaves all as it was. */
  act(username: string, change: Fields): Stages;
  /** Of nothing that is looked at. */
  hold(): Stages;
  /** `auth` announces a name: it is taken over, unless a later one is there. */
  rename(username: string, revision: number): Stages;
  /** The user goes: no name is later than none. */
  erase(at: Date): Stages;
};

const UNKNOWN = -1;
const OF_A_DEED = 0;
const LAST = Number.MAX_SAFE_INTEGER;
/** MongoDB takes a write that changes nothing for none: it would keep nobody off. */
const HELD = { holds_count: { $add: [{ $ifNull: ['$holds_count', 0] }, 1] } };

/** The changes of names that are kept in such documents, which come in any order, and more than once. */
export function nameChanges({ noName, fresh, erased = fresh }: NameShape): NameChanges {
  const beginning = { username: noName, username_revision: UNKNOWN, ...fresh, erased_at: null };
  const begin = { $set: mapValues(beginning, (value, field) => ({ $ifNull: [`$${field}`, { $literal: value }] })) };

  return {
    own: (change) => [begin, { $set: change }],
    act(username, change) {
      const isAnnounced = { $gt: ['$username_revision', OF_A_DEED] };
      const name = {
        username: { $cond: [isAnnounced, '$username', { $literal: username }] },
        username_revision: { $max: ['$username_revision', OF_A_DEED] },
      };
      return [begin, { $set: { ...name, ...change, ...HELD } }];
    },
    hold: () => [begin, { $set: HELD }],
    rename: (username, revision) => [begin, { $set: unlessLater('username_revision', revision, { username }) }],
    erase(at) {
      const nothing = { username: noName, username_revision: LAST, ...erased, erased_at: at };
      return [begin, { $set: mapValues(nothing, (value) => ({ $literal: value })) }];
    },
  };
}

/** Takes values over with their revision, unless a document has later ones. A change within stages, of fields that are there. */
export function unlessLater(revisionField: string, revision: number, values: Fields): Fields {
  const isNotEarlier = { $lte: [`$${revisionField}`, revision] };
  return mapValues({ ...values, [revisionField]: revision }, (value, field) => ({
    $cond: [isNotEarlier, { $literal: value }, `$${field}`],
  }));
}

const mapValues = (fields: Fields, map: (value: unknown, field: string) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, map(value, field)]));
