/** Somebody who can sign in to the demo. */
export interface DemoLogin {
  /** What this person does: "Owner", "Operator". */
  role: string;
  email: string;
  password: string;
}

/** What Plaza says of itself when it is ready: at the end of the start and on the welcome page. */
export interface ReadyInfo {
  version: string;
  /** One process, or one for each subgraph. */
  topology: 'embedded' | 'distributed';
  /** Empty without the demo. */
  logins: DemoLogin[];
  /** A demo partner's key; undefined without the demo. */
  apiKey?: { name: string; secret: string };
}
