import { root } from './repository.ts';
import { runProgram } from './run-program.ts';

/** A call of one of Tilt's functions, with its arguments by the names of their parameters. */
export interface Call {
  name: string;
  arguments: Record<string, unknown>;
}

export interface TiltfileRun {
  calls: Call[];
  /** Why the Tiltfile did not come to its end; empty when it did. */
  problem: string;
}

/**
 * Reads tilt/Tiltfile as Tilt does: with `args` behind `--` of `tilt up`, and `answers` for the commands that it asks, by how they
 * begin. Rejects where Go, which builds the interpreter, is not installed.
 */
export async function runTiltfile({
  args = [],
  answers,
  environment = {},
}: {
  args?: readonly string[];
  answers: Readonly<Record<string, string>>;
  environment?: Readonly<Record<string, string>>;
}): Promise<TiltfileRun> {
  const request = { tiltfile: `${root}tilt/Tiltfile`, arguments: args, answers, environment };
  const { code, stdout, stderr } = await runProgram('go', ['run', '.'], {
    cwd: `${root}tools/inner-loop/tiltfile-runner`,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
    input: JSON.stringify(request),
  });
  if (code !== 0) throw new Error(`the Tiltfile could not be run: ${stderr}`);
  return JSON.parse(stdout) as TiltfileRun;
}
