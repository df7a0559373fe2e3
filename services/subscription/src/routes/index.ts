import { acceptRequest } from './accept-request.ts';
import { answerListBlocks } from './answer-list-blocks.ts';
import { answerListFollowCounts } from './answer-list-follow-counts.ts';
import { answerListFollows } from './answer-list-follows.ts';
import { blockUser } from './block-user.ts';
import { declineRequest } from './decline-request.ts';
import { listBlocks } from './list-blocks.ts';
import { listRequests } from './list-requests.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { removeSubscription } from './remove-subscription.ts';
import { requestSubscription } from './request-subscription.ts';
import { unblockUser } from './unblock-user.ts';

/** What `subscription` answers: to clients, and to other services. */
export const routes = [
  requestSubscription,
  acceptRequest,
  declineRequest,
  removeSubscription,
  listRequests,
  listSubscriptions,
  blockUser,
  unblockUser,
  listBlocks,
  answerListFollows,
  answerListBlocks,
  answerListFollowCounts,
];
