import type { PartStatus } from './part.ts';

/** Lays out what runs as a table for a terminal, a line a part. */
export function statusTable(parts: readonly PartStatus[], now = new Date()): string {
  const rows = [
    ['PART', 'STATE', 'PID', 'PORT', 'RESTARTS', 'SINCE'],
    ...parts.map(({ name, state, pid, port, restarts, readySince }) => [
      name,
      state,
      pid === null ? '-' : String(pid),
      port === null ? '-' : String(port),
      String(restarts),
      readySince === null ? '-' : age(now.getTime() - Date.parse(readySince)),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}
