import { EVENT_TYPES, type EventType } from '@plaza/platform/events/catalogue';
import type { JsonSchema } from '@plaza/platform/events/catalogue-schema';
import { format, resolveConfig } from 'prettier';

const HEAD = `# Events

Made from the catalogue of events by \`npm run schema\`; \`eventTypes\` in the graph has the same, with a JSON Schema of each type's data.

A type is told to those who have its scope, whichever way they come: by \`events\` (query and subscription, which need
\`events:read\` too) or by a webhook endpoint (which needs \`webhooks:write\` to make). Every field is always there; one that may be
empty is null. New fields may come: ignore those you don't know. [partners.md](partners.md) has the envelope around the data.

Events of webhooks themselves, \`webhook.*\`, are never sent by webhooks; \`webhook.test\` goes to the endpoint that is tried out.
`;

const kindOf = ({ type, format: form, pattern, enum: words }: JsonSchema): string => {
  if (words) return words.map((word) => `\`${word}\``).join(', ');
  const kinds = [type].flat().map((kind) => (kind === 'string' && form ? form : kind));
  return kinds.join(' or ') + (pattern ? ` like \`${pattern.replaceAll('|', '\\|')}\`` : '');
};

function sectionOf({ name, version, description, readableWith, schema, example }: EventType): string {
  const rows = Object.entries(schema.properties ?? {}).map(
    ([field, about]) => `| \`${field}\` | ${kindOf(about)} | ${about.description} |`,
  );
  return `## ${name}

${description} Version ${version}, readable with \`${readableWith}\`.

| field | kind | meaning |
| - | - | - |
${rows.join('\n')}

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`
`;
}

/** docs/events.md as it should be: every type of event, when it is told, to whom, its fields and an example. */
export async function eventsPage(path: string): Promise<string> {
  const overview = EVENT_TYPES.map(
    ({ name, description, readableWith }) =>
      `| [${name}](#${name.replaceAll('.', '')}) | ${description} | \`${readableWith}\` |`,
  );
  const page = [
    HEAD,
    ['| type | what has happened | scope |', '| - | - | - |', ...overview].join('\n'),
    ...EVENT_TYPES.map(sectionOf),
  ].join('\n\n');
  return format(page, { ...(await resolveConfig(path)), parser: 'markdown' });
}
