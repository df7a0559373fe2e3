import type { Component } from '../resources/component.ts';
import { createBlobStorage } from './blob-storage.ts';
import { createLocalStorage } from './local-storage.ts';
import type { OutputBinding } from './output-binding.ts';

const OPENERS: Record<string, (component: Component) => OutputBinding | Promise<OutputBinding>> = {
  'bindings.localstorage': createLocalStorage,
  'bindings.azure.blobstorage': createBlobStorage,
};

/** Whether a component is an output binding of the harness; other bindings are input alone, or not there. */
export function isOutputBinding(component: Component): boolean {
  return component.type in OPENERS;
}

/** Opens an output binding. @throws Error for a bad configuration, or storage that cannot be reached. */
export async function openBinding(component: Component): Promise<OutputBinding> {
  const open = OPENERS[component.type];
  if (!open) throw new Error(`couldn't find output binding ${component.type}/${component.version}`);
  return open(component);
}
