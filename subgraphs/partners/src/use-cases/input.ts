import { badUserInput, notFound } from '@plaza/platform/errors';
import { readableTypes } from '@plaza/platform/events/readable-types';
import { isId } from '@plaza/platform/ids';
import type { Viewer } from '@plaza/platform/viewer';
import { isToldByWebhooks } from '../domain/webhook-message.js';

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

/**
 * The event types in the catalogue's order, each once. Throws BAD_USER_INPUT for none or for one that webhooks don't tell,
 * FORBIDDEN for one that the viewer may not read.
 */
export function requireEventTypes(viewer: Viewer, names: readonly string[], field = 'eventTypes'): string[] {
  const untold = names.find((name) => !isToldByWebhooks(name));
  if (untold !== undefined)
    throw badUserInput(field, 'Events of webhooks themselves are not sent by webhooks.');
  return readableTypes(viewer, names, field) ?? [];
}
