import type { Role, UserStatus } from '@commons/contracts';
import type { Transaction } from '@commons/platform';
import { Types, type Connection, type UpdateQuery } from 'mongoose';
import { fold } from '../domain/names.ts';
import type { NewUser, User, UserChange } from '../domain/user.ts';
import { UserExists } from '../domain/user-exists.ts';
import { duplicateKey } from './duplicate-key.ts';
import { namesOf, toUser } from './user-document.ts';
import { userModel, type UserDocument } from './user-model.ts';

export type UserStore = ReturnType<typeof createUserStore>;

/** The accounts. Writes belong in a transaction; what they give is the account afterwards. */
export function createUserStore(db: Connection) {
  const users = userModel(db);

  async function update(
    id: string,
    change: UpdateQuery<UserDocument>,
    tx: Transaction,
    onlyIf: object = {},
  ): Promise<User | undefined> {
    const options = { session: tx.session, returnDocument: 'after' as const };
    const document = await naming(() => users.findOneAndUpdate({ _id: id, ...onlyIf }, change, options).lean());
    return document ? toUser(document) : undefined;
  }

  return {
    /** @throws UserExists where name or e-mail are taken. */
    async insert(user: NewUser, tx: Transaction): Promise<User> {
      const document: UserDocument = {
        _id: new Types.ObjectId(),
        ...namesOf(user),
        password_hash: user.passwordHash,
        roles: user.roles,
        status: 'active',
        email_verified: false,
        username_revision: 1,
        tokens_from: 0,
        created_at: user.createdAt,
        active_at: user.createdAt,
      };
      await naming(() => users.insertMany([document], { session: tx.session }));
      return toUser(document);
    },

    /** The account, deleted or not. */
    async find(id: string, tx?: Transaction): Promise<User | undefined> {
      const document = await users.findById(id, null, { session: tx?.session ?? null }).lean();
      return document ? toUser(document) : undefined;
    },

    /** The account of a username, or of an e-mail: only an e-mail has an `@`. */
    async findByName(name: string): Promise<User | undefined> {
      const field = name.includes('@') ? 'email_folded' : 'username_folded';
      const document = await users.findOne({ [field]: fold(name) }).lean();
      return document ? toUser(document) : undefined;
    },

    /** @throws UserExists naming what is taken. A quick look: only the index decides. */
    async requireFree({ username, email }: { username: string; email: string }): Promise<void> {
      const [sameName, sameEmail] = await Promise.all([
        users.exists({ username_folded: fold(username) }),
        users.exists({ email_folded: fold(email) }),
      ]);
      const taken = [...(sameName ? ['username'] : []), ...(sameEmail ? ['email'] : [])];
      if (taken.length > 0) throw new UserExists(taken);
    },

    /**
     * Notes that an active account is used. It writes, so that a change of the account at the same time conflicts.
     * @param passwordHash where given, nothing happens if the password has changed meanwhile.
     */
    noteActivity: (id: string, { now, passwordHash }: { now: Date; passwordHash?: string }, tx: Transaction) =>
      update(id, { $set: { active_at: now } }, tx, {
        status: 'active',
        ...(passwordHash !== undefined && { password_hash: passwordHash }),
      }),

    /** Changes what a user is called. @throws UserExists where a new name or e-mail is taken. */
    rename(user: User, change: UserChange, tx: Transaction): Promise<User | undefined> {
      const names = { ...user, ...change };
      const isRenamed = (['username', 'firstName', 'lastName'] as const).some((name) => names[name] !== user[name]);
      const isMoved = names.email !== user.email;
      return update(
        user.id,
        {
          $set: { ...namesOf(names), ...(isMoved && { email_verified: false }) },
          ...(isRenamed && { $inc: { username_revision: 1 } }),
        },
        tx,
      );
    },

    /** Replaces the password, if it still is the one of `from`. */
    changePassword: (id: string, { from, to }: { from: string; to: string }, tx: Transaction) =>
      update(id, { $set: { password_hash: to } }, tx, { password_hash: from }),

    setRoles: (id: string, roles: Role[], tx: Transaction) => update(id, { $set: { roles } }, tx),

    setStatus: (id: string, status: UserStatus, tx: Transaction) => update(id, { $set: { status } }, tx),

    /** Has every token from now on issued at `seconds` or later. */
    setTokensFrom: (id: string, seconds: number, tx: Transaction) => update(id, { $max: { tokens_from: seconds } }, tx),

    /** Removes everything personal; what stays says that there was an account. */
    erase: (id: string, tx: Transaction) =>
      update(
        id,
        {
          $set: { status: 'deleted', roles: [], search_keys: [], email_verified: false },
          $unset: {
            username: 1,
            username_folded: 1,
            email: 1,
            email_folded: 1,
            password_hash: 1,
            first_name: 1,
            last_name: 1,
          },
          $inc: { username_revision: 1 },
        },
        tx,
        { status: { $ne: 'deleted' } },
      ),
  };
}

/** Says which of the two names is taken where a write runs into a unique index. */
async function naming<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const fields = duplicateKey(error);
    throw fields ? new UserExists(fields.map((field) => field.replace('_folded', ''))) : error;
  }
}
