import { seededRandom } from '../../replay/random.js';
import { drawMisfortunes, endsIn } from './misfortunes.js';

const ENDS = endsIn('distributed');

test('a seed draws the same misfortunes every time, and another seed others', () => {
  const draw = (seed: string) => drawMisfortunes(ENDS, 2, seededRandom(seed));
  expect(draw('7')).toEqual(draw('7'));
  expect(draw('7')).not.toEqual(draw('8'));
});

test('every kind of process ends as often as told, and what goes wrong comes in the order of time', () => {
  const drawn = drawMisfortunes(ENDS, 3, seededRandom('1'));
  for (const end of ENDS) expect(drawn.filter(({ what }) => what === end)).toHaveLength(3);
  const moments = drawn.map(({ at }) => at);
  expect(moments).toEqual([...moments].sort((one, other) => one - other));
  expect(moments[0]).toBeGreaterThan(0);
  expect(moments.at(-1)).toBeLessThan(1);
  const whats = drawn.map(({ what }) => what);
  expect(whats.indexOf('receiver up')).toBeGreaterThan(whats.indexOf('receiver down'));
});

test('subgraphs end only where they are processes of their own', () => {
  expect(ENDS.filter((end) => !endsIn('embedded').includes(end))).toEqual(['subgraph', 'subgraph stop']);
});
