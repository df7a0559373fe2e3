/** What the reader can do something about: its message, a whole sentence, is all that is shown. */
export class SentenceError extends Error {}
