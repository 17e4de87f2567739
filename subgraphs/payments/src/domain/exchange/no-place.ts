import { UNSAID, type TariffRules } from '../tariff/tariff-rules.js';
import { shown } from './amounts.js';
import type { Losses, Path } from './exchange.js';

interface Piece {
  path: Path;
  says: (rules: TariffRules) => unknown;
  why: string;
}

/** What neither OCPI nor APDS has a place for. `says` returns null where a tariff makes no use of the piece. */
const PIECES: readonly Piece[] = [
  {
    path: ['graces', 'entry'],
    says: ({ graces }) => (graces.entry > 0 ? `${graces.entry} minutes, ${graces.beyondEntry}` : null),
    why: 'A stay that ends within the free minutes costs nothing and a longer one pays for them, or the tariff has several price lists: a document knows free time only as the first step of the one price list.',
  },
  {
    path: ['graces', 'end'],
    says: ({ graces }) => (graces.end > 0 ? `${graces.end} minutes` : null),
    why: 'There is no way to say that the last minutes of a stay are not counted.',
  },
  {
    path: ['graces', 'exit'],
    says: ({ graces }) => (graces.exit > 0 ? `${graces.exit} minutes` : null),
    why: 'The time that a driver has to leave after a payment is no part of a price; it changes no quote before that.',
  },
  {
    path: ['graces', 'reentry'],
    says: ({ graces }) => (graces.reentry > 0 ? `${graces.reentry} minutes` : null),
    why: 'A stay that is interrupted and goes on is not known there: each presence is a session.',
  },
  {
    path: ['fees', 'lostTicket'],
    says: ({ fees, currencyCode }) => fees.lostTicket && shown(fees.lostTicket, currencyCode),
    why: 'There is no price for a lost ticket.',
  },
  {
    path: ['demand'],
    says: ({ demand }) => demand,
    why: 'Prices do not depend on occupancy there; the listed prices are those without it.',
  },
  {
    path: ['onNewVersion'],
    says: ({ onNewVersion }) => (onNewVersion === 'SPLIT' ? onNewVersion : null),
    why: 'Nothing says there what becomes of a stay that is under way when the tariff changes.',
  },
  {
    path: ['rounding'],
    says: ({ rounding }) => (JSON.stringify(rounding) === JSON.stringify(UNSAID.rounding) ? null : rounding),
    why: 'How amounts are rounded is not part of the document.',
  },
];

/** Lists what the rules say and a document of another model cannot. */
export function addWithoutPlace(rules: TariffRules, losses: Losses): void {
  for (const { path, says, why } of PIECES) {
    const said = says(rules);
    if (said !== null) losses.add(path, said, why);
  }
  rules.bands.forEach((band, number) => {
    if (band.entered.length > 0) {
      losses.add(
        ['bands', number, 'entered'],
        band.entered,
        'A price list only for stays that begin at certain hours is not known there: the band is left out.',
      );
    }
    const hasOneWindow = rules.bands.length === 1 && band.windows.length === 0;
    if (band.atEnd === 'RUN_ON' && !hasOneWindow) {
      losses.add(
        ['bands', number, 'atEnd'],
        band.atEnd,
        'A period that outlasts its hours is cut off there, and what comes after is charged besides.',
      );
    }
  });
  if (rules.overlap === 'CHEAPEST' && rules.bands.length > 1) {
    losses.add(
      ['overlap'],
      rules.overlap,
      'The cheapest of several price lists cannot be asked for: the first one of the document counts.',
    );
  }
}
