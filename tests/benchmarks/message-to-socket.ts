import { openSocket } from '../end-to-end/support/socket.ts';
import { onPlatform, reportTimes, timeToSocket } from './support/to-socket.ts';

const MESSAGES = 200;

/** Measures how long after a message is posted the other's socket has it. */
await onPlatform(async (url, api) => {
  const [author, reader] = [await api.register(), await api.register()];
  const chat = await api.send('POST', '/api/chats', {
    as: author,
    body: { type: 'direct', participant_ids: [reader.id] },
  });
  if (chat.status !== 201) throw new Error(`the chat answered ${chat.status}: ${JSON.stringify(chat.body)}`);
  const socket = await openSocket(url, reader.token);
  socket.send({ type: 'ping', id: 'first' });
  await socket.frame(({ id }) => id === 'first');
  const times: number[] = [];
  for (let round = 0; round < MESSAGES; round++) {
    const content = `message ${round}`;
    times.push(
      await timeToSocket(
        socket,
        ({ type, data }) => type === 'message.created' && data.content === content,
        () => api.send('POST', `/api/chats/${chat.body.id}/messages`, { as: author, body: { content } }),
      ),
    );
  }
  socket.close();
  reportTimes(`from the message's request to the other's socket, ${MESSAGES} messages`, times);
});
