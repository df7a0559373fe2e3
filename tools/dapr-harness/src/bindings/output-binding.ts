/** What an app asks of an output binding. `data` is the JSON text of the request's `data`, `null` when it had none. */
export type BindingRequest = {
  operation: string;
  data: string;
  metadata: Readonly<Record<string, string>>;
};

/** What it gets back; nothing is a 204. Metadata become headers `metadata.<name>`. */
export type BindingAnswer = { data: Buffer; metadata?: Readonly<Record<string, string>> } | undefined;

/** An output binding component. What `invoke` throws is told to the client. */
export type OutputBinding = {
  operations: readonly string[];
  invoke(request: BindingRequest): Promise<BindingAnswer>;
};

/** The text of a JSON string, or the JSON text itself of anything else, as Dapr's storage bindings take data. */
export function unquoted(data: string): Buffer {
  return Buffer.from(data.startsWith('"') ? (JSON.parse(data) as string) : data);
}

/** What standard base64 stands for, or undefined for what is none. */
export function fromBase64(text: Buffer): Buffer | undefined {
  const letters = text.toString('latin1').replace(/[\r\n]/g, '');
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(letters);
  return isBase64 ? Buffer.from(letters, 'base64') : undefined;
}
