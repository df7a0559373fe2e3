import type { ChatMessage } from '@commons/contracts';
import type { User } from '@commons/platform';
import type { ServerFrame } from './frames.ts';

/** Who is at the other end of a WebSocket. */
export type SocketOwner = {
  user: User;
  /** When the token was issued, in seconds since 1970. */
  issuedAt: number;
  address: string;
  userAgent: string | null;
};

/** What can be done with a WebSocket. */
export type Wire = {
  /** Sends at once. A client that has let too much wait is cut off. @returns whether it was written. */
  send(frame: ServerFrame): boolean;
  /** Sends, and waits until there is room for more. @returns whether the WebSocket is still open. */
  sendInPace(frame: ServerFrame): Promise<boolean>;
  close(code: number, reason: string): void;
};

/** Messages of a chat, from one seq to another, both among them. */
export type SeqRange = { from: number; to: number };

/** A message that came before its client has said where it wants to begin. */
export type HeldMessage = { message: ChatMessage; newFrom: number };

/** Who wrote a post, and whether everybody may see it. */
export type SeenPost = { authorId: string; isPublic: boolean };

/** A post that is watched, and the revision of its likes that was told of last. */
export type WatchedPost = SeenPost & { revision: number };

/** One open WebSocket, as the rest of the service sees it. */
export type Connection = SocketOwner &
  Wire & {
    /** In milliseconds since 1970. */
    openedAt: number;
    /** Posts that it watches, by id. */
    watched: Map<string, WatchedPost>;
    /** By chat, the messages that it was given. */
    delivered: Map<string, SeqRange>;
    /** Chats in which it is being given what it missed, each with that work: what is new there comes by the same way. */
    catchingUp: Map<string, Promise<void>>;
    /** Undefined once it is clear where it begins. */
    held: HeldMessage[] | undefined;
    /** By chat, when others were told last that its user is writing, in milliseconds since 1970. */
    typedAt: Map<string, number>;
    /** By user, what it was last told of their presence. */
    presences: Map<string, { online: boolean; revision: number }>;
  };

export function createConnection(owner: SocketOwner, wire: Wire, openedAt: number): Connection {
  return {
    ...owner,
    ...wire,
    openedAt,
    watched: new Map(),
    delivered: new Map(),
    catchingUp: new Map(),
    held: [],
    typedAt: new Map(),
    presences: new Map(),
  };
}
