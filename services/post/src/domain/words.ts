export { wordsOf } from '@commons/platform';
