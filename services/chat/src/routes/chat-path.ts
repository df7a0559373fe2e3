import { id } from '@commons/contracts';
import { z } from 'zod';

export const chatPath = z.object({ id });
export const participantPath = z.object({ id, user_id: id });
export const messagePath = z.object({ id, message_id: id });
