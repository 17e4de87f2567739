import { byTypename } from '@plaza/platform/graphql/by-typename';
import { Problem } from '@plaza/platform/graphql/problem';
import { DateTime } from '@plaza/platform/graphql/scalars';
import { createUnionType, Field, ObjectType } from 'type-graphql';
import { TARIFF_FORMATS } from '../domain/exchange/tariff-format.js';
import { enumOf } from './enum-of.js';
import { TariffFault } from './publish-tariff.mutation.js';
import { TariffInput } from './tariff-rules.type.js';

export const TariffFormatEnum = enumOf(
  'TariffFormat',
  TARIFF_FORMATS,
  'The model of a tariff as other systems exchange it; docs/tariff-exchange.md tells what becomes of each piece.',
  {
    OCPI: 'The Tariff object of the Open Charge Point Interface: 2.2.1 and 2.3.0 are read, 2.3.0 is written.',
    APDS: 'Rate tables of the Alliance for Parking Data Standards, 4.0 (ISO/TS 5206-1).',
  },
);

@ObjectType({ description: 'Something that one model of tariffs says and the other has no way to say.' })
export class NotExpressed {
  @Field(() => String, {
    description:
      'Where it is said: in the document that was imported, "elements.1.restrictions.max_power", or in the rules that were exported, "caps.0".',
  })
  path!: string;

  @Field(() => String, { description: 'What it says there, as text or JSON.' })
  says!: string;

  @Field(() => String, { description: 'Why it is missing in the result, or how the result differs.' })
  why!: string;
}

@ObjectType({ description: 'A tariff as a document of another model.' })
export class TariffExport {
  @Field(() => String, { description: 'The document: JSON, to be stored or sent as it is.' })
  document!: string;

  @Field(() => [NotExpressed], { description: 'What the document does not say; empty: it says everything.' })
  notExpressed!: NotExpressed[];
}

@ObjectType({ description: 'A tariff read from a document. Nothing is published yet.' })
export class ImportedTariff {
  @Field(() => String, { description: 'What the document calls it.' })
  name!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on the document says that it applies; null: it does not say.',
  })
  effectiveFrom!: Date | null;

  @Field(() => TariffInput, {
    description: 'Its rules. Select all of them and give them to publishTariff or previewQuote as they are.',
  })
  rules!: TariffInput;

  @Field(() => [NotExpressed], {
    description: 'What the document says and the rules do not. Look at it before you publish.',
  })
  notExpressed!: NotExpressed[];
}

@ObjectType({ implements: Problem, description: 'The document is no tariff of that format.' })
export class TariffUnreadable extends Problem {
  @Field(() => [TariffFault], {
    description:
      'Everything that is wrong, with its path in the document; below "rules" in what was made of it.',
  })
  faults!: TariffFault[];
}

export const ImportTariffResult = createUnionType({
  name: 'ImportTariffResult',
  description: 'What came of reading a document.',
  types: () => [ImportedTariff, TariffUnreadable] as const,
  resolveType: byTypename,
});
