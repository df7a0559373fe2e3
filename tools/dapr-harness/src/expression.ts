import { Environment } from '@marcbachmann/cel-js';

/** A compiled CEL expression: takes its variables, gives its value, throws where CEL fails (a missing field). */
export type Expression = (variables: Record<string, unknown>) => unknown;

/** Compiles a CEL expression whose variables need no declaration. Throws when it does not parse. */
export function compileExpression(source: string): Expression {
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  return environment.parse(source) as Expression;
}
