/** A line of the harness's log, the app it belongs to in `app_id`. */
export type LogLine = { level: 'debug' | 'info' | 'warn' | 'error'; msg: string } & Record<string, unknown>;

export type Log = (line: LogLine) => void;
