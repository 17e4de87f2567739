import { readSettings } from '@plaza/platform/settings';
import { z } from 'zod';

/** Which topology the stories run in: `TOPOLOGY=distributed npm test -- tests` for the second. */
export const { TOPOLOGY } = readSettings(
  z.object({ TOPOLOGY: z.enum(['embedded', 'distributed']).default('embedded') }),
);
