import { describe, expect, it } from '@jest/globals';
import { plainText } from '../src/plain-text.ts';

const folder = (...parts: string[]) => `/${parts.join('/')}`;

describe('plain text', () => {
  it('says nothing of routes, URLs, relative paths and ordinary hosts', () => {
    const text =
      'GET /api/users/1\nhttp://localhost:8000/home/page\n./work/notes\nhttps://docs.dapr.io\n/usr/bin/env\n';
    expect(plainText(new Map([['README.md', text]]))).toEqual([]);
  });

  it("finds a folder of somebody's machine, by file and line", () => {
    const home = folder('home', 'ada');
    const text = `# Notes\nrun ${home}/commons/start\nPATH="${folder('root', 'go')}/bin"\n`;
    expect(plainText(new Map([['docs/notes.md', text]]))).toEqual([
      `docs/notes.md:2: ${home} is a folder of one machine; use a path from the repository's root.`,
      `docs/notes.md:3: ${folder('root', 'go')} is a folder of one machine; use a path from the repository's root.`,
    ]);
  });

  it('finds the host of a package registry', () => {
    const host = ['registry', 'npmjs', 'org'].join('.');
    expect(plainText(new Map([['.npmrc', `x=https://${host}/`]]))).toEqual([
      `.npmrc:1: ${host} is a registry's host; let the package manager's configuration name it.`,
    ]);
  });
});
