const MAX_WORDS = 1_000;
const MAX_WORD_LENGTH = 64;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The words of a text as search compares them: each once, case and accents folded; of a very long text the first thousand. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(fold(text))) {
    if (isWordLike) words.add(segment.slice(0, MAX_WORD_LENGTH));
    if (words.size === MAX_WORDS) break;
  }
  return [...words];
}

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
