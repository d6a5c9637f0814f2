// TCP ports of this machine.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

const COMMAND_SHOWN = 100;

/** A port that nothing listens on at this moment. */
export async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether nothing listens on `port`, on whichever address of this machine. */
export async function isFree(port) {
  for (const host of [undefined, '127.0.0.1', '::1']) {
    if (!(await canListen(port, host))) {
      return false;
    }
  }
  return true;
}

async function canListen(port, host) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Who listens on `port`, for people: `process 4711 (node server.js)`; undefined where that cannot be told. */
export function listenerOf(port) {
  try {
    const pid =
      process.platform === 'linux' ? listenerFromProc(port) : undefined;
    return pid ? describe(pid) : listenerFromLsof(port);
  } catch {
    return undefined;
  }
}

function listenerFromProc(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const LISTEN = '0A';
  const inodes = new Set();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/);
      if (columns[1]?.endsWith(wanted) && columns[3] === LISTEN) {
        inodes.add(`socket:[${columns[9]}]`);
      }
    }
  }
  return readdirSync('/proc').find(
    entry => /^\d+$/.test(entry) && holdsOne(entry, inodes),
  );
}

function holdsOne(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => {
      try {
        return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

function describe(pid) {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    .split('\0')
    .join(' ')
    .trim();
  return `process ${pid} (${
    command.length > COMMAND_SHOWN
      ? `${command.slice(0, COMMAND_SHOWN)} …`
      : command
  })`;
}

function listenerFromLsof(port) {
  const output = execFileSync(
    'lsof',
    ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [, pid, command] = /^p(\d+)\nc(.*)$/m.exec(output) ?? [];
  return pid ? `process ${pid} (${command})` : undefined;
}
