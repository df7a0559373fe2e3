/** Someone who will have an account. */
export interface Person {
  username: string;
  email: string;
  firstName: string;
  lastName: string;
}

const FIRST_NAMES =
  'Ada Alan Amina Anders Bea Boris Chen Clara Dario Edith Emil Farah Femi Grace Hana Hugo Ines Ivan Jamal Jana Kofi ' +
  'Lars Leila Lin Luca Maja Marek Mina Nadia Niko Olga Omar Paula Priya Rosa Sami Tess Uma Viktor Yara';
const LAST_NAMES =
  'Abara Adler Bell Berg Castro Chandra Cole Dahl Diaz Dubois Eder Falk Flores Gray Haddad Hill Ito Jansen Kaya Keller ' +
  'Kim Laine Lopes Marsh Mensah Moreau Nagy Novak Okoye Olsen Park Petrov Quist Rossi Sato Silva Stone Tanaka Vega Wolf';
const first = FIRST_NAMES.split(' ');
const last = LAST_NAMES.split(' ');

/** The person of a number: always the same name for the same number, and never one name for two numbers. */
export function personOf(number: number): Person {
  const round = Math.floor(number / first.length);
  const lap = Math.floor(round / last.length);
  const firstName = first[number % first.length] ?? '';
  const lastName = last[(number + round) % last.length] ?? '';
  const username = `${firstName}.${lastName}${lap === 0 ? '' : lap + 1}`.toLowerCase();
  return { username, email: `${username}@example.com`, firstName, lastName };
}
