import type { Role as RoleName } from '@plaza/platform/viewer';
import { Field, ObjectType } from 'type-graphql';
import { Role } from './role.type.js';

@ObjectType('Viewer', { description: 'Who is asking: a signed-in user or an API key, in one organization.' })
export class ViewerType {
  @Field(() => [Role], {
    description: 'What the user is to the organization, the strongest role first; empty for an API key.',
  })
  roles!: RoleName[];

  @Field(() => [String], {
    description:
      'What the viewer may do, such as "tickets:write". Hide what is not in it: the server refuses it anyway.',
  })
  scopes!: string[];
}
