import type { Component } from '@plaza/platform/database/component';
import { KeptAnswer } from './kept-answer.entity.js';
import { Migration20261122090000_kept_answers } from './migrations/20261122090000-kept-answers.js';

/** What the gateway brings to the database. */
export const component: Component = {
  name: 'gateway',
  entities: [KeptAnswer],
  migrations: [Migration20261122090000_kept_answers],
};
