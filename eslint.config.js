import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * What a reader would ask for in a review, checked with types. Who may import whom is the business of
 * `.dependency-cruiser.cjs`, how it looks that of prettier.
 */
export default defineConfig(
  { ignores: ['**/dist/', '**/.data/', '**/coverage/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Express and the event bus take asynchronous handlers, and see to their rejections.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, properties: false } },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // The driver marks one overload of it, which its own documentation uses.
      '@typescript-eslint/no-deprecated': ['error', { allow: ['createIndex'] }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Ours are closures, which do not know `this`; a plain object may stand where a library declares a class.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // `void` says that a value is not looked at; where there is none it does no harm.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // It takes no account of variables that a closure sets.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A function that reads JSON is told by its caller what to find there.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An interface may be asynchronous where one of its implementations has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export it by its name.' }],
      'no-console': 'error',
    },
  },
  {
    // The first is read by MongoDB's shell, the second by Node.
    files: ['charts/commons/files/mongodb/*.js', 'charts/commons/files/test/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['connect', 'sleep', 'process', 'require', 'console', 'fetch', 'AbortSignal'].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['services/**/*.ts'],
    ignores: ['services/shared/platform/src/config*', 'services/shared/platform/src/config/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: "Read it in the service's config.ts, through the platform." },
      ],
    },
  },
  { files: ['tools/**/*.ts', 'tests/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/tests/**/*.ts'],
    rules: {
      // A test reads answers of any shape, and asserts them whole.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // jest asks for a default export.
  { files: ['**/{src,cluster}/jest/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', module: 'writable', URL: 'readonly' } },
  },
);
