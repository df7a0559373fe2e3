import { openSocket } from '../end-to-end/support/socket.ts';
import { onPlatform, reportTimes, timeToSocket } from './support/to-socket.ts';

const LIKES = 50;

/** Measures how long after a like its author's socket has the notification. */
await onPlatform(async (url, api) => {
  const author = await api.register();
  const socket = await openSocket(url, author.token);
  const times: number[] = [];
  for (let round = 0; round < LIKES; round++) {
    const fan = await api.register();
    const post = await api.send('POST', '/api/posts', { as: author, body: { title: `Post ${round}`, content: 'x' } });
    const postId = post.body.id as string;
    times.push(
      await timeToSocket(
        socket,
        ({ type, data }) => type === 'notification.created' && data.data.post_id === postId,
        () => api.send('POST', `/api/posts/${postId}/like`, { as: fan }),
      ),
    );
  }
  socket.close();
  reportTimes(`from the like's request to the author's socket, ${LIKES} likes`, times);
});
