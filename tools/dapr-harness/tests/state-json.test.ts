import { describe, expect, it } from '@jest/globals';
import { ENCODING_JSON, JSON_ITERATOR, encodeGoJson } from '../src/go-json/encode.ts';
import { parseGoInt } from '../src/go-json/atoi.ts';
import { goAny, unmarshalGoJson } from '../src/go-json/decode.ts';

describe('JSON as Go writes it', () => {
  const value = { b: '<&>\u2028\b\\b', a: [0.123456789, true, null], 2: 'two', 10: 'ten' };

  it('has its keys in order and its markup escaped by encoding/json', () => {
    expect(encodeGoJson(value, ENCODING_JSON)).toBe(
      '{"10":"ten","2":"two","a":[0.123456789,true,null],"b":"\\u003c\\u0026\\u003e\\u2028\\b\\\\b"}',
    );
  });

  it('has six decimals and long escapes by json-iterator', () => {
    expect(encodeGoJson({ b: '<&>\u2028\b\\b', a: [0.123456789, -1.5, 5e-7, 83886080.12345678] }, JSON_ITERATOR)).toBe(
      '{"b":"<&>\u2028\\u0008\\\\b","a":[0.123457,-1.5,0.000001,83886080.12345678]}',
    );
  });
});

describe('a decimal integer as Go reads it', () => {
  it.each([
    ['5', 5],
    ['-1', -1],
    ['+007', 7],
  ])('is %s', (text, number) => {
    expect(parseGoInt(text, 'Atoi')).toBe(number);
  });

  it.each([
    ['', 'invalid syntax'],
    ['1e3', 'invalid syntax'],
    [' 1', 'invalid syntax'],
    ['9223372036854775808', 'value out of range'],
  ])('is not %j', (text, problem) => {
    expect(() => parseGoInt(text, 'ParseInt')).toThrow(`strconv.ParseInt: parsing ${JSON.stringify(text)}: ${problem}`);
  });
});

describe('a text that must be one JSON value', () => {
  it.each([
    ['', 'unexpected end of JSON input'],
    ['[1', 'unexpected end of JSON input'],
    ['1 2', "invalid character '2' after top-level value"],
    ['\u0000', "invalid character '\\x00' looking for beginning of value"],
  ])('is not %j', (text, problem) => {
    expect(() => unmarshalGoJson(Buffer.from(text), goAny)).toThrow(problem);
  });

  it('may have white space around it', () => {
    expect(unmarshalGoJson(Buffer.from(' \t\r\n{"a":[1,2]}\n'), goAny)).toEqual({ a: [1, 2] });
  });
});
