import { describe, expect, it } from '@jest/globals';
import { imageName } from '../src/build-images.ts';
import { npmConfiguration } from '../src/npm-secrets.ts';
import { findProgram, librariesOf, pathsIn, restOfLibc } from '../src/programs.ts';
import { withContainerdNames } from '../src/save-images.ts';

describe('what goes into an image', () => {
  it('has the libraries that ldd names, with the loader, and without what the kernel brings', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f10)',
      '\tlibgone.so.1 => not found',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f20)',
    ].join('\n');

    expect(pathsIn(output)).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });

  it('has what comes with libc besides what Node itself is linked to', async () => {
    const libraries = await librariesOf(process.execPath);
    const libc = libraries.find((path) => path.endsWith('/libc.so.6')) ?? '';
    expect(await restOfLibc(process.execPath)).toContain(libc.replace('libc.so.6', 'libresolv.so.2'));
  });

  it('has programs of the machine, not those that packages bring', async () => {
    const program = await findProgram('sh', `/nowhere/node_modules/.bin:${process.env['PATH'] ?? ''}`);
    expect(program).toMatch(/\/sh$/);
    await expect(findProgram('sh', '')).rejects.toThrow('sh is not installed');
  });

  it('is built with the registry of this machine, and its authorities only where there are some', () => {
    const registry = 'https://packages.example.com/';
    expect(npmConfiguration({ registry, hasAuthorities: false })).toBe(`registry=${registry}\n`);
    expect(npmConfiguration({ registry, hasAuthorities: true })).toBe(`registry=${registry}\ncafile=/run/ca.pem\n`);
  });

  it('gives its image the name of the service', () => {
    expect([imageName('post'), imageName('post', 'abc')]).toEqual([
      'localhost/commons/post:latest',
      'localhost/commons/post:abc',
    ]);
  });

  it('is saved under its name, as containerd reads it', () => {
    const named = { annotations: { 'org.opencontainers.image.ref.name': 'localhost/commons/post:abc' } };

    expect(JSON.parse(withContainerdNames(JSON.stringify({ manifests: [named, {}] })))).toEqual({
      manifests: [
        { annotations: { ...named.annotations, 'io.containerd.image.name': 'localhost/commons/post:abc' } },
        {},
      ],
    });
  });
});
