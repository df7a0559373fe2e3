import { Types, type Connection } from 'mongoose';
import { listName } from '../domain/lists.ts';
import type { Project } from '../domain/project.ts';
import { projectModel } from './project-model.ts';
import { toProject, WITHOUT_DERIVED, type StoredProject } from './to-project.ts';

export type Order = { field: 'created_at' | 'due_at' | 'applications_count'; direction: 1 | -1 };
/** Where a reader has got to: the last project's value of the ordered field (milliseconds for a time) and its id. */
export type Position = { value: number; id: string };

/** Which projects: those that stand in the lists of all these subjects, and meet the rest. */
export type Selection = {
  subjects: readonly string[];
  /** All of these are in the project. */
  words?: readonly string[];
  minAmount?: number;
  maxAmount?: number;
  /** Owners whose projects are left out. */
  hiddenOwners?: readonly string[];
};

export type ProjectList = {
  /** Projects for some audiences, of which no project has two, in one order. */
  read(
    query: Selection & {
      audiences: readonly string[];
      order: Order;
      limit: number;
      skip?: number;
      after?: Position;
    },
  ): Promise<Project[]>;
  /** How many projects there are for an audience, but at most `limit`. */
  count(query: Selection & { audience: string; limit?: number | undefined }): Promise<number>;
};

/** Lists of projects, each read along an index that holds its order. */
export function createProjectList(db: Connection): ProjectList {
  const projects = projectModel(db);

  return {
    async read({ audiences, order, limit, skip = 0, after, ...selection }) {
      const stretches = audiences.flatMap((audience) =>
        stepsAfter(order, after).map((step) => ({ ...step, ...conditionsOf(selection, audience) })),
      );
      const [first] = stretches;
      if (!first) return [];
      const found = projects
        .find(stretches.length === 1 ? first : { $or: stretches }, WITHOUT_DERIVED)
        .sort({ [order.field]: order.direction, _id: order.direction })
        .skip(skip)
        .limit(limit);
      const index = indexFor(selection, order);
      return (await (index ? found.hint(index) : found).lean<StoredProject[]>()).map(toProject);
    },
    count: ({ audience, limit, ...selection }) =>
      projects.countDocuments(conditionsOf(selection, audience), {
        hint: { [leadOf(selection)]: 1, created_at: -1, _id: -1 },
        ...(limit !== undefined && { limit }),
      }),
  };
}

type Conditions = Record<string, unknown>;
type Index = Record<string, 1 | -1>;

/**
 * Each stretch of a list is a part of an index that is in the list's order already, so that the database merges them without sorting:
 * that needs plain equality in each, hence one for each audience in place of `$in`.
 */
function conditionsOf(selection: Selection, audience: string): Conditions {
  const { subjects, words = [], minAmount, maxAmount, hiddenOwners = [] } = selection;
  const amount = {
    ...(minAmount !== undefined && { $gte: minAmount }),
    ...(maxAmount !== undefined && { $lte: maxAmount }),
  };
  return {
    lists: allOf(subjects.map((subject) => listName(subject, audience))),
    ...(words.length > 0 && { words: allOf(words) }),
    ...(Object.keys(amount).length > 0 && { 'budget.amount': amount }),
    ...(hiddenOwners.length > 0 && { owner_id: { $nin: hiddenOwners } }),
  };
}

const allOf = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : { $all: values });

/**
 * The index is named, for what once was the best plan for a small list is remembered for large ones. What is searched for by words is
 * read along the index of words. There is none for the number of applications, which would have to be written anew with every one of
 * them: there it is the database that weighs.
 */
function indexFor(selection: Selection, { field }: Order): Index | undefined {
  const lead = leadOf(selection);
  return lead === 'words' && field === 'applications_count' ? undefined : { [lead]: 1, [field]: -1, _id: -1 };
}

const leadOf = ({ words = [] }: Selection): 'words' | 'lists' => (words.length > 0 ? 'words' : 'lists');

/** What lies after a position, in two stretches: the rest of those with the same value, then those beyond it. */
function stepsAfter({ field, direction }: Order, after: Position | undefined): Conditions[] {
  if (!after) return [{}];
  const beyond = direction === 1 ? '$gt' : '$lt';
  const value = field === 'applications_count' ? after.value : new Date(after.value);
  return [{ [field]: value, _id: { [beyond]: new Types.ObjectId(after.id) } }, { [field]: { [beyond]: value } }];
}
