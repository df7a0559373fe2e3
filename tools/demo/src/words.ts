import type { Random } from './random.ts';

type Some = readonly [string, ...string[]];

const TOPICS: readonly [{ tag: string; things: Some }, ...{ tag: string; things: Some }[]] = [
  { tag: 'garden', things: ['tomatoes', 'the compost', 'a pear tree', 'early beans', 'the old greenhouse'] },
  { tag: 'bread', things: ['sourdough', 'a rye loaf', 'flat bread', 'the oven', 'a new starter'] },
  { tag: 'cycling', things: ['the river road', 'a puncture', 'the hill behind town', 'night rides', 'my first race'] },
  { tag: 'music', things: ['the choir', 'a borrowed cello', 'street music', 'an old record', 'learning the drums'] },
  { tag: 'books', things: ['a library find', 'a long novel', 'poems', 'reading aloud', 'a travel diary'] },
  { tag: 'repair', things: ['a toaster', 'the radio', 'my bicycle', 'a wobbly chair', 'the repair café'] },
  { tag: 'weather', things: ['the storm', 'fog on the lake', 'first snow', 'a very long summer', 'wind'] },
  {
    tag: 'projects',
    things: ['the community hall', 'a shared workshop', 'a tool library', 'the playground', 'our map'],
  },
];

const TITLES: Some = ['Notes on', 'What I learned about', 'Help with', 'In praise of', 'A weekend with', 'Against'];
const OPENINGS: Some = [
  'It took three attempts.',
  'Nobody told me how easy this is.',
  'I have put this off for a year.',
  'My neighbour had the right idea.',
  'Some of you asked how it went.',
];
const MIDDLES: Some = [
  'The trick is to go slowly and to write down what you did',
  'I would do the first half again and leave out the rest',
  'Half of it was luck, and the other half a good book',
  'We were four people and needed two',
  'It costs next to nothing if you borrow the tools',
];
const ENDINGS: Some = [
  'Ask me anything.',
  'Pictures follow.',
  'Who joins next time?',
  'More on Sunday.',
  'Never again.',
];
const COMMENTS: Some = [
  'This is just what I needed, thank you.',
  'How long did it take you?',
  'I tried the same and it did not work. What did I miss?',
  'Count me in next time.',
  'You should show this to the others.',
  'Lovely.',
  'I have a spare one if you need it.',
  'My grandmother did it the same way.',
  'Is there a cheaper way to do that?',
  'Welcome to the club!',
];

/** What a post says; `number` counts its author's posts from 1 and keeps their titles apart. */
export function postText(random: Random, number: number): { title: string; content: string; tags: string[] } {
  const topic = random.pick(TOPICS);
  const thing = random.pick(topic.things);
  return {
    title: `${random.pick(TITLES)} ${thing} (${number})`,
    content: `${random.pick(OPENINGS)} ${random.pick(MIDDLES)}: that holds for ${thing} as for most things. ${random.pick(ENDINGS)}`,
    tags: [topic.tag],
  };
}

export function commentText(random: Random): string {
  return random.pick(COMMENTS);
}

const PLACES: Some = ['By the river', 'Up the hill', 'At the old mill', 'Next to the station', 'Over the bakery'];
const DEEDS: Some = ['repairs', 'collects', 'writes about', 'reads up on', 'cannot stop talking about'];

/** What a person says of themselves. */
export function aboutPerson(random: Random): { bio: string; location: string } {
  const [one, other] = [random.pick(TOPICS), random.pick(TOPICS)];
  return {
    bio: `Likes ${random.pick(one.things)}, and ${random.pick(DEEDS)} ${random.pick(other.things)}.`,
    location: random.pick(PLACES),
  };
}

const UNDERTAKINGS: Some = ['A new roof for', 'Opening day of', 'A website for', 'Painting', 'A map of', 'Saving'];
const SUBJECTS: Some = ['the community hall', 'the tool library', 'the village choir', 'the school garden', 'the mill'];
const SKILLS: Some = ['carpentry', 'painting', 'typescript', 'bookkeeping', 'music', 'gardening', 'photography'];
const APPLICATIONS: Some = [
  'I have done this before and would like to again.',
  'I can spare two evenings a week.',
  'I bring my own tools.',
  'I have always wanted to learn that.',
  'My sister and I could both help.',
];

/** What a project is about. */
export function projectText(random: Random): { title: string; description: string; skills: string[] } {
  const title = `${random.pick(UNDERTAKINGS)} ${random.pick(SUBJECTS)}`;
  return {
    title,
    description: `${title}: who helps? ${random.pick(MIDDLES)}. ${random.pick(ENDINGS)}`,
    skills: random.some(SKILLS, 1 + random.integer(3)),
  };
}

export function applicationText(random: Random): string {
  return random.pick(APPLICATIONS);
}
