import { postDeleted } from '@commons/contracts';
import { listen } from '../context.ts';

/** A post that has gone is watched by nobody. */
export const onPostDeleted = listen(postDeleted, ({ ctx, data }) => ctx.connections.unwatch(data.post_id, () => true));
