import { badUserInput, PlazaError } from '../errors.js';
import type { Viewer } from '../viewer.js';
import { EVENT_TYPES, type EventTypeName, isEventType } from './catalogue.js';

/**
 * The types of events that the viewer may be told: of `types`, or of all there are when none are asked for. Null: every
 * type. Throws BAD_USER_INPUT (field `field`) for a name that is no type or for an empty list, FORBIDDEN for a type that
 * is asked for and needs a scope that the viewer lacks: who asks for nothing in particular gets what may be read.
 */
export function readableTypes(
  viewer: Viewer,
  types?: readonly string[] | null,
  field = 'types',
): EventTypeName[] | null {
  const readable = EVENT_TYPES.filter(({ readableWith }) => viewer.scopes.includes(readableWith));
  if (!types) return readable.length === EVENT_TYPES.length ? null : readable.map(({ name }) => name);
  if (types.length === 0) throw badUserInput(field, 'Choose at least one event type.');
  if (!types.every(isEventType)) {
    throw badUserInput(field, 'One of these is not an event type; eventTypes lists them.');
  }
  const refused = EVENT_TYPES.find((type) => types.includes(type.name) && !readable.includes(type));
  if (refused) {
    const { name, readableWith } = refused;
    throw new PlazaError('FORBIDDEN', `Events of the type ${name} need the scope ${readableWith}.`, {
      requiredScopes: [readableWith],
    });
  }
  return EVENT_TYPES.map(({ name }) => name).filter((name) => types.includes(name));
}
