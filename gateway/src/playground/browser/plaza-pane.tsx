import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { useState, useSyncExternalStore, type FormEvent } from 'react';
import { EXAMPLES } from '../examples.js';
import type { Example } from '../examples/example.js';
import type { DemoLogin } from '../ready-info.js';
import { send } from './fetcher.js';
import { fill, onTokenChange, setToken, token } from './session.js';

const logins = JSON.parse(document.getElementById('logins')?.textContent ?? '[]') as DemoLogin[];

const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { ... on SignedIn { tokens { accessToken } } ... on Problem { message } }
}`;

interface SignInAnswer {
  data?: { signIn?: { tokens?: unknown; message?: string } };
  errors?: { message: string }[];
}

function SignIn() {
  const current = useSyncExternalStore(onTokenChange, token);
  const [said, setSaid] = useState('');
  const signInAs = async (login: DemoLogin) => {
    setToken('');
    const input = { email: login.email, password: login.password };
    const answer = (await send({ query: SIGN_IN, variables: { input } })) as SignInAnswer;
    setSaid(
      answer.data?.signIn?.tokens
        ? `Signed in as ${login.email}.`
        : (answer.data?.signIn?.message ?? answer.errors?.[0]?.message ?? 'No answer.'),
    );
  };
  const paste = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const pasted = new FormData(event.currentTarget).get('token');
    setToken(typeof pasted === 'string' ? pasted : '');
    setSaid('This token is sent with every operation.');
    event.currentTarget.reset();
  };
  return (
    <section>
      <h3>Who asks</h3>
      <div className="plaza-logins">
        {logins.map((login) => (
          <button key={login.email} type="button" onClick={() => void signInAs(login)} title={login.email}>
            {login.role}
          </button>
        ))}
        {current !== '' && (
          <button type="button" onClick={() => (setToken(''), setSaid('Nobody is signed in.'))}>
            Sign out
          </button>
        )}
      </div>
      <form onSubmit={paste}>
        <input
          name="token"
          aria-label="Token"
          placeholder="or paste a token or an API key"
          autoComplete="off"
        />
        <button type="submit">Use</button>
      </form>
      <p role="status">
        {said || (current === '' ? 'Nobody is signed in.' : 'A token is sent with every operation.')}
      </p>
    </section>
  );
}

function Pane() {
  const editor = useGraphiQLActions();
  const { queryEditor, variableEditor, tabs } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    tabs: state.tabs,
  }));
  const open = (example: Example) => {
    const variables = fill(example.variables, logins[0]);
    if (tabs.length > 1 || queryEditor?.getValue().trim()) editor.addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(variables);
    editor.updateActiveTabValues({ query: example.query, variables });
  };
  return (
    <div className="plaza-pane">
      <SignIn />
      <section>
        <h3>The whole flow</h3>
        <ol>
          {EXAMPLES.map((example) => (
            <li key={example.title}>
              <button type="button" onClick={() => open(example)}>
                {example.title}
              </button>
              <p>{example.about}</p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <rect x="3.5" y="3.5" width="17" height="17" rx="4" />
      <path d="M9.5 17V7.5h3.2a3 3 0 0 1 0 6H9.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** Signs in with one click and holds the saved operations. */
export const PLAZA_PLUGIN: GraphiQLPlugin = { title: 'Plaza', icon: Icon, content: Pane };
