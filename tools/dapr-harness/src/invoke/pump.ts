import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Passes an answer on as it comes; rejects when the caller goes away. An answer of unknown length that the app breaks off
 * looks whole to the caller, as with daprd.
 * @param first what was read of it before.
 */
export function pump(answer: IncomingMessage, response: ServerResponse, first: Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      answer.destroy();
      response.destroy();
      reject(error);
    };
    const breakOff = (error: Error): void => {
      if (response.hasHeader('content-length')) fail(error);
      else response.end();
    };
    answer.on('error', breakOff);
    response.on('error', fail);
    response.on('finish', () => resolve());
    response.on('close', () => {
      if (!response.writableFinished) fail(new Error('the caller went away'));
    });
    if (first) response.write(first);
    if (answer.errored) breakOff(answer.errored);
    else answer.pipe(response);
  });
}
