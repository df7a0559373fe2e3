import { parseArgs } from 'node:util';

export type Options = {
  /** The first seed, and how many follow it. */
  seed: number;
  seeds: number;
  /** Just these faults; undefined for all. */
  faults: string[] | undefined;
  /** Requests a second. */
  rate: number;
  /** Where the results go for machines, and the table for people. */
  json: string | undefined;
  table: string | undefined;
  /** Folder of the platform's data, which is kept; undefined for one that is removed at the end. */
  data: string | undefined;
};

const LARGEST_SEED = 999_999;

/** Reads what the program was started with. @throws with a sentence to show. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string', default: '1' },
      faults: { type: 'string' },
      rate: { type: 'string', default: '20' },
      json: { type: 'string' },
      table: { type: 'string' },
      data: { type: 'string' },
    },
  });
  return {
    seed: values.seed === undefined ? 1 + Math.floor(Math.random() * LARGEST_SEED) : numberOf('seed', values.seed),
    seeds: numberOf('seeds', values.seeds),
    faults: values.faults === undefined ? undefined : listOf(values.faults),
    rate: numberOf('rate', values.rate),
    json: values.json,
    table: values.table,
    data: values.data,
  };
}

function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1, not ${text}`);
  return number;
}

/** `none` stands for no fault at all: the load and the checks alone. */
const listOf = (text: string): string[] =>
  text === 'none'
    ? []
    : text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '');
