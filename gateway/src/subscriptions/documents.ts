import { Recent } from '@plaza/platform/server/recent';
import { tooNested } from '@plaza/platform/server/too-nested';
import { GraphQLError, parse, type DocumentNode } from 'graphql';
import { DOCUMENT_LIMITS } from '../limits/document-limits.js';

const MOST_DOCUMENTS = 1_000;

/** Parsed documents by their text. An operation's plan is kept for as long as its document. */
export class Documents {
  private readonly parsed = new Recent<string, DocumentNode>(MOST_DOCUMENTS);

  /** The document, or an error for the client. */
  parse(text: string): DocumentNode | GraphQLError {
    const known = this.parsed.get(text);
    if (known) return known;
    try {
      const document = parse(text, { maxTokens: DOCUMENT_LIMITS.tokens });
      this.parsed.set(text, document);
      return document;
    } catch (error) {
      return (
        tooNested(error) ??
        new GraphQLError((error as Error).message, { extensions: { code: 'GRAPHQL_PARSE_FAILED' } })
      );
    }
  }
}
