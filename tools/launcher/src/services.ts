import { service as auth } from '@commons/auth';
import { service as chat } from '@commons/chat';
import { service as comment } from '@commons/comment';
import { service as gateway } from '@commons/gateway';
import { service as like } from '@commons/like';
import { service as notification } from '@commons/notification';
import type { AnyService } from '@commons/platform';
import { service as post } from '@commons/post';
import { service as profile } from '@commons/profile';
import { service as project } from '@commons/project';
import { service as realtime } from '@commons/realtime';
import { service as subscription } from '@commons/subscription';

/** Every service of the platform: the one list that all ways of running on this machine go by. */
export const services = [
  auth,
  chat,
  comment,
  like,
  notification,
  post,
  profile,
  project,
  realtime,
  subscription,
  gateway,
] as unknown as readonly AnyService[];
