import { insist } from './insist.ts';
import type { LoadUser, Operation, Stage } from './stage.ts';

type Session = { id: string; token: string };

const PASSWORD = 'a long enough password';

/** Brings somebody new onto the stage. A registration whose answer was lost shows by the name being taken. */
export async function register(stage: Stage): Promise<LoadUser | undefined> {
  const { api, ledger, traffic, users } = stage;
  const username = stage.words('u').replaceAll(' ', '-');
  const body = { username, email: `${username}@example.com`, password: PASSWORD };
  const { answer, wasUnsure } = await insist(() =>
    api.ask({ purpose: 'register', method: 'POST', path: '/api/auth/register', body }),
  );
  if (!answer) return undefined;
  const isTaken = answer.status === 400 && wasUnsure;
  if (answer.status !== 201 && !isTaken) {
    traffic.surprise(`registering ${username} answered ${answer.status}`);
    return undefined;
  }
  const known = isTaken ? await logIn(stage, username) : (answer.body as Session);
  if (!known) return undefined;
  const user = { username, password: PASSWORD, id: known.id, token: known.token };
  users.push(user);
  ledger.users.set(user.id, { id: user.id, username });
  return user;
}

/** Somebody new, now and then. */
export const registerSomebody: Operation = async (stage) => void (await register(stage));

/** An account that exists can be logged into: its token is as good as the one before. */
export const logInAgain: Operation = async (stage) => {
  const user = stage.random.pick(stage.users);
  const fresh = await logIn(stage, user.username);
  if (fresh) user.token = fresh.token;
};

async function logIn({ api, traffic }: Stage, username: string): Promise<Session | undefined> {
  const { answer } = await insist(() =>
    api.ask({
      purpose: 'log in',
      method: 'POST',
      path: '/api/auth/login',
      body: { username, password: PASSWORD },
    }),
  );
  if (!answer) return undefined;
  if (answer.status === 200) return { id: answer.body.user_id, token: answer.body.token };
  traffic.surprise(`logging ${username} in answered ${answer.status}`);
  return undefined;
}
