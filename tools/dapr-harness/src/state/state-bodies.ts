import { goAny, goInt, goMap, goOptionalString, goSlice, goString, goStruct } from '../go-json/decode.ts';

const options = goStruct('state.SetStateOption', {
  concurrency: { name: 'Concurrency', type: goString },
  consistency: { name: 'Consistency', type: goString },
});

/** The body of a save. */
export const setRequests = goSlice(
  goStruct('state.SetRequest', {
    key: { name: 'key', type: goString },
    value: { name: 'value', type: goAny },
    etag: { name: 'etag', type: goOptionalString },
    metadata: { name: 'metadata', type: goMap(goString) },
    options: { name: 'options', type: options },
    contentType: { name: 'contentType', type: goOptionalString },
  }),
);

/** The body of a bulk get. */
export const bulkGetRequest = goStruct('http.BulkGetRequest', {
  metadata: { name: 'metadata', type: goMap(goString) },
  keys: { name: 'keys', type: goSlice(goString) },
  parallelism: { name: 'parallelism', type: goInt },
});

/** The body of a transaction; what an operation asks is read by `readOperation`. */
export const transactionRequest = goStruct('http.stateTransactionRequestBody', {
  operations: {
    name: 'operations',
    type: goSlice(
      goStruct('http.stateTransactionRequestBodyOperation', {
        operation: { name: 'operation', type: goString },
        request: { name: 'request', type: goAny },
      }),
    ),
  },
  metadata: { name: 'metadata', type: goMap(goString) },
});
