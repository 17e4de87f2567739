import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';

/** Which topology the stories run in; jest runs them in both, see jest.config.mjs. */
export const { TOPOLOGY } = readSettings(
  z.object({ TOPOLOGY: z.enum(['embedded', 'distributed']).default('embedded') }),
);
