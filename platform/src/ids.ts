import { randomUUIDv7 } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A new entity id: uuidv7, so that ids sort by the time of their making. */
export const newId = (): string => randomUUIDv7();

/** True when `text` is a well-formed uuid, the only shape that may reach a uuid column. */
export const isId = (text: string): boolean => UUID.test(text);
