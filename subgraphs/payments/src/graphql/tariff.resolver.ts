import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { TariffVersionRow } from '../database/tariff-version.entity.js';
import { writtenRules } from '../use-cases/write-tariff-rules.js';
import { Location } from './entities.type.js';
import { TariffInput } from './tariff-rules.type.js';
import { Tariff } from './tariff.type.js';

@Resolver(() => Tariff)
export class TariffResolver {
  @FieldResolver(() => Location, { description: 'The location that charges by it.' })
  location(@Root() { locationId }: TariffVersionRow): Location {
    return { id: locationId };
  }

  @FieldResolver(() => TariffInput, { description: 'What it says, as it was published.' })
  rules(@Root() { rules }: TariffVersionRow) {
    return writtenRules(rules);
  }
}
