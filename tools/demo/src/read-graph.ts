import { readFile } from 'node:fs/promises';
import type { Graph } from './graph.ts';
import { parseGraph } from './graph.ts';
import { reasonOf } from './reason.ts';
import { SentenceError } from './sentence-error.ts';

/** Reads the edge list at a path or an http(s) URL. Throws a sentence where it cannot be had. */
export async function readGraph(source: string): Promise<Graph> {
  return parseGraph(/^https?:\/\//.test(source) ? await download(source) : await readFromDisk(source));
}

async function readFromDisk(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SentenceError(`The graph ${path} cannot be read: ${reasonOf(error)}.`);
  }
}

async function download(url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) throw new Error(`the answer was ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new SentenceError(`The graph ${url} cannot be downloaded: ${reasonOf(error)}.`);
  }
}
