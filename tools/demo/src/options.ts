import { parseArgs } from 'node:util';
import { reasonOf } from './reason.ts';
import { SentenceError } from './sentence-error.ts';

/** What one run of the demo does. */
export interface DemoOptions {
  /** the gateway, without a slash at the end */
  url: string;
  /** an edge list's path or http(s) URL, packed by gzip where it ends in .gz */
  graph: string;
  /** the same seed makes the same posts, comments and likes */
  seed: number;
  /** at most so many people, the best connected ones */
  people: number;
  postsPerUser: number;
  /** requests under way at once */
  concurrency: number;
}

const DEFAULTS = {
  url: 'http://localhost:8000',
  graph: 'college',
  seed: '1',
  people: '1000',
  'posts-per-user': '2',
  concurrency: '16',
};

export const HELP = `Fills a running platform with people who follow each other, posts, comments, likes and projects. Running it again adds
nothing twice.

  npm run demo -- [options]

  --url URL             the platform's gateway (${DEFAULTS.url})
  --graph NAME|PATH|URL who knows whom: college (962 people, the default), village (40 people), or an edge list, a
                        pair "a b" a line
  --people N            at most so many people, the best connected ones (${DEFAULTS.people})
  --posts-per-user N    posts of each person (${DEFAULTS['posts-per-user']})
  --seed N              the same seed makes the same posts, comments and likes (${DEFAULTS.seed})
  --concurrency N       requests under way at once (${DEFAULTS.concurrency})
`;

/**
 * Reads the command line; `samples` are graphs that have a name. Answers 'help' where help is asked for.
 * Throws a sentence for an option that is unknown or makes no sense.
 */
export function parseOptions(argv: readonly string[], samples: Record<string, string>): DemoOptions | 'help' {
  const { values } = readArgs(argv);
  if (values.help === true) return 'help';
  return {
    url: baseUrl(values.url),
    graph: samples[values.graph] ?? values.graph,
    seed: wholeNumber('seed', values.seed, 0),
    people: wholeNumber('people', values.people, 2),
    postsPerUser: wholeNumber('posts-per-user', values['posts-per-user'], 0),
    concurrency: wholeNumber('concurrency', values.concurrency, 1),
  };
}

function readArgs(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        url: { type: 'string', default: DEFAULTS.url },
        graph: { type: 'string', default: DEFAULTS.graph },
        seed: { type: 'string', default: DEFAULTS.seed },
        people: { type: 'string', default: DEFAULTS.people },
        'posts-per-user': { type: 'string', default: DEFAULTS['posts-per-user'] },
        concurrency: { type: 'string', default: DEFAULTS.concurrency },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new SentenceError(`${reasonOf(error)} (see npm run demo -- --help)`);
  }
}

function baseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new SentenceError(`--url must be an address like ${DEFAULTS.url}, not "${text}".`);
  }
  return url.href.replace(/\/+$/, '');
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new SentenceError(`--${name} must be a whole number from ${least}, not "${text}".`);
}
