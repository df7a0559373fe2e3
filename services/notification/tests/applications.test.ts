import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applicationStatusChanged, applicationSubmitted, projectDeleted } from '@commons/contracts';
import { aUser, anId, until } from '@commons/platform/testing';
import { anApplication, buildNotification, type NotificationUnderTest } from './notification-service.ts';

let notification: NotificationUnderTest;
beforeAll(async () => {
  notification = await buildNotification();
});
afterAll(() => notification.stop());

const told = async (user: ReturnType<typeof aUser>) =>
  (await notification.list(user)).map(({ type, message }) => [type, message]);

describe('an application', () => {
  it('is told to the owner of the project, once, with the project, over HTTP and live alike', async () => {
    const [bob, owner] = [aUser(), aUser()];
    const application = anApplication({ applicant: bob, owner });

    await notification.deliver(applicationSubmitted, application, { times: 2 });
    await notification.deliver(applicationSubmitted, application);

    const list = await notification.list(owner);
    expect(list).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        type: 'APPLICATION',
        message: `${bob.username} applied to your project`,
        data: { project_id: application.project_id, actor_id: bob.id },
        read: false,
        created_at: expect.any(String),
      },
    ]);
    expect(await notification.sentTo(owner)).toEqual(list);
    expect(await notification.list(bob)).toEqual([]);
  });

  it.each([
    ['accepted', 'accepted your application'],
    ['rejected', 'rejected your application'],
  ] as const)('that is %s is told to the applicant, once', async (status, words) => {
    const [bob, owner] = [aUser(), aUser()];
    const application = anApplication({ applicant: bob, owner });

    await notification.deliver(applicationStatusChanged, { ...application, status }, { times: 2 });
    await notification.deliver(applicationStatusChanged, { ...application, status });

    const list = await notification.list(bob);
    expect(list).toEqual([
      {
        id: expect.any(String),
        type: 'APPLICATION_STATUS',
        message: `${owner.username} ${words}`,
        data: { project_id: application.project_id, actor_id: owner.id },
        read: false,
        created_at: expect.any(String),
      },
    ]);
    expect(await notification.sentTo(bob)).toEqual(list);
    expect(await notification.list(owner)).toEqual([]);
  });

  it('that is withdrawn is told to the owner, also where the application itself comes later', async () => {
    const [bob, owner] = [aUser(), aUser()];
    const application = anApplication({ applicant: bob, owner });

    await notification.deliver(applicationStatusChanged, { ...application, status: 'withdrawn' }, { times: 2 });
    await notification.deliver(applicationSubmitted, application, { times: 2 });

    expect((await told(owner)).toSorted()).toEqual([
      ['APPLICATION', `${bob.username} applied to your project`],
      ['APPLICATION_STATUS', `${bob.username} withdrew their application`],
    ]);
    expect(await notification.list(bob)).toEqual([]);
  });

  it('that waits still is told to nobody as decided', async () => {
    const [bob, owner] = [aUser(), aUser()];

    await notification.deliver(applicationStatusChanged, {
      ...anApplication({ applicant: bob, owner }),
      status: 'pending',
    });

    expect([await told(bob), await told(owner)]).toEqual([[], []]);
  });

  it('to one’s own project is told to nobody', async () => {
    const owner = aUser();
    const application = anApplication({ applicant: owner, owner });

    await notification.deliver(applicationSubmitted, application);
    await notification.deliver(applicationStatusChanged, { ...application, status: 'accepted' });

    expect(await told(owner)).toEqual([]);
  });
});

describe('a deleted project', () => {
  it('takes along what was told of it, and nothing else', async () => {
    const [bob, owner] = [aUser(), aUser()];
    const projectId = anId();
    const [application, other] = [
      anApplication({ applicant: bob, owner, projectId }),
      anApplication({ applicant: bob, owner }),
    ];
    await notification.deliver(applicationSubmitted, application);
    await notification.deliver(applicationSubmitted, other);
    await notification.deliver(applicationStatusChanged, { ...application, status: 'accepted' });

    await notification.deliver(projectDeleted, { project_id: projectId, owner_id: owner.id }, { times: 2 });

    await until(() => notification.isIdle());
    expect((await notification.list(owner)).map(({ data }) => data)).toEqual([
      { project_id: other.project_id, actor_id: bob.id },
    ]);
    expect(await notification.list(bob)).toEqual([]);
  });

  it('stays gone when older news comes late', async () => {
    const [bob, owner] = [aUser(), aUser()];
    const application = anApplication({ applicant: bob, owner });
    await notification.deliver(projectDeleted, { project_id: application.project_id, owner_id: owner.id });

    await notification.deliver(applicationSubmitted, application, { times: 2 });
    await notification.deliver(applicationStatusChanged, { ...application, status: 'rejected' }, { times: 2 });

    expect([await told(owner), await told(bob)]).toEqual([[], []]);
  });

  it('leaves nothing where applications and its end come at once', async () => {
    const owner = aUser();
    const projectId = anId();
    const applications = Array.from({ length: 20 }, () => anApplication({ applicant: aUser(), owner, projectId }));

    await Promise.all([
      ...applications.slice(0, 10).map((each) => notification.deliver(applicationSubmitted, each)),
      notification.deliver(projectDeleted, { project_id: projectId, owner_id: owner.id }),
      ...applications.slice(10).map((each) => notification.deliver(applicationSubmitted, each)),
    ]);

    await until(() => notification.isIdle());
    expect(await told(owner)).toEqual([]);
  });
});
