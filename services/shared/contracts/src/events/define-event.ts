import { z } from 'zod';

/** Who caused an event, and from where. Filled in by the platform from the request that led to it. */
export const eventMeta = z.object({
  actor_id: z.string().nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
});
export type EventMeta = z.infer<typeof eventMeta>;

export type EventDefinition<Data extends z.ZodObject = z.ZodObject> = {
  /** The Dapr topic that carries it, e.g. `post-events`. */
  topic: string;
  /** The CloudEvents type, e.g. `PostCreated`. */
  type: string;
  /** Version of `data`; only ever extended, so that it stays 1 while old readers can read it. */
  version: number;
  /** The event's own fields, without `v` and `meta`. */
  data: Data;
};

export type EventData<E extends EventDefinition> = z.infer<E['data']>;

/** Every event as its consumer sees it: its own fields, the schema's version and who caused it. */
export type ReceivedData<E extends EventDefinition> = EventData<E> & { v: number; meta: EventMeta };

/** Declares an event: where it travels, what it is called, what it carries. */
export function defineEvent<Shape extends z.ZodRawShape>(
  topic: string,
  type: string,
  shape: Shape,
): EventDefinition<z.ZodObject<Shape>> {
  return { topic, type, version: 1, data: z.object(shape) };
}
