export { DaprError } from './api/http.ts';
export type { ApiAnswer, ApiRequest, ApiRoute } from './api/http.ts';
export type { Component } from './resources/component.ts';
export type { Log, LogLine } from './log.ts';
