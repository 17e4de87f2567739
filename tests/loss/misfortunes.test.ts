import { seededRandom } from '../../replay/random.js';
import { drawMisfortunes, KILLS } from './misfortunes.js';

test('a seed draws the same misfortunes every time, and another seed others', () => {
  const draw = (seed: string) => drawMisfortunes(2, seededRandom(seed));
  expect(draw('7')).toEqual(draw('7'));
  expect(draw('7')).not.toEqual(draw('8'));
});

test('every kind of process is killed as often as told, and what goes wrong comes in the order of time', () => {
  const drawn = drawMisfortunes(3, seededRandom('1'));
  for (const kill of KILLS) expect(drawn.filter(({ what }) => what === kill)).toHaveLength(3);
  const moments = drawn.map(({ at }) => at);
  expect(moments).toEqual([...moments].sort((one, other) => one - other));
  expect(moments[0]).toBeGreaterThan(0);
  expect(moments.at(-1)).toBeLessThan(1);
  const whats = drawn.map(({ what }) => what);
  expect(whats.indexOf('receiver up')).toBeGreaterThan(whats.indexOf('receiver down'));
});
