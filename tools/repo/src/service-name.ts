import type { Tree } from './read-tree.ts';
import { serviceNames } from './service-shape.ts';

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
/** Dapr's app-id, the database and the labels of a cluster carry the name: 63 at most, with room for a suffix. */
const MAX_LENGTH = 40;
/** A folder of services/ that is none; the list of all services; words whose plural the context has for itself. */
const OUR_WORDS = ['shared', 'services', 'metric', 'revocation'];
/** The service stands under its name as a variable in the list of all services. */
const RESERVED_WORDS =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for ' +
  'function if implements import in instanceof interface let new null package private protected public return static ' +
  'super switch this throw true try typeof var void while with yield';

/** Why a new service cannot have the name, as a sentence; undefined where it can. */
export function nameProblem(tree: Tree, name: string | undefined): string | undefined {
  if (name === undefined) return 'Say what the service is called: npm run new-service bookmark';
  if (!KEBAB_CASE.test(name)) {
    return `"${name}" is no name for a service: take a noun in kebab-case, like bookmark or group-event.`;
  }
  if (name.length > MAX_LENGTH) return `"${name}" is too long: a service's name has at most ${MAX_LENGTH} characters.`;
  if ([...OUR_WORDS, ...RESERVED_WORDS.split(' ')].includes(name)) {
    return `"${name}" means something else here already; take another name.`;
  }
  if (serviceNames(tree).includes(name)) return `There is a service ${name} already, in services/${name}.`;
  if (packageNames(tree).includes(`@commons/${name}`)) {
    return `@commons/${name} is a package of this repository already; take another name.`;
  }
  return undefined;
}

function packageNames(tree: Tree): string[] {
  return [...tree].flatMap(([path, text]) => {
    const name = path.endsWith('package.json') ? /"name": "(@commons\/[^"]+)"/.exec(text)?.[1] : undefined;
    return name ?? [];
  });
}
