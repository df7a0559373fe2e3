import { createChatRoute } from './create-chat.ts';
import { getChatRoute } from './get-chat.ts';

export const routes = [createChatRoute, getChatRoute];
