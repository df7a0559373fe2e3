import { listRevocations } from '@commons/contracts';
import { answer } from '../context.ts';
import { listRevocations as list } from '../use-cases/list-revocations.ts';

export const answerListRevocations = answer(listRevocations, ({ ctx, input }) => list(ctx, input));
