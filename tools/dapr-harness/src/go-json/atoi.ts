/**
 * A decimal integer as Go's strconv reads one.
 * @throws Error in strconv's words, e.g. `strconv.Atoi: parsing "x": invalid syntax`.
 */
export function parseGoInt(text: string, by: 'Atoi' | 'ParseInt'): number {
  const problem = (what: string) => new Error(`strconv.${by}: parsing ${JSON.stringify(text)}: ${what}`);
  if (!/^[+-]?\d+$/.test(text)) throw problem('invalid syntax');
  const number = BigInt(text.replace(/^\+/, ''));
  if (number > 2n ** 63n - 1n || number < -(2n ** 63n)) throw problem('value out of range');
  return Number(number);
}
