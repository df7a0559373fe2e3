import { addParticipants } from './add-participants.ts';
import { answerListChatMates } from './answer-list-chat-mates.ts';
import { answerListContacts } from './answer-list-contacts.ts';
import { answerListMessagesAfter } from './answer-list-messages-after.ts';
import { answerMarkChatRead } from './answer-mark-chat-read.ts';
import { answerSendMessage } from './answer-send-message.ts';
import { createChat } from './create-chat.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { getChat } from './get-chat.ts';
import { leaveChat } from './leave-chat.ts';
import { listChats } from './list-chats.ts';
import { listMessages } from './list-messages.ts';
import { markRead } from './mark-read.ts';
import { removeParticipant } from './remove-participant.ts';
import { renameChat } from './rename-chat.ts';
import { searchMessages } from './search-messages.ts';
import { sendMessage } from './send-message.ts';
import { sendMessageToNamedChat } from './send-message-to-named-chat.ts';

/** What `chat` answers: to clients, and to other services. */
export const routes = [
  listChats,
  createChat,
  getChat,
  renameChat,
  leaveChat,
  addParticipants,
  removeParticipant,
  listMessages,
  sendMessage,
  sendMessageToNamedChat,
  searchMessages,
  editMessage,
  deleteMessage,
  markRead,
  answerSendMessage,
  answerMarkChatRead,
  answerListMessagesAfter,
  answerListChatMates,
  answerListContacts,
];
