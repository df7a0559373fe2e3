import { describe, expect, it } from '@jest/globals';
import type { ServerFrame } from '../src/frames.ts';
import { aChat, alice, aMessage, bob, carol, sessionUnderTest } from './fakes.ts';

const created = (overrides: Parameters<typeof aMessage>[0] = {}): ServerFrame => ({
  type: 'message.created',
  data: aMessage(overrides),
});

async function opened(chats = [aChat()]) {
  const under = sessionUnderTest(chats);
  await under.session.begin();
  await under.session.take('/chat bob');
  under.lines.length = 0;
  under.frames.length = 0;
  return under;
}

describe('the list of chats', () => {
  it('is shown at the beginning, with what is unread', async () => {
    const under = sessionUnderTest([
      aChat({ unread_count: 2, last_message: aMessage({ seq: 4 }) }),
      aChat({ id: 'g', type: 'group', title: 'A walk', participants: [alice, bob, carol] }),
    ]);
    await under.session.begin();
    expect(under.lines).toEqual(['1. bob (2 unread)  bob: good morning', '2. A walk']);
  });

  it('says how to begin where it is empty', async () => {
    const under = sessionUnderTest([]);
    await under.session.begin();
    expect(under.lines).toEqual(['No chats yet. /chat NAME begins one.']);
  });
});

describe('opening a chat', () => {
  it('shows its history, reads it, and has its name before what is typed', async () => {
    const under = sessionUnderTest();
    under.messages.set('ab', [aMessage({ seq: 1 }), aMessage({ seq: 2, author_id: 'a', content: 'and to you' })]);
    await under.session.begin();
    under.lines.length = 0;

    await under.session.take('/chat Bob');

    expect(under.lines).toEqual(['— bob —', 'bob: good morning', 'alice: and to you']);
    expect(under.prompts).toEqual(['bob> ']);
    expect(under.frames).toEqual([{ type: 'chat.read', data: { chat_id: 'ab', seq: 2 } }]);
  });

  it('goes by number and by title as well', async () => {
    const walk = aChat({ id: 'g', type: 'group', title: 'A walk' });
    const under = sessionUnderTest([aChat(), walk]);
    await under.session.begin();
    await under.session.take('/chat 2');
    await under.session.take('/chat a WALK');
    expect(under.prompts).toEqual(['A walk> ', 'A walk> ']);
  });

  it('makes the chat where there is none yet', async () => {
    const under = sessionUnderTest();
    await under.session.begin();
    await under.session.take('/chat carol');
    await under.session.take('/group A walk: bob, carol');
    expect(under.made).toEqual([
      { type: 'direct', participant_ids: ['c'] },
      { type: 'group', title: 'A walk', participant_ids: ['b', 'c'] },
    ]);
    expect(under.prompts).toEqual(['carol> ', 'A walk> ']);
  });

  it('with nobody says so, and goes on', async () => {
    const under = sessionUnderTest([]);
    await under.session.begin();
    under.lines.length = 0;
    expect(await under.session.take('/chat nobody')).toBe(true);
    expect(under.lines).toEqual(['There is nobody called nobody.']);
  });
});

describe('what is said', () => {
  it('is sent to the chat that is open, and shown when it comes back', async () => {
    const under = await opened();
    await under.session.take('good morning');
    const [frame] = under.frames;
    expect(frame).toEqual({
      type: 'message.send',
      id: expect.any(String),
      data: { chat_id: 'ab', content: 'good morning', client_id: frame?.id },
    });
    expect(under.lines).toEqual([]);

    await under.receive({ type: 'ack', id: frame!.id! }, created({ author_id: 'a' }));

    expect(under.lines).toEqual(['alice: good morning']);
  });

  it('needs a chat', async () => {
    const under = sessionUnderTest();
    await under.session.begin();
    under.lines.length = 0;
    await under.session.take('hello?');
    expect([under.lines, under.frames]).toEqual([['Open a chat first: /chat NAME.'], []]);
  });

  it('is said again under the same name until it is acknowledged', async () => {
    const under = await opened();
    under.link.isOpen = false;
    await under.session.take('one');
    under.link.isOpen = true;

    under.session.connected(true);
    await under.receive();
    under.session.connected(true);
    await under.receive();
    const said = under.frames.filter(({ type }) => type === 'message.send');
    await under.receive({ type: 'ack', id: said[0]!.id! });
    under.session.connected(true);
    await under.receive();

    expect(under.lines[0]).toBe('(it is sent as soon as the connection is back)');
    expect(said).toHaveLength(2);
    expect(said[1]).toEqual(said[0]);
    expect(under.frames.filter(({ type }) => type === 'message.send')).toHaveLength(2);
  });

  it('and is refused is told of', async () => {
    const under = await opened();
    await under.session.take('hello');
    const id = under.frames[0]!.id!;
    await under.receive(
      { type: 'error', id, data: { detail: 'They do not take messages from you.' } },
      { type: 'error', data: { detail: 'Too many frames.' } },
    );
    expect(under.lines).toEqual(['Not sent: They do not take messages from you.', 'Too many frames.']);
  });
});

describe('what comes', () => {
  it('is shown once, with its chat before it where another is open, and read where it is', async () => {
    const walk = aChat({ id: 'g', type: 'group', title: 'A walk', participants: [alice, bob, carol] });
    const under = await opened([aChat(), walk]);

    await under.receive(
      created(),
      created(),
      created({ chat_id: 'g', author_id: 'c', content: 'where are you?' }),
      created({ seq: 2, content: 'two\nlines', media: [{}] }),
      created({ chat_id: 'g', seq: 2, author_id: 'a', content: 'from another device' }),
    );

    expect(under.lines).toEqual([
      'bob: good morning',
      '[A walk] carol: where are you?',
      'bob: two\n      lines [1 attached]',
    ]);
    expect(under.frames).toEqual([
      { type: 'chat.read', data: { chat_id: 'ab', seq: 1 } },
      { type: 'chat.read', data: { chat_id: 'ab', seq: 2 } },
    ]);
  });

  it('from a chat that is new is shown with its name', async () => {
    const under = await opened();
    under.chats.push(aChat({ id: 'ac', participants: [alice, carol] }));
    await under.receive(created({ chat_id: 'ac', author_id: 'c', content: 'hello' }));
    expect(under.lines).toEqual(['[carol] carol: hello']);
  });

  it('cannot colour or move the terminal', async () => {
    const under = await opened();
    await under.receive(created({ content: '\u001b[2Jgone\r' }));
    expect(under.lines).toEqual(['bob: �[2Jgone�']);
  });

  it('tells of changes, of who is writing, has read and is here', async () => {
    const under = await opened();
    const typing: ServerFrame = { type: 'chat.typing', data: { chat_id: 'ab', user_id: 'b' } };
    await under.receive(
      { type: 'presence', data: { user_id: 'b', online: true } },
      typing,
      typing,
      created(),
      { type: 'message.edited', data: aMessage({ content: 'good evening' }) },
      { type: 'message.deleted', data: aMessage({ content: '', deleted: true }) },
      { type: 'message.deleted', data: aMessage({ chat_id: 'other', deleted: true }) },
      { type: 'chat.read', data: { chat_id: 'ab', user_id: 'b', seq: 1 } },
      { type: 'chat.read', data: { chat_id: 'ab', user_id: 'a', seq: 1 } },
      { type: 'chat.typing', data: { chat_id: 'other', user_id: 'b' } },
      { type: 'presence', data: { user_id: 'stranger', online: true } },
      { type: 'presence', data: { user_id: 'b', online: false } },
    );
    expect(under.lines).toEqual([
      '(bob is here)',
      '(bob is writing …)',
      'bob: good morning',
      '(edited) bob: good evening',
      '(deleted) bob: (deleted)',
      '(bob has read it)',
      '(bob is gone)',
    ]);
  });
});

describe('a connection', () => {
  it('asks for what came after the last message of each chat', async () => {
    const under = await opened([aChat({ last_message: aMessage({ seq: 4 }) })]);
    under.session.connected(false);
    await under.receive(created({ seq: 5 }));
    under.chats.push(aChat({ id: 'ac', participants: [alice, carol], last_message: aMessage({ seq: 2 }) }));

    under.session.connected(true);
    await under.receive();

    expect(under.frames.filter(({ type }) => type === 'resume')).toEqual([
      { type: 'resume', data: { chats: { ab: 4 } } },
      { type: 'resume', data: { chats: { ab: 5, ac: 0 } } },
    ]);
  });
});

describe('whoever writes', () => {
  it('is shown to be writing now and then, where a chat is open', async () => {
    const under = sessionUnderTest();
    await under.session.begin();
    under.session.typed();
    await under.session.take('/chat bob');
    under.session.typed();
    under.session.typed();
    await under.session.take('/typing');
    const frame = { type: 'chat.typing', data: { chat_id: 'ab' } };
    expect(under.frames).toEqual([frame, frame]);
  });

  it('ends it with /quit', async () => {
    const under = sessionUnderTest();
    expect([await under.session.take('/help'), await under.session.take('/quit')]).toEqual([true, false]);
  });
});
