import { issueTicketRoute } from './issue-ticket.ts';

/** The routes of `realtime`; `GET /ws` is served by `web-socket.ts`. */
export const routes = [issueTicketRoute];
