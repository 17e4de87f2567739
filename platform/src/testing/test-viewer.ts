import { newId } from '../ids.js';
import { scopesOfRole, type Viewer } from '../viewer.js';

/** A signed-in owner of a new organization, who may do everything there; name what should differ. */
export function testViewer(different: Partial<Viewer> = {}): Viewer {
  return {
    kind: 'user',
    id: newId(),
    name: null,
    tenantId: newId(),
    roles: ['OWNER'],
    scopes: [...scopesOfRole('OWNER')],
    locationIds: null,
    sessionId: null,
    ...different,
  };
}
