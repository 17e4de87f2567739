import type { Component } from '@plaza/platform/database/component';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import { Migration20261122090000_first } from './migrations/20261122090000-first.js';
import { Migration20261122140000_access } from './migrations/20261122140000-access.js';
import { Migration20261122180000_organization_name } from './migrations/20261122180000-organization-name.js';
import { Organization } from './organization.entity.js';
import { Session } from './session.entity.js';
import { SignInAttempt } from './sign-in-attempt.entity.js';
import { SigningKey } from './signing-key.entity.js';
import { Password, User } from './user.entity.js';

/** Identity's part of the database. */
export const component: Component = {
  name: 'identity',
  entities: [Organization, User, Password, Membership, Session, Invitation, SignInAttempt, SigningKey],
  migrations: [
    Migration20261122090000_first,
    Migration20261122140000_access,
    Migration20261122180000_organization_name,
  ],
};
