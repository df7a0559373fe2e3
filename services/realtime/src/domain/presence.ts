/** Whether somebody is there: at which replicas they have connections, and whether others may know. */
export type Presence = {
  userId: string;
  replicas: readonly string[];
  isHidden: boolean;
  /** Order of the changes of `isHidden`, as `profile` counts them. */
  hiddenRevision: number;
  /** Order of the changes that others see. */
  revision: number;
  /** Of a deleted user nothing is kept but that. */
  isErased: boolean;
};

/** A change that others see. */
export type PresenceFlip = { userId: string; online: boolean; revision: number };

export const noPresence = (userId: string): Presence => ({
  userId,
  replicas: [],
  isHidden: false,
  hiddenRevision: -1,
  revision: 0,
  isErased: false,
});

export const isShown = ({ replicas, isHidden }: Presence): boolean => replicas.length > 0 && !isHidden;

/** The presence after its user has come to a replica, or has no connection there any more. */
export function moved(before: Presence, replica: string, isThere: boolean): Presence {
  if (before.isErased || before.replicas.includes(replica) === isThere) return before;
  const others = before.replicas.filter((each) => each !== replica);
  return counted(before, { ...before, replicas: isThere ? [...others, replica] : others });
}

/** The presence after its user has said whether others may know; what is older than what is known does not count. */
export function hidden(before: Presence, isHidden: boolean, hiddenRevision: number): Presence {
  const isNews = hiddenRevision >= before.hiddenRevision && isHidden !== before.isHidden;
  if (before.isErased || !(isNews || hiddenRevision > before.hiddenRevision)) return before;
  return counted(before, { ...before, isHidden, hiddenRevision });
}

/** What is left of the presence of a deleted user: nobody is told of them again. */
export const erased = (before: Presence): Presence =>
  counted(before, { ...noPresence(before.userId), revision: before.revision, isErased: true });

/** What others see differently after a change. */
export function flipOf(before: Presence, after: Presence): PresenceFlip | undefined {
  if (isShown(before) === isShown(after)) return undefined;
  return { userId: after.userId, online: isShown(after), revision: after.revision };
}

function counted(before: Presence, after: Presence): Presence {
  return isShown(before) === isShown(after) ? after : { ...after, revision: before.revision + 1 };
}
