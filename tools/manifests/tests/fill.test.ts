import { describe, expect, it } from '@jest/globals';
import { fill } from '../src/fill.ts';

describe('a template', () => {
  it('has its words filled in', () => {
    expect(fill('a {{one}} and {{two}}, {{one}} again\n', { one: '1', two: '2' })).toBe('a 1 and 2, 1 again\n');
  });

  it('has the lines of a list once for each entry, which knows the words around it', () => {
    const template = 'apps:\n  {{#apps}}\n  - {{name}}.{{domain}}\n  {{/apps}}\nend\n';
    const words = { domain: 'local', apps: [{ name: 'a' }, { name: 'b' }] };
    expect(fill(template, words)).toBe('apps:\n  - a.local\n  - b.local\nend\n');
  });

  it('has the lines of a list not at all where it is empty', () => {
    expect(fill('{{#apps}}\n- {{name}}\n{{/apps}}\n', { apps: [] })).toBe('');
  });

  it('has lines that stand there only where a word is true, also within a list', () => {
    const template = '{{#apps}}\n{{name}}\n{{#isFirst}}\nfirst\n{{/isFirst}}\n{{/apps}}\n';
    const apps = [
      { name: 'a', isFirst: true },
      { name: 'b', isFirst: false },
    ];
    expect(fill(template, { apps })).toBe('a\nfirst\nb\n');
  });

  it('is refused where it uses a word that nothing fills, or one that is no text', () => {
    expect(() => fill('{{one}}', {})).toThrow('The template uses {{one}}, which nothing fills.');
    expect(() => fill('{{one}}', { one: true })).toThrow('The template uses {{one}} as a word, and it is none.');
  });
});
