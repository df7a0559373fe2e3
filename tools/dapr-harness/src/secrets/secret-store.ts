/** A secret: one value under its own name, or several under theirs. */
export type Secret = Record<string, string>;

/** A secret store component. */
export type SecretStore = {
  /** As in the metadata API. */
  capabilities: readonly string[];
  /** Throws when there is no such secret, and the store knows. */
  get(name: string): Secret;
  getAll(): Record<string, Secret>;
};
