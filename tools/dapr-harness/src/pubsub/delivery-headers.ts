import type { OutgoingHttpHeaders } from 'node:http';
import { NO_TRACE, isTraceparent } from '../api/trace-context.ts';
import type { Envelope } from './envelope.ts';

/** The headers of a delivery: the publisher's metadata, the pub/sub's name and the event's trace. */
export function deliveryHeaders(
  pubsub: string,
  metadata: Readonly<Record<string, string>>,
  contentType: string,
  envelope: Envelope,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (isHeader(name, value)) headers[name.toLowerCase()] = value;
  }
  delete headers['content-length'];
  headers['pubsubname'] = pubsub;
  headers['content-type'] = contentType;
  const trace = envelope['traceparent'] ?? envelope['traceid'];
  if (trace !== undefined && trace !== null) headers['traceparent'] = isTraceparent(trace) ? trace : NO_TRACE;
  return headers;
}

function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
