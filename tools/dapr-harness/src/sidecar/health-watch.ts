/** How a sidecar asks its app whether it is well, with the defaults of daprd's `--enable-app-health-check`. */
export type HealthCheck = {
  /** What of the app answers with a 2xx while it is well. */
  path: string;
  /** Default: 5000. */
  intervalMs?: number;
  /** Default: 500. */
  timeoutMs?: number;
  /** So many failures make it ill. Default: 3. */
  threshold?: number;
};

export type HealthWatch = { readonly isWell: boolean; end(): void };

/**
 * Asks an app again and again whether it is well; it is ill until it says otherwise. As in daprd, failures need not come one after the
 * other: a success in between does not make up for them before the app is ill.
 * @param ask gives the status of the app's answer, and rejects where there is none
 * @param changed is told of every change
 */
export function watchHealth(
  ask: (signal: AbortSignal) => Promise<number>,
  { intervalMs = 5_000, timeoutMs = 500, threshold = 3 }: HealthCheck,
  changed: (isWell: boolean) => void,
): HealthWatch {
  let failures = threshold;
  let isAsking = false;
  const isWell = (): boolean => failures < threshold;

  async function probe(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const status = await ask(AbortSignal.timeout(timeoutMs)).catch(() => 0);
    isAsking = false;
    note(status >= 200 && status <= 299);
  }

  function note(isSuccess: boolean): void {
    if (isSuccess === isWell()) return;
    failures = isSuccess ? 0 : failures + 1;
    if (isSuccess === isWell()) changed(isSuccess);
  }

  void probe();
  const timer = setInterval(() => void probe(), intervalMs);
  return {
    get isWell() {
      return isWell();
    },
    end: () => clearInterval(timer),
  };
}
