import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Graph } from './graph.ts';
import { parseGraph } from './graph.ts';
import { reasonOf } from './reason.ts';
import { SentenceError } from './sentence-error.ts';

/** Reads the edge list at a path or an http(s) URL; what ends in .gz is unpacked. Throws a sentence where it cannot be had. */
export async function readGraph(source: string): Promise<Graph> {
  const bytes = /^https?:\/\//.test(source) ? await download(source) : await readFromDisk(source);
  return parseGraph((source.endsWith('.gz') ? unpack(bytes, source) : bytes).toString('utf8'));
}

function unpack(bytes: Buffer, source: string): Buffer {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new SentenceError(`The graph ${source} cannot be unpacked: ${reasonOf(error)}.`);
  }
}

async function readFromDisk(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new SentenceError(`The graph ${path} cannot be read: ${reasonOf(error)}.`);
  }
}

async function download(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) throw new Error(`the answer was ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new SentenceError(`The graph ${url} cannot be downloaded: ${reasonOf(error)}.`);
  }
}
