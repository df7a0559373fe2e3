import { userRolesChanged } from '@commons/contracts';
import { listen } from '../context.ts';

/** What a user may watch goes by the roles that they have now: what they watch already they ask for again. */
export const onUserRolesChanged = listen(userRolesChanged, ({ ctx, data }) => {
  for (const connection of ctx.connections.ofUser(data.user_id)) {
    connection.user = { ...connection.user, roles: data.roles };
    if (!data.roles.includes('admin')) ctx.connections.watch(connection, new Map());
  }
});
