import type { Visibility } from '../plan/profiles.ts';
import type { Caller, Session } from './caller.ts';

/** What the demo asks of profiles and subscriptions. */
export function peopleCalls({ send, readAll }: Caller) {
  async function describe(owner: Session, profile: { nickname: string; bio: string; location: string }): Promise<void> {
    await send(owner, 200, { method: 'PUT', path: `/api/profiles/${owner.userId}`, body: profile });
  }

  async function setVisibility(owner: Session, visibility: Visibility): Promise<void> {
    const path = `/api/profiles/${owner.userId}/settings`;
    const settings = await send<Record<string, unknown>>(owner, 200, { method: 'GET', path });
    await send(owner, 200, { method: 'PUT', path, body: { ...settings, profile_visibility: visibility } });
  }

  /** Whether somebody has said who they are. */
  async function isDescribed(owner: Session): Promise<boolean> {
    const path = `/api/profiles/${owner.userId}`;
    return (await send<{ nickname: string | null }>(owner, 200, { method: 'GET', path })).nickname !== null;
  }

  /** Follows somebody, or asks to where their profile is not public. */
  async function follow(follower: Session, userId: string): Promise<void> {
    await send(follower, 201, { method: 'POST', path: '/api/subscriptions/request', body: { user_id: userId } });
  }

  async function accept(owner: Session, followerId: string): Promise<void> {
    await send(owner, 200, { method: 'POST', path: '/api/subscriptions/accept', body: { user_id: followerId } });
  }

  /** The ids of those whom somebody follows, or has asked to. */
  async function followedBy(follower: Session): Promise<Set<string>> {
    const followed = await readAll<Listed>(follower, `/api/subscriptions/${follower.userId}?direction=following`);
    const asked = await readAll<Listed>(follower, '/api/subscriptions/requests?direction=out');
    return new Set([...followed, ...asked].map(({ user }) => user.id));
  }

  /** The ids of those who wait for somebody's leave to follow. */
  async function waitingFor(owner: Session): Promise<Set<string>> {
    const waiting = await readAll<Listed>(owner, '/api/subscriptions/requests?direction=in');
    return new Set(waiting.map(({ user }) => user.id));
  }

  return { describe, setVisibility, isDescribed, follow, accept, followedBy, waitingFor };
}

type Listed = { user: { id: string } };
