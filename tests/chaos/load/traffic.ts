/** One request and what came of it. */
export type Exchange = {
  /** What it was for, e.g. `create post`. */
  purpose: string;
  method: string;
  path: string;
  /** 0 where no answer came. */
  status: number;
  code: string | undefined;
  /** What broke, where no answer came. */
  failure: string | undefined;
  /** Whether an error came as `problem+json`. */
  isProblem: boolean;
  startedAt: number;
  endedAt: number;
};

export type Traffic = {
  note(exchange: Exchange): void;
  /** Something that no rule of the API explains, in words. */
  surprise(what: string): void;
  exchanges: readonly Exchange[];
  surprises: readonly string[];
};

/** Keeps all that was asked and answered. */
export function createTraffic(): Traffic {
  const exchanges: Exchange[] = [];
  const surprises: string[] = [];
  return {
    note: (exchange) => void exchanges.push(exchange),
    surprise: (what) => void surprises.push(what),
    exchanges,
    surprises,
  };
}
