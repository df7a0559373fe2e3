import { expect } from '@jest/globals';
import type { Account, Client, Reply } from './client.ts';
import type { Frame, Socket } from './socket.ts';

/** What is done to chats over HTTP, and what is seen of them there. */
export function createChats(api: Client) {
  const get = (path: string, as: Account): Promise<Reply> => api.send('GET', path, { as });
  const post = (path: string, as: Account, body: object): Promise<Reply> => api.send('POST', path, { as, body });
  const open = async (as: Account, body: object): Promise<string> => {
    const reply = await post('/api/chats', as, body);
    expect(reply.status).toBe(201);
    return reply.body.id as string;
  };

  return {
    openDirect: (as: Account, { id }: Account): Promise<string> => open(as, { type: 'direct', participant_ids: [id] }),
    openGroup: (as: Account, others: readonly Account[], title: string): Promise<string> =>
      open(as, { type: 'group', title, participant_ids: others.map(({ id }) => id) }),
    list: async (as: Account): Promise<{ id: string; type: string; title: string | null }[]> =>
      (await get('/api/chats', as)).body.results as { id: string; type: string; title: string | null }[],
    show: (chatId: string, as: Account): Promise<Reply> => get(`/api/chats/${chatId}`, as),
    messages: (chatId: string, as: Account): Promise<Reply> => get(`/api/chats/${chatId}/messages`, as),
    say: (chatId: string, as: Account, content: string): Promise<Reply> =>
      post(`/api/chats/${chatId}/messages`, as, { content }),
    read: (chatId: string, as: Account, seq: number): Promise<Reply> => post(`/api/chats/${chatId}/read`, as, { seq }),
  };
}

/** The names of those in a chat, as it was answered. */
export const namesIn = ({ body }: Reply): string[] =>
  (body.participants as { username: string }[]).map(({ username }) => username).toSorted();

/** Sends a frame over a socket, and waits for its answer. `id` is one that this socket has not used yet. */
export function ask(socket: Socket, { id, ...frame }: Frame & { id: string }): Promise<Frame> {
  socket.send({ ...frame, id });
  return socket.frame((answer) => answer.id === id && ['ack', 'pong', 'error'].includes(answer.type));
}

/** What a socket was told of the messages of a chat, in the order in which it was told. */
export const toldOf = (socket: Socket, chatId: string): { seq: number; content: string }[] =>
  socket.frames.flatMap(({ type, data }) =>
    type === 'message.created' && data.chat_id === chatId
      ? [{ seq: data.seq as number, content: data.content as string }]
      : [],
  );

/** Waits until a socket has been told of a message of a chat, by its content. */
export const heard = (socket: Socket, chatId: string, content: string): Promise<Frame> =>
  socket.frame(({ type, data }) => type === 'message.created' && data.chat_id === chatId && data.content === content);
