import { testViewer } from '../testing/test-viewer.js';
import { scopesOfRole } from '../viewer.js';
import { EVENT_TYPES } from './catalogue.js';
import { readableTypes } from './readable-types.js';

const gate = testViewer({ scopes: ['events:read', 'spaces:read'] });
const owner = testViewer();

test('who may read everything is told of every type, without a list of them', () => {
  expect(readableTypes(owner)).toBeNull();
  expect(readableTypes(testViewer({ scopes: [...scopesOfRole('VIEWER')] }), null)).toBeNull();
});

test('who asks for nothing in particular gets the types of what may be read', () => {
  const names = readableTypes(gate);
  expect(names).toContain('space.occupied');
  expect(names?.every((name) => name.startsWith('space.'))).toBe(true);
  expect(readableTypes(testViewer({ scopes: ['events:read'] }))).toEqual([]);
});

test('the types that are asked for come once each, in the order of the catalogue', () => {
  expect(readableTypes(gate, ['space.freed', 'space.occupied', 'space.freed'])).toEqual([
    'space.occupied',
    'space.freed',
  ]);
});

test.each(EVENT_TYPES.map(({ name, readableWith }) => [name, readableWith] as const))(
  '%s that is asked for needs %s',
  (name, scope) => {
    const without = testViewer({ scopes: owner.scopes.filter((granted) => granted !== scope) });
    expect(readableTypes(owner, [name])).toEqual([name]);
    expect(readableTypes(without)).not.toContain(name);
    expect(() => readableTypes(without, ['space.freed', 'location.created', name])).toThrow(
      expect.objectContaining({
        code: 'FORBIDDEN',
        extensions: expect.objectContaining({ requiredScopes: [scope] }),
      }),
    );
  },
);

test.each([[['ticket.eaten']], [['constructor']], [[]]])('%j is no choice', (types: string[]) => {
  expect(() => readableTypes(owner, types, 'eventTypes')).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: expect.objectContaining({ field: 'eventTypes' }),
    }),
  );
});
