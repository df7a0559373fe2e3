import type { IncomingHttpHeaders } from 'node:http';

/** What stands where there is no trace. */
export const NO_TRACE = '00-00000000000000000000000000000000-0000000000000000-00';

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/i;

/** Whether a text is a W3C traceparent with a trace and a span. */
export function isTraceparent(text: unknown): text is string {
  return typeof text === 'string' && TRACEPARENT.test(text);
}

/** The trace that a request belongs to; both empty when it names none. The harness makes no spans of its own. */
export function traceOf(headers: IncomingHttpHeaders): { traceparent: string; tracestate: string } {
  const { traceparent, tracestate } = headers;
  if (!isTraceparent(traceparent)) return { traceparent: '', tracestate: '' };
  return { traceparent, tracestate: typeof tracestate === 'string' ? tracestate : '' };
}
