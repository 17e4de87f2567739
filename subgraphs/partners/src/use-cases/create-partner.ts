import { keyedCommand, once } from '@plaza/platform/database/idempotency';
import { newId } from '@plaza/platform/ids';
import { requireScope } from '@plaza/platform/viewer';
import type { PartnerRow } from '../database/partner.entity.js';
import { insertPartner } from '../database/partner.queries.js';
import { requireText } from './input.js';
import type { PartnersContext } from './partners-context.js';

export interface NewPartner {
  name: string;
  contactEmail?: string | null;
  idempotencyKey?: string | null;
}

export type CreatePartnerOutcome =
  { __typename: 'PartnerCreated'; partner: PartnerRow } | { __typename: 'PartnerNameTaken'; message: string };

/** Makes a partner, to whom keys and webhooks are then given. */
export async function createPartner(on: PartnersContext, input: NewPartner): Promise<CreatePartnerOutcome> {
  const viewer = requireScope(on.viewer, 'partners:write');
  const name = requireText('name', input.name, 100);
  const contactEmail = input.contactEmail ? requireText('contactEmail', input.contactEmail, 254) : null;
  return on.database.write(viewer, (tx) =>
    once<CreatePartnerOutcome>(tx, keyedCommand('partners', viewer, 'createPartner', input), async () => {
      const partner = await insertPartner(tx, { id: newId(), name, contactEmail, createdAt: on.clock.now() });
      return partner
        ? { __typename: 'PartnerCreated', partner }
        : { __typename: 'PartnerNameTaken', message: 'There is a partner with this name already.' };
    }),
  );
}
