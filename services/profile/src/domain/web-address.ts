/** Whether a text is the whole URL of something on the web: others could run in the browser of who follows them. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && !/\s/.test(text) && URL.canParse(text);
}
