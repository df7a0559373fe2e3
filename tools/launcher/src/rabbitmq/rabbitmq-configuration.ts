import type { RabbitmqFiles } from './rabbitmq-files.ts';

/** What the broker reads at its start. */
export function rabbitmqConfiguration(port: number, { definitions }: RabbitmqFiles): string {
  const lines = {
    'listeners.tcp.local': `127.0.0.1:${port}`,
    // With definitions it makes no user of its own, so there is no guest.
    load_definitions: definitions,
    // After a broken connection a sidecar may come to hold messages that it knows nothing of; a minute later they are delivered anew.
    // That a message is at times handled for longer does no harm: the inbox knows it again.
    consumer_timeout: String(60_000),
    // Above it, or with less disk left, publishers have to wait.
    'vm_memory_high_watermark.absolute': '1GB',
    'disk_free_limit.absolute': '256MB',
    'log.console.level': 'info',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

export type BrokerEnvironment = { files: RabbitmqFiles; nodeName: string; erlangPort: number; namesPort: number };

/** The variables of RabbitMQ's start script and of Erlang. What the user's own environment says to RabbitMQ does not count. */
export function brokerEnvironment({ files, nodeName, erlangPort, namesPort }: BrokerEnvironment): NodeJS.ProcessEnv {
  return {
    HOME: files.home,
    LANG: 'C.UTF-8',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(namesPort),
    // Else, without its name server, it would start one that stays for ever.
    ERL_AFLAGS: '-start_epmd false',
    RABBITMQ_NODENAME: nodeName,
    RABBITMQ_DIST_PORT: String(erlangPort),
    RABBITMQ_MNESIA_BASE: files.data,
    RABBITMQ_LOG_BASE: files.data,
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: files.configuration,
    RABBITMQ_CONFIG_FILES: files.nothing,
    RABBITMQ_ADVANCED_CONFIG_FILE: `${files.nothing}.config`,
    RABBITMQ_CONF_ENV_FILE: files.nothing,
    RABBITMQ_ENABLED_PLUGINS_FILE: files.plugins,
    // As under systemd, the script becomes the broker instead of waiting for it: its process is the one to signal.
    RUNNING_UNDER_SYSTEMD: 'true',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: erlangArguments.join(' '),
  };
}

/** Few threads, which sleep when they have nothing to do; nodes meet on loopback only. */
const erlangArguments = [
  ...['+S', '2:2', '+SDcpu', '2:2', '+SDio', '4', '+A', '4'],
  ...['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none'],
  ...['-kernel', 'inet_dist_use_interface', '{127,0,0,1}'],
];
