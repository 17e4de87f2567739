// The editor's workers are files of this origin, beside this one.
const worker = (name: string) =>
  new Worker(new URL(`${name}.worker.js`, import.meta.url), { type: 'module' });

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      worker(label === 'json' || label === 'graphql' ? label : 'editor'),
  },
});
