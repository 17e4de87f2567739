import { badUserInput, notFound } from '@plaza/platform/errors';
import { EVENT_TYPES } from '@plaza/platform/events/catalogue';
import { isId } from '@plaza/platform/ids';
import { TEST_EVENT } from '../domain/webhook-message.js';

/** The text without its outer spaces. Throws BAD_USER_INPUT when it is empty or longer than `longest` characters. */
export function requireText(field: string, text: string, longest: number): string {
  const trimmed = text.trim();
  if (trimmed.length < 1 || trimmed.length > longest) {
    throw badUserInput(field, `This needs 1 to ${longest} characters.`);
  }
  return trimmed;
}

/** Throws NOT_FOUND for a text that can't be anything's id, so that it never reaches a uuid column. */
export function requireId(what: string, id: string): string {
  if (!isId(id)) throw notFound(what);
  return id;
}

/** The event types in the catalogue's order, each once. Throws BAD_USER_INPUT for none, or for one that can't be chosen. */
export function requireEventTypes(names: readonly string[], field = 'eventTypes'): string[] {
  if (names.length === 0) throw badUserInput(field, 'Choose at least one event type.');
  const choice: string[] = EVENT_TYPES.map(({ name }) => name).filter((name) => name !== TEST_EVENT);
  const unknown = names.find((name) => !choice.includes(name));
  if (unknown !== undefined)
    throw badUserInput(field, 'One of these is not an event type; eventTypes lists them.');
  return choice.filter((name) => names.includes(name));
}
