import type { IncomingMessage, ServerResponse } from 'node:http';

/** Passes an answer on as it comes; rejects when either side breaks off, and then ends the other. */
export function pump(answer: IncomingMessage, response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      answer.destroy();
      response.destroy();
      reject(error);
    };
    answer.on('error', fail);
    response.on('error', fail);
    response.on('finish', () => resolve());
    response.on('close', () => {
      if (!response.writableFinished) fail(new Error('the caller went away'));
    });
    answer.pipe(response);
  });
}
