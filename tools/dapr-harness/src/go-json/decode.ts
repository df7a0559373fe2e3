import { GoJsonError, scanFirstValue, scanOnlyValue } from './scan.ts';

/** Where in a document a value stands: the innermost struct, and the names of the fields that lead there. */
export type Place = { struct: string; fields: readonly string[] };

/** A Go type: its name as Go prints it, what a missing value becomes, and how a JSON value is read as one. */
export type GoType<T> = { name: string; zero: T; read(value: unknown, place: Place | undefined): T };

/**
 * Reads the first JSON value of a body as a Go type, as Go's json.Decoder does: field names in any case, null for a zero value,
 * unknown fields passed over. Dapr's clients see what it says of a body that does not fit.
 * @throws GoJsonError
 */
export function decodeGoJson<T>(bytes: Buffer, type: GoType<T>): T {
  const { start, end } = scanFirstValue(bytes);
  return type.read(JSON.parse(bytes.toString('utf8', start, end)), undefined);
}

/** The same for a text that must be one value and nothing else, as json.Unmarshal reads it. @throws GoJsonError */
export function unmarshalGoJson<T>(bytes: Buffer, type: GoType<T>): T {
  const { start, end } = scanOnlyValue(bytes);
  return type.read(JSON.parse(bytes.toString('utf8', start, end)), undefined);
}

export const goString: GoType<string> = {
  name: 'string',
  zero: '',
  read: (value, place) => {
    if (value === null) return '';
    if (typeof value !== 'string') throw cannotUnmarshal(jsonKind(value), 'string', place);
    return value;
  },
};

/** A `*string`: what is missing or null is not there. */
export const goOptionalString: GoType<string | undefined> = {
  name: 'string',
  zero: undefined,
  read: (value, place) => (value === null ? undefined : goString.read(value, place)),
};

export const goInt: GoType<number> = {
  name: 'int',
  zero: 0,
  read: (value, place) => {
    if (value === null) return 0;
    if (typeof value !== 'number') throw cannotUnmarshal(jsonKind(value), 'int', place);
    if (!Number.isSafeInteger(value)) throw cannotUnmarshal(`number ${value}`, 'int', place);
    return value;
  },
};

export const goBool: GoType<boolean> = {
  name: 'bool',
  zero: false,
  read: (value, place) => {
    if (value === null) return false;
    if (typeof value !== 'boolean') throw cannotUnmarshal(jsonKind(value), 'bool', place);
    return value;
  },
};

/** An `any`: whatever JSON says. */
export const goAny: GoType<unknown> = { name: 'interface {}', zero: null, read: (value) => value };

export function goSlice<T>(of: GoType<T>): GoType<T[]> {
  const name = `[]${of.name}`;
  return {
    name,
    zero: [],
    read: (value, place) => {
      if (value === null) return [];
      if (!Array.isArray(value)) throw cannotUnmarshal(jsonKind(value), name, place);
      return value.map((item: unknown) => of.read(item, place));
    },
  };
}

export function goMap<T>(of: GoType<T>): GoType<Record<string, T>> {
  const name = `map[string]${of.name}`;
  return {
    name,
    zero: {},
    read: (value, place) => {
      if (value === null) return {};
      if (!isObject(value)) throw cannotUnmarshal(jsonKind(value), name, place);
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, of.read(item, place)]));
    },
  };
}

type Fields<T> = { [K in keyof T]: { name: string; type: GoType<T[K]> } };

/** A struct by its Go name, e.g. `state.SetRequest`; a field is found by its JSON name in any case. */
export function goStruct<T extends object>(name: string, fields: Fields<T>): GoType<T> {
  const shortName = name.slice(name.lastIndexOf('.') + 1);
  const members = Object.entries(fields) as [keyof T, Fields<T>[keyof T]][];
  const zero = Object.fromEntries(members.map(([key, field]) => [key, field.type.zero])) as T;
  return {
    name,
    zero,
    read: (value, place) => {
      if (value === null) return zero;
      if (!isObject(value)) throw cannotUnmarshal(jsonKind(value), name, place);
      const result = { ...zero };
      for (const [key, item] of Object.entries(value)) {
        const member = members.find(([, field]) => field.name.toLowerCase() === key.toLowerCase());
        if (!member) continue;
        const [target, field] = member;
        const inside = { struct: shortName, fields: [...(place?.fields ?? []), field.name] };
        result[target] = field.type.read(item, inside);
      }
      return result;
    },
  };
}

function cannotUnmarshal(what: string, type: string, place: Place | undefined): GoJsonError {
  const into = place ? `Go struct field ${place.struct}.${place.fields.join('.')}` : 'Go value';
  return new GoJsonError(`json: cannot unmarshal ${what} into ${into} of type ${type}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
