import { answerCreateSession } from './answer-create-session.ts';
import { answerDeleteSession } from './answer-delete-session.ts';
import { answerGetJwks } from './answer-get-jwks.ts';
import { answerListRevocations } from './answer-list-revocations.ts';
import { answerListUsers } from './answer-list-users.ts';
import { answerValidateSession } from './answer-validate-session.ts';
import { changePasswordRoute } from './change-password.ts';
import { deleteMeRoute } from './delete-me.ts';
import { deleteSession } from './delete-session.ts';
import { getMe } from './get-me.ts';
import { getUser } from './get-user.ts';
import { jwks } from './jwks.ts';
import { listSessions } from './list-sessions.ts';
import { listUsers } from './list-users.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { patchMe } from './patch-me.ts';
import { patchUser } from './patch-user.ts';
import { refresh } from './refresh.ts';
import { register } from './register.ts';

/** All that auth answers: the public, then admins, then other services. */
export const routes = [
  register,
  login,
  refresh,
  logout,
  getMe,
  patchMe,
  deleteMeRoute,
  changePasswordRoute,
  listSessions,
  deleteSession,
  jwks,
  listUsers,
  getUser,
  patchUser,
  answerCreateSession,
  answerValidateSession,
  answerDeleteSession,
  answerListRevocations,
  answerGetJwks,
  answerListUsers,
];
