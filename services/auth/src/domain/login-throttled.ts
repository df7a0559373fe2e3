import { TooManyRequests } from '@commons/platform';
import type { LoginPolicy } from './login-window.ts';

/** Too many wrong passwords for one name: not even the right one is looked at. */
export class LoginThrottled extends TooManyRequests {
  constructor(until: Date, now: Date, { allowed }: LoginPolicy) {
    const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
    super('Too many failed logins for this name. Try again later.', seconds, {
      'ratelimit-limit': String(allowed),
      'ratelimit-remaining': '0',
      'ratelimit-reset': String(seconds),
    });
  }
}
