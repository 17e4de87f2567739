import { z } from 'zod';
import { readSettings } from './settings.js';

const schema = z.object({ PORT: z.coerce.number().int().min(0).max(65535).default(4000) });

test('a setting that is absent or empty takes its default', () => {
  expect(readSettings(schema, {})).toEqual({ PORT: 4000 });
  expect(readSettings(schema, { PORT: '' })).toEqual({ PORT: 4000 });
});

test('a wrong setting is one sentence that names the variable', () => {
  expect(() => readSettings(schema, { PORT: 'eighty' })).toThrow(/^The setting PORT is wrong: .+\.$/);
});
