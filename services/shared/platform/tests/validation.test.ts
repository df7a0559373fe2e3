import { describe, expect, it } from '@jest/globals';
import { id, text, visibility } from '@commons/contracts';
import { z } from 'zod';
import { HttpError } from '../src/http/errors.ts';
import { parseInput } from '../src/http/validation.ts';

const schema = z.object({
  parent: id.optional(),
  title: text({ min: 1, max: 3 }),
  visibility: visibility.optional(),
  tags: z.array(z.string()).max(1).optional(),
});

function refusalOf(input: unknown, ruleStatus: 400 | 422 = 422): Pick<HttpError, 'status' | 'code' | 'errors'> {
  try {
    parseInput(schema, input, ruleStatus);
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, code: error.code, errors: error.errors };
  }
  throw new Error('it was let through');
}

describe('validation', () => {
  it.each([
    ['a missing field', {}],
    ['a null', { title: null }],
    ['a wrong type', { title: 5 }],
    ['an enumerated field of a wrong type', { title: 'a', visibility: 5 }],
    ['an array that is none', { title: 'a', tags: 'x' }],
    ['an id that is none', { title: 'a', parent: 'x' }],
    ['no object', []],
    ['nothing', undefined],
    ['a shape issue beside a broken rule', { title: '', visibility: null }],
  ])('answers 400 to %s', (_name, input) => {
    expect(refusalOf(input)).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it.each([
    ['a value that is too long', { title: 'abcd' }],
    ['an empty one', { title: '' }],
    ['one that is not in the list', { title: 'a', visibility: 'nobody' }],
    ['too many items', { title: 'a', tags: ['1', '2'] }],
  ])('answers 422 to %s', (_name, input) => {
    expect(refusalOf(input)).toMatchObject({ status: 422, code: 'rule_broken' });
  });

  it('answers 400 to a broken rule where the contract says so', () => {
    expect(refusalOf({ title: '' }, 400)).toEqual({
      status: 400,
      code: 'invalid_request',
      errors: [{ path: 'title', message: 'must not be empty' }],
    });
  });

  it('counts characters in code points', () => {
    expect(parseInput(schema, { title: '🎈🎈🎈' }, 422)).toEqual({ title: '🎈🎈🎈' });
    expect(refusalOf({ title: '🎈🎈🎈🎈' }).status).toBe(422);
  });

  it('leaves out what it does not know, prototype keys included', () => {
    const parsed = parseInput(schema, JSON.parse('{"title":"a","__proto__":{"admin":true},"role":"admin"}'), 422);

    expect(parsed).toEqual({ title: 'a' });
    expect('admin' in parsed).toBe(false);
  });
});
