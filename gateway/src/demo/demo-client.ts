/** What a command of the demo ends with. */
export type Outcome = Record<string, unknown> & { __typename: string };

/** A client of the public graph: the demo is made by the same operations that everybody uses. */
export class DemoClient {
  private token?: string;

  constructor(private readonly url: string) {}

  signedIn(token: string): void {
    this.token = token;
  }

  async ask<Answer>(query: string, variables: object = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Answer; errors?: { message: string }[] };
    if (errors || !data) throw new Error(`The demo could not be loaded: ${errors?.[0]?.message}`);
    return data;
  }

  /** Runs a mutation of one field, which must end with `expected`. */
  async command<Success extends Outcome>(
    expected: Success['__typename'],
    query: string,
    input: object,
  ): Promise<Success> {
    const [outcome] = Object.values(await this.ask<Record<string, Outcome>>(query, { input }));
    if (outcome?.__typename !== expected) {
      throw new Error(
        `The demo could not be loaded: ${expected} expected, ${JSON.stringify(outcome)} found.`,
      );
    }
    return outcome as Success;
  }
}
