import { badUserInput } from '@plaza/platform/errors';
import { requirePlate } from '@plaza/platform/plate';

const MOST_PLATES = 50;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface NewCustomer {
  name: string;
  email: string | null;
  /** Normalised, each once. */
  plates: string[];
}

/** What somebody told of a customer, in the form in which it is kept. Throws BAD_USER_INPUT. */
export function validCustomer(given: {
  name: string;
  email?: string | null;
  plates?: string[] | null;
}): NewCustomer {
  const name = given.name.trim();
  if (name.length < 1 || name.length > 200) throw badUserInput('name', 'A name has 1 to 200 characters.');
  const email = given.email?.trim().toLowerCase() || null;
  if (email && (email.length > 320 || !EMAIL.test(email))) {
    throw badUserInput('email', 'This is not an e-mail address.');
  }
  const plates = given.plates ?? [];
  if (plates.length > MOST_PLATES) throw badUserInput('plates', `At most ${MOST_PLATES} plates at once.`);
  return { name, email, plates: [...new Set(plates.map((plate, n) => requirePlate(plate, `plates.${n}`)))] };
}
