import { describe, expect, it } from '@jest/globals';
import { commentTarget, noteDeletion, noteEdit, noteLike, noteLoose, postTarget } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Observed } from '../recount/observed.ts';
import { recount } from '../recount/recount.ts';
import { aComment, aNotification, aPost, aRun } from './a-run.ts';

type Change = (run: { ledger: Ledger; seen: Observed }) => unknown;

/** What is found wrong after a change to a run of which everything is there. */
function problemsAfter(change: Change, poison: string[] = []): string[] {
  const run = aRun();
  change(run);
  return recount(run.ledger, run.seen, new Set(poison)).flatMap(({ problems }) => problems.map(({ what }) => what));
}

const post = ({ seen }: { seen: Observed }) => seen.posts.get('p1')!;
const comment = (run: { seen: Observed }) => post(run).comments[0]!;

describe('a recount', () => {
  it('finds nothing wrong where everything is as it was acknowledged', () => {
    expect(problemsAfter(() => undefined)).toEqual([]);
  });

  it.each<[string, Change, string[]]>([
    [
      'a post that is missing',
      ({ seen }) => seen.posts.delete('p1'),
      [
        'post p1 is missing',
        'comment c1 is missing',
        'the lists of ben and of post:p1 do not agree',
        'posts with the tag walks: shown as 1, counted 0',
      ],
    ],
    [
      'a post that lost an edit',
      ({ ledger }) => noteEdit(ledger.posts.get('p1')!, 'Later words', 'done'),
      ['post p1 says Words instead of Later words'],
    ],
    [
      'a post that shows two things',
      (run) => (post(run).own.content = 'x'),
      ['post p1 says another thing in the list than by itself'],
    ],
    [
      'a post that lost its tags',
      (run) => (post(run).tags = []),
      ['post p1 has the tags  instead of walks', 'posts with the tag walks: shown as 1, counted 0'],
    ],
    [
      'a comment that lost an edit',
      ({ ledger }) => noteEdit(ledger.comments.get('c1')!, 'New', 'done'),
      ['comment c1 says Remark instead of New'],
    ],
    ['a comment that moved', (run) => (comment(run).authorId = 'eve'), ['comment c1 has another author']],
    [
      'a like that is lost',
      ({ ledger }) => noteLike(ledger, commentTarget('c1'), 'ben', 'yes'),
      ['ben does not like comment:c1 any more'],
    ],
    [
      'an unlike that is lost',
      ({ ledger }) => noteLike(ledger, commentTarget('c1'), 'ann', 'no'),
      ['ann still likes comment:c1'],
    ],
    [
      'a count of likes that is wrong',
      (run) => (post(run).likesCount = 2),
      ['likes of post p1: shown as 2, 1, counted 1'],
    ],
    [
      'a count of comments that is wrong',
      (run) => (post(run).commentsCount = 0),
      ['comments of post p1: shown as 0, 1, counted 1'],
    ],
    [
      'a count of answers that is wrong',
      (run) => (comment(run).repliesCount = 1),
      ['answers to comment c1: shown as 1, counted 0'],
    ],
    [
      'a count of unread notifications that is wrong',
      ({ seen }) => (seen.users.get('ann')!.unread = 1),
      ['unread notifications of ann: shown as 1, counted 2'],
    ],
    [
      'a tag that is counted wrong',
      ({ seen }) => seen.tags.set('walks', 2),
      ['posts with the tag walks: shown as 2, counted 1'],
    ],
    [
      'a place that is kept for nothing',
      ({ ledger, seen }) => {
        noteDeletion(ledger.comments.get('c1')!, 'done');
        Object.assign(comment({ seen }), { deleted: true, content: null });
        post({ seen }).commentsCount = post({ seen }).own.commentsCount = 0;
        seen.users.get('ann')!.notifications = [aNotification({})];
        seen.users.get('ben')!.notifications = [];
        seen.users.get('ann')!.likes = [];
        for (const user of seen.users.values()) {
          user.notificationsTotal = user.unread = user.notifications.length;
          user.likesTotal = user.likes.length;
        }
      },
      ['the place of comment c1 is kept without an answer to it'],
    ],
    [
      'a mark that was lost',
      ({ ledger }) => ledger.read.add('n COMMENT c1'),
      ['notification n COMMENT c1 is unread again'],
    ],
  ])('finds %s', (_, change, expected) => {
    expect(problemsAfter(change)).toEqual(expected);
  });

  it('takes either text where an edit was never answered', () => {
    expect(problemsAfter(({ ledger }) => noteEdit(ledger.posts.get('p1')!, 'Other words', 'lost'))).toEqual([]);
  });

  it('finds a creation that was refused and is there, and one that is there twice', () => {
    const another = (run: { seen: Observed }, id: string) =>
      run.seen.posts.set(id, {
        ...post(run),
        id,
        title: 'Loose',
        tags: [],
        likesCount: 0,
        comments: [],
        commentsCount: 0,
        commentsTotal: 0,
        likers: [],
        likersCount: 0,
        own: { content: 'Words', likesCount: 0, commentsCount: 0, likers: [] },
      });
    const loose = { kind: 'post', words: 'Loose', place: 'ann' } as const;

    expect(problemsAfter((run) => [noteLoose(run.ledger, loose, 'refused'), another(run, 'p2')])).toEqual([
      'post p2 (Loose) was never acknowledged, or is there twice',
    ]);
    expect(problemsAfter((run) => [noteLoose(run.ledger, loose, 'lost'), another(run, 'p2')])).toEqual([]);
    expect(
      problemsAfter((run) => [noteLoose(run.ledger, loose, 'lost'), another(run, 'p2'), another(run, 'p3')]),
    ).toEqual(['post p3 (Loose) was never acknowledged, or is there twice']);
  });

  it('explains dead letters by the poison that was sent, and by nothing else', () => {
    const letter: Change = ({ seen }) => seen.deadLetters.push({ service: 'like', id: 'e1', type: 'PostDeleted' });

    expect(problemsAfter(letter)).toEqual(['like could not handle PostDeleted e1']);
    expect(problemsAfter(letter, ['e1'])).toEqual([]);
  });
});

describe('the notifications that are due', () => {
  const tell = (seen: Observed, id: string, ...more: ReturnType<typeof aNotification>[]) => {
    const user = seen.users.get(id)!;
    user.notifications.push(...more);
    user.notificationsTotal = user.unread = user.notifications.length;
  };

  it('exist once', () => {
    expect(problemsAfter(({ seen }) => seen.users.get('ann')!.notifications.pop())).toEqual(
      expect.arrayContaining(['nobody told ann COMMENT c1']),
    );
    expect(problemsAfter(({ seen }) => tell(seen, 'ann', aNotification({ id: 'again' })))).toEqual([
      'told 2 times: ann LIKE p1',
    ]);
  });

  it('are of nothing that has gone, and of nobody’s own deeds', () => {
    expect(problemsAfter(({ seen }) => tell(seen, 'ben', aNotification({ type: 'COMMENT', commentId: 'c1' })))).toEqual(
      ['told without a reason: ben COMMENT c1'],
    );
  });

  it('tell of as many people as like it', () => {
    expect(
      problemsAfter(
        ({ seen }) => (seen.users.get('ann')!.notifications[0]!.message = 'Ben and 2 others liked your post'),
      ),
    ).toEqual(['ann LIKE p1 tells of 3, and 1 like it']);
  });

  it('are of a reply to the author of what is answered, and of a comment to the author of the post', () => {
    const reply: Change = ({ ledger, seen }) => {
      ledger.comments.set('c2', aComment({ id: 'c2', authorId: 'eve', parentId: 'c1' }));
      post({ seen }).comments.push({ ...comment({ seen }), id: 'c2', authorId: 'eve', parentId: 'c1', likesCount: 0 });
      comment({ seen }).repliesCount = 1;
      Object.assign(post({ seen }), { commentsCount: 2, commentsTotal: 2 });
      post({ seen }).own.commentsCount = 2;
    };

    expect(problemsAfter(reply)).toEqual(['nobody told ann COMMENT c2', 'nobody told ben REPLY c2']);
  });

  it('of an announcement are for all whom it names', () => {
    expect(
      problemsAfter(({ ledger }) => ledger.announcements.push({ words: 'News', userIds: ['ann', 'ben'], sent: 'yes' })),
    ).toEqual(['nobody told ann SYSTEM News', 'nobody told ben SYSTEM News']);
  });

  it('go with a post that nobody knows whether it is there', () => {
    const run = aRun();
    run.ledger.posts.set('p2', aPost({ id: 'p2', gone: 'maybe' }));
    noteLike(run.ledger, postTarget('p2'), 'ben', 'yes');
    tell(run.seen, 'ann', aNotification({ postId: 'p2', id: 'n2' }));

    expect(recount(run.ledger, run.seen, new Set()).flatMap(({ problems }) => problems)).toEqual([]);
  });
});
