import tseslint from 'typescript-eslint';

/** Words that say nothing about what a thing is: docs/glossary.md has the ones that do. */
const EMPTY_WORDS = [
  'manager',
  'helper',
  'helpers',
  'util',
  'utils',
  'common',
  'base',
  'data',
  'dto',
  'impl',
  'service',
];
// a space that is out of service is not one of our services
const EMPTY_ENDING = '/(Manager|Helpers?|Utils?|Common|Base|Data|Dto|Impl|(?<!Of|To)Service)$/';

const plaza = {
  rules: {
    'file-name': {
      meta: { type: 'problem', messages: { empty: 'A file name says what is in it: "{{word}}" does not.' } },
      create: (context) => ({
        Program(node) {
          const name = context.filename
            .split('/')
            .at(-1)
            .replace(/(of|to)-service/, '$1');
          const parts = name.split('.').slice(0, -1);
          const word = parts.map((part) => part.split('-').at(-1)).find((last) => EMPTY_WORDS.includes(last));
          if (word) context.report({ node, messageId: 'empty', data: { word } });
        },
      }),
    },
  },
};

const emptyNames = [
  'ClassDeclaration[id.name=ENDING]',
  'TSInterfaceDeclaration[id.name=ENDING]',
  'TSTypeAliasDeclaration[id.name=ENDING]',
  'FunctionDeclaration[id.name=ENDING]',
].map((selector) => ({
  selector: selector.replace('ENDING', EMPTY_ENDING),
  message: 'A name says what the thing is: docs/glossary.md has the words.',
}));

const lines = (max) => ['error', { max, skipBlankLines: false, skipComments: false }];

export default tseslint.config(
  { ignores: ['**/node_modules/**', '.plaza/**', 'coverage/**', 'schema/**', '**/*.cjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { plaza },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'prefer-const': 'error',
      'max-lines': lines(250),
      'plaza/file-name': 'error',
      'no-restricted-syntax': ['error', ...emptyNames],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in config.ts, once, with zod.' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // an async method without await is how an interface of promises is met
      '@typescript-eslint/require-await': 'off',
      // rows, JSON and GraphQL arguments come in as any and are given their type where they come in
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    files: ['subgraphs/*/src/graphql/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...emptyNames,
        {
          selector: 'CallExpression[callee.property.name="write"][callee.object.property.name="database"]',
          message: 'A use case opens the transaction; a resolver calls the use case.',
        },
      ],
    },
  },
  {
    files: ['**/config.ts', 'platform/src/settings.ts', 'scripts/**/*.ts', 'tests/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: [
      'scripts/**/*.ts',
      'bench/**/*.ts',
      'replay/**/*.ts',
      'evidence/**/*.ts',
      'platform/src/testing/**',
      'tests/setup/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/tests/**/*.ts', 'tests/**/*.ts', 'platform/src/testing/**'],
    rules: {
      'max-lines': lines(400),
      // a test reads answers of the graph, whose shape its expectations state
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
