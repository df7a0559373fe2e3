export type RedisConfiguration = { folder: string; port: number; password: string };

/** What Redis reads at its start: loopback only, behind a password, and every write in a file before it is acknowledged. */
export function redisConfiguration({ folder, port, password }: RedisConfiguration): string {
  const lines = {
    bind: '127.0.0.1',
    port: String(port),
    requirepass: quoted(password),
    dir: quoted(folder),
    daemonize: 'no',
    appendonly: 'yes',
    // Within a second it is on the disk too, which only a crash of the whole machine comes before.
    appendfsync: 'everysec',
    save: '""',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');
}

function quoted(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}
