/** The spelling of an IANA name of a place: `Asia/Kolkata`, `America/Port-au-Prince`, `Africa/Dar_es_Salaam`. */
const WELL_SPELLED = /^[A-Z][a-z]+(?:[/_-](?:[A-Z][a-z]+|[a-z]{2}))*$/;

/**
 * The name of a zone of the IANA time zone database in its own spelling, whatever the case it was typed in; null for
 * anything else. Offsets such as "+01:00" know no summer time and are none.
 */
export function canonicalTimeZone(typed: string): string | null {
  if (typed.length > 64 || !/^[A-Za-z]/.test(typed)) return null;
  let name: string;
  try {
    name = new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
  // Intl follows links, some of them backwards: it calls Asia/Kolkata by its former name
  const isLink = name.toLowerCase() !== typed.toLowerCase();
  return isLink && WELL_SPELLED.test(typed) ? typed : name;
}
