import { expect, it } from '@jest/globals';
import { parseCommand } from '../src/command.ts';

it.each([
  ['', { type: 'nothing' }],
  ['   ', { type: 'nothing' }],
  [' good morning ', { type: 'say', text: 'good morning' }],
  ['//etc/hosts', { type: 'say', text: '/etc/hosts' }],
  ['/chats', { type: 'chats' }],
  ['/typing', { type: 'typing' }],
  ['/help', { type: 'help' }],
  ['/quit', { type: 'quit' }],
  ['/chat bob', { type: 'open', name: 'bob' }],
  ['/chat  A walk ', { type: 'open', name: 'A walk' }],
  ['/chat', { type: 'wrong', sentence: 'Say with whom: /chat NAME.' }],
  ['/group A walk: bob, carol dave', { type: 'group', title: 'A walk', names: ['bob', 'carol', 'dave'] }],
  ['/group A walk', { type: 'wrong', sentence: 'Say what it is called and who is in it: /group TITLE: NAME, NAME.' }],
  ['/group : bob', { type: 'wrong', sentence: 'Say what it is called and who is in it: /group TITLE: NAME, NAME.' }],
  ['/dance', { type: 'wrong', sentence: 'There is no /dance. /help says what there is.' }],
  ['/', { type: 'wrong', sentence: 'There is no /. /help says what there is.' }],
])('reads %j', (line, command) => {
  expect(parseCommand(line)).toEqual(command);
});
