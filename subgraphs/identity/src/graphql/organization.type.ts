import { DateTime } from '@plaza/platform/graphql/scalars';
import type { Role as RoleName } from '@plaza/platform/viewer';
import { Field, ID, ObjectType } from 'type-graphql';
import { Role } from './role.type.js';

@ObjectType('Organization', {
  description: 'A business that uses Plaza. Everything in the graph belongs to one.',
})
export class OrganizationType {
  @Field(() => ID, { description: 'The organization.' })
  id!: string;

  @Field({ description: 'Its name.' })
  name!: string;

  @Field(() => DateTime, { description: 'When it was registered.' })
  createdAt!: Date;
}

@ObjectType({ description: 'An organization that the viewer belongs to and may switch to.' })
export class OrganizationChoice {
  @Field(() => ID, { description: 'The organization: pass it to switchOrganization.' })
  id!: string;

  @Field({ description: 'Its name.' })
  name!: string;

  @Field(() => [Role], { description: 'What the viewer is there.' })
  roles!: RoleName[];

  @Field({ description: 'Whether it is the one that the viewer works in now.' })
  isCurrent!: boolean;
}
