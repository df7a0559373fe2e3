import type { IncomingHttpHeaders } from 'node:http';
import type { Journal } from '../journal/journal.ts';
import type { Component } from '../resources/component.ts';
import type { Configuration } from '../resources/configuration.ts';
import type { Log } from '../log.ts';
import type { ResiliencyRunner } from '../resiliency/runner.ts';
import type { ApiRoute } from './http.ts';

/** What the sidecar's own app answered, its body whole. */
export type AppAnswer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** A way to the sidecar's own app: adds `dapr-api-token`; rejects when the app cannot be reached. */
export type AppChannel = {
  call(method: string, path: string, headers?: Record<string, string>, body?: Buffer | string): Promise<AppAnswer>;
};

/** What a family of components (state, secrets, bindings) is given. It exists once for each sidecar. */
export type FamilyEnv = {
  appId: string;
  namespace: string;
  /** All components in the app's scope, of every type; a family picks its own. */
  components: readonly Component[];
  configuration: Configuration;
  resiliency: ResiliencyRunner;
  journal: Journal;
  /** One value for the whole harness: the same key gives the same value in every sidecar (one Redis, seen by two apps). */
  shared<T>(key: string, make: () => T): T;
  log: Log;
};

/** As `GET /v1.0/metadata` lists a component. */
export type ComponentMetadata = { name: string; type: string; version: string; capabilities: string[] };

/** What a family brings to a sidecar. `appConnected` runs when the app is up (before deliveries), `appDisconnected` when it goes. */
export type FamilyParts = {
  routes: ApiRoute[];
  metadata: ComponentMetadata[];
  appConnected?(app: AppChannel): Promise<void>;
  appDisconnected?(): Promise<void>;
  close(): Promise<void>;
};

export type ComponentFamily = (env: FamilyEnv) => Promise<FamilyParts>;

/** Reads one secret of a store: its keys and values. Rejects when store or secret is missing. */
export type SecretReader = (store: string, secret: string) => Promise<Record<string, string>>;
