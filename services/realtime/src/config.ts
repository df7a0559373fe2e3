import { integerVariable } from '@commons/platform';
import { z } from 'zod';

/** What `realtime` reads from its environment, beside what every service reads. */
export const config = z.object({
  TICKET_SECONDS: integerVariable(1).default(30).describe('How long a ticket for a WebSocket is good'),
  SOCKETS_PER_USER: integerVariable(1).default(20).describe('Open WebSockets of one user on one replica'),
  SOCKETS_PER_ADDRESS: integerVariable(1).default(1000).describe('Open WebSockets of one address on one replica'),
  SOCKET_FRAMES_PER_SECOND: integerVariable(1).default(50).describe('Frames that one WebSocket may send in a second'),
  SOCKET_WAITING_BYTES: integerVariable(1024)
    .default(1024 * 1024)
    .describe('Bytes that may wait for a slow WebSocket before it is cut off'),
  SOCKET_HEARTBEAT_MS: integerVariable(50)
    .default(30_000)
    .describe('How often a WebSocket is asked for a sign of life, in milliseconds'),
  PRESENCE_EXPIRY_MS: integerVariable(300)
    .default(15_000)
    .describe('How long after its last sign of life a replica counts as dead, and its users as gone, in milliseconds'),
  PRESENCE_LINGER_MS: integerVariable()
    .default(2_000)
    .describe('How long somebody whose last WebSocket has closed still counts as there, in milliseconds'),
});

export type RealtimeConfig = z.infer<typeof config>;
