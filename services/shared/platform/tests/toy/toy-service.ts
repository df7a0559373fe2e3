import { defineCall, defineEvent, id, text } from '@commons/contracts';
import { z } from 'zod';
import {
  answerFor,
  created,
  defineService,
  Forbidden,
  noContent,
  NotFound,
  ok,
  routeFor,
  subscribeFor,
  type BaseContext,
} from '../../src/index.ts';

type ToyContext = BaseContext;
const route = routeFor<ToyContext>();
const answer = answerFor<ToyContext>();
const subscribe = subscribeFor<ToyContext>();

export const noteMade = defineEvent('toy-events', 'NoteMade', { note_id: z.string(), text: z.string() });
export const noteHeard = defineEvent('toy-events', 'NoteHeard', { text: z.string() });
export const countNotes = defineCall('toy', 'CountNotes', {
  callers: ['post'],
  input: z.object({ prefix: z.string() }),
  output: z.object({ count: z.int() }),
});
export const askOther = defineCall('other', 'Echo', {
  callers: ['toy'],
  onBehalfOfUser: 'required',
  timeoutMs: 300,
  input: z.object({ text: z.string() }),
  output: z.object({ text: z.string() }),
});

const note = z.object({ id, text: z.string() });
const notesOf = ({ db }: ToyContext) => db.collection<{ _id: string; text: string; heard?: number }>('notes');

const makeNote = route({
  method: 'POST',
  path: '/notes',
  summary: 'Makes a note',
  access: 'user',
  body: z.object({ text: text({ min: 1, max: 10 }), parent: id.optional() }),
  answers: { 201: note },
  handler: async ({ ctx, body }) => {
    const _id = Math.random().toString(16).slice(2).padEnd(24, '0').slice(0, 24);
    await ctx.transaction(async (tx) => {
      await notesOf(ctx).insertOne({ _id, text: body.text }, { session: tx.session });
      tx.emit(noteMade, _id, { note_id: _id, text: body.text });
    });
    return created({ id: _id, text: body.text }, `/notes/${_id}`);
  },
});

const getNote = route({
  method: 'GET',
  path: '/notes/:id',
  summary: 'A note',
  access: 'anyone',
  params: z.object({ id }),
  answers: { 200: note },
  handler: async ({ ctx, params }) => {
    const found = await notesOf(ctx).findOne({ _id: params.id });
    if (!found) throw new NotFound('There is no such note.', 'note_not_found');
    return ok({ id: found._id, text: found.text });
  },
});

const latest = route({
  method: 'GET',
  path: '/notes/latest',
  summary: 'The latest note',
  access: 'public',
  answers: { 204: null },
  handler: () => noContent(),
});

const clear = route({
  method: 'DELETE',
  path: '/notes',
  summary: 'Removes all',
  access: 'admin',
  answers: { 204: null },
  handler: () => {
    throw new Forbidden('Not even admins.');
  },
});

const forget = route({
  method: 'DELETE',
  path: '/memories',
  summary: 'Forgets some or all',
  access: 'public',
  body: z.object({ about: z.string().optional() }),
  isBodyOptional: true,
  answers: { 200: z.object({ about: z.string().nullable() }) },
  handler: ({ body }) => ok({ about: body.about ?? null }),
});

const fail = route({
  method: 'GET',
  path: '/fail',
  summary: 'Fails',
  access: 'public',
  answers: { 200: z.object({}) },
  handler: () => {
    throw new Error('the password is hunter2');
  },
});

const relay = route({
  method: 'POST',
  path: '/relay',
  summary: 'Asks another service',
  access: 'user',
  body: z.object({ text: z.string() }),
  answers: { 200: z.object({ text: z.string() }) },
  handler: async ({ ctx, body }) => ok(await ctx.dapr.call(askOther, body)),
});

const remember = route({
  method: 'PUT',
  path: '/state/:key',
  summary: 'Keeps a value in Dapr state and reads it again',
  access: 'public',
  params: z.object({ key: z.string() }),
  body: z.object({ value: z.string() }),
  answers: {
    200: z.object({ before: z.string().nullable(), after: z.string().nullable(), gone: z.string().nullable() }),
  },
  handler: async ({ ctx, params, body }) => {
    const read = async (): Promise<string | null> => (await ctx.dapr.state.get(params.key, z.string())) ?? null;
    const before = await read();
    await ctx.dapr.state.set(params.key, body.value, { ttlSeconds: 60 });
    const after = await read();
    await ctx.dapr.state.delete(params.key);
    return ok({ before, after, gone: await read() });
  },
});

const answerCountNotes = answer(countNotes, async ({ ctx, input }) => ({
  count: await notesOf(ctx).countDocuments({ text: { $gte: input.prefix } }),
}));

const onNoteHeard = subscribe(noteHeard, async ({ ctx, data, tx }) => {
  if (data.text === 'unlucky') throw new Error('no luck');
  const change = { $inc: { heard: 1 }, $setOnInsert: { text: data.text } };
  await notesOf(ctx).updateOne({ _id: `heard-${data.text}` }, change, { upsert: true, session: tx.session });
});

/** The smallest service that uses everything of the platform. */
export const toyService = defineService({
  name: 'toy',
  config: z.object({}),
  createContext: (base) => base,
  routes: [makeNote, getNote, latest, clear, forget, fail, relay, remember, answerCountNotes],
  subscriptions: [onNoteHeard],
  migrations: [{ name: '0001-notes', up: async (db) => void (await db.createCollection('notes')) }],
});
