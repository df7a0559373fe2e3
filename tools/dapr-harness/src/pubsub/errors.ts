import { DaprError, type ErrorDetail } from '../api/http.ts';

type PubSubFault = {
  status: number;
  code: string;
  reason: string;
  message: string;
  metadata: Record<string, string>;
  /** "Not found" says nothing of the resource. */
  hasResource?: boolean;
};

function build(
  pubsub: string,
  { status, code, reason, message, metadata, hasResource = true }: PubSubFault,
): DaprError {
  const resource: ErrorDetail = {
    '@type': 'type.googleapis.com/google.rpc.ResourceInfo',
    resource_type: 'pubsub',
    resource_name: pubsub,
    owner: '',
    description: message,
  };
  const info: ErrorDetail = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'dapr.io',
    metadata,
  };
  return new DaprError(status, code, message, hasResource ? [resource, info] : [info]);
}

export function pubsubNotFound(pubsub: string, metadata: Record<string, string>): DaprError {
  const message = `pubsub ${pubsub} is not found`;
  const reason = 'DAPR_PUBSUB_NOT_FOUND';
  return build(pubsub, { status: 404, code: 'ERR_PUBSUB_NOT_FOUND', reason, message, metadata, hasResource: false });
}

export function publishForbidden(pubsub: string, topic: string, appId: string): DaprError {
  const message = `topic ${topic} is not allowed for app id ${appId}`;
  const metadata = { topic, error: message };
  return build(pubsub, {
    status: 403,
    code: 'ERR_PUBSUB_FORBIDDEN',
    reason: 'DAPR_PUBSUB_FORBIDDEN',
    message,
    metadata,
  });
}

export function publishFailed(pubsub: string, topic: string, error: string): DaprError {
  const message = `error when publishing to topic ${topic} in pubsub ${pubsub}: ${error}`;
  const reason = 'DAPR_PUBSUB_PUBLISH_MESSAGE';
  return build(pubsub, {
    status: 500,
    code: 'ERR_PUBSUB_PUBLISH_MESSAGE',
    reason,
    message,
    metadata: { topic, error },
  });
}

export function badMetadata(pubsub: string, metadata: Record<string, string>, error: string): DaprError {
  const message = `failed deserializing metadata. Error: ${error}`;
  const reason = 'DAPR_PUBSUB_METADATA_DESERIALIZATION';
  return build(pubsub, { status: 400, code: 'ERR_PUBSUB_REQUEST_METADATA', reason, message, metadata });
}

export function badCloudEvent(pubsub: string, appId: string, error: string): DaprError {
  const message = 'cannot create cloudevent';
  const reason = 'DAPR_PUBSUB_CLOUD_EVENT_CREATION';
  const metadata = { appID: appId, error };
  return build(pubsub, { status: 500, code: 'ERR_PUBSUB_CLOUD_EVENTS_SER', reason, message, metadata });
}

/** What was wrong with the list of a bulk publish. */
export function badBulk(
  pubsub: string,
  topic: string,
  appId: string,
  kind: 'envelope' | 'entries' | 'request',
  error: string,
): DaprError {
  const where = `for topic ${topic} pubsub ${pubsub}`;
  const [reason, message] = {
    envelope: ['DAPR_PUBSUB_MARSHAL_ENVELOPE', `error when marshalling cloud event envelope ${where}: ${error}`],
    entries: ['DAPR_PUBSUB_MARSHAL_EVENTS', `error marshaling events to bytes ${where}. error: ${error}`],
    request: ['DAPR_PUBSUB_UNMARSHAL_EVENTS', `error when unmarshaling the request ${where}: ${error}`],
  }[kind] as [string, string];
  const metadata: Record<string, string> = kind === 'request' ? { appID: appId } : { appID: appId, error };
  return build(pubsub, { status: 400, code: 'ERR_PUBSUB_EVENTS_SER', reason, message, metadata });
}
