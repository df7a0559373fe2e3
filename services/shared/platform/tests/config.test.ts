import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { InvalidConfiguration, loadConfig } from '../src/config/load-config.ts';
import { platformConfig } from '../src/config/platform-config.ts';

describe('configuration', () => {
  it('names every variable that is wrong, at once', () => {
    const schema = z.object({ PORT: z.coerce.number().int().max(10), NAME: z.string() });

    expect(() => loadConfig(schema, { PORT: '11' })).toThrow(
      new InvalidConfiguration([
        'PORT: Too big: expected number to be <=10',
        'NAME: Invalid input: expected string, received undefined',
      ]),
    );
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig(platformConfig, { LOG_LEVEL: '' }).LOG_LEVEL).toBe('info');
  });

  it('describes each of its variables', () => {
    const undescribed = Object.entries(platformConfig.shape)
      .filter(([, field]) => !field.description)
      .map(([name]) => name);

    expect(undescribed).toEqual([]);
  });
});
