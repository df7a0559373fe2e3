import type { Message } from './api.ts';

/** What this client sends over the WebSocket. */
export interface ClientFrame {
  type: 'message.send' | 'chat.typing' | 'chat.read' | 'resume' | 'ping';
  id?: string;
  data?: object;
}

/** What the platform sends, as far as it is shown here; anything else is overlooked. */
export type ServerFrame =
  | { type: 'message.created' | 'message.edited' | 'message.deleted'; data: Message }
  | { type: 'chat.typing'; data: { chat_id: string; user_id: string } }
  | { type: 'chat.read'; data: { chat_id: string; user_id: string; seq: number } }
  | { type: 'presence'; data: { user_id: string; online: boolean } }
  | { type: 'ack'; id?: string }
  | { type: 'error'; id?: string; data: { detail: string } }
  | { type: 'pong' };
