// The portal as it runs on one machine: the GitHub simulator, the backend and the app.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFleet } from './fleet.mjs';
import { ROOT } from './layout.mjs';
import { freePort, isFree, listenerOf } from './ports.mjs';
import { describeEnd } from './processes.mjs';
import { StepFailure } from './progress.mjs';

/** Loads TypeScript sources the way Backstage does in development. */
export const TYPESCRIPT_LOADER = join(
  ROOT,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
const BACKSTAGE_CLI = join(
  ROOT,
  'node_modules/@backstage/cli/bin/backstage-cli',
);

export const DEFAULT_PORTS = { app: 3000, backend: 7007, simulator: 7010 };
const PORT_OPTIONS = {
  app: '--port',
  backend: '--backend-port',
  simulator: '--simulator-port',
};

/**
 * At its start in development the backend compiles the TypeScript schemas of all settings. That is over in seconds, yet
 * without limits it leaves the process at more than 700 MB; with them V8 collects in time and nothing gets slower.
 */
const BACKEND_MEMORY = ['--max-old-space-size=512', '--max-semi-space-size=8'];

/** Kinds that the demo organisation consists of, as app-config.yaml allows them. */
const CATALOG_KINDS = [
  'Component',
  'System',
  'Domain',
  'Location',
  'User',
  'Group',
  'AgentTaskTemplate',
];

const READY_TIMEOUT_MS = 180_000;
const POLL_MS = 400;

/** Any persona does: this one has only to exist in the demo organisation. */
const PROBE_PERSONA = 'dana';

/** Fills in what is left out of `chosen`, all with free ports where `free` is set, and refuses ports that are taken. */
export async function choosePorts({ chosen, free }) {
  const ports = {};
  for (const [part, usual] of Object.entries(DEFAULT_PORTS)) {
    ports[part] = chosen[part] || (free ? await freePort() : usual);
    if (!(await isFree(ports[part]))) {
      const by = listenerOf(ports[part]);
      throw new StepFailure(
        `port ${ports[part]}, for the ${part}, is in use${by ? ` by ${by}` : ''}`,
        {
          remedy: `stop that one, or choose another port: npm start -- ${
            PORT_OPTIONS[part]
          } ${await freePort()} (--free-ports chooses all of them)`,
        },
      );
    }
  }
  return ports;
}

/**
 * Starts simulator, backend and app, and resolves with their addresses when all three answer and the catalog holds
 * the demo organisation. `onEnd` is told when one of them ends later on.
 *
 * `data` is the folder of all state, `logs` the one of the three logs; `agentSeconds` is how long the simulated agent
 * works on a task, `fleet` a number of libraries beside the demo organisation. `watch` restarts the backend when one of its sources changes.
 */
export async function startPortal({
  node,
  env,
  ports,
  data,
  logs,
  agentSeconds,
  fleet,
  watch,
  processes,
  progress,
  onEnd,
}) {
  mkdirSync(data, { recursive: true });
  const addresses = {
    app: `http://localhost:${ports.app}`,
    backend: `http://localhost:${ports.backend}`,
    simulator: `http://localhost:${ports.simulator}`,
  };
  const more =
    fleet === undefined ? undefined : writeFleet({ count: fleet, data });
  const logOf = part => join(logs, `${part}.log`);
  const settings = {
    ...env,
    // Personas, the app's development build and readable errors all ask for it.
    NODE_ENV: 'development',
    BROWSER: 'none',
    ...configOf({ ports, addresses, data, more }),
  };
  const common = { node, env: settings, processes, onEnd };

  const app = startPart({
    ...common,
    name: 'app',
    args: [BACKSTAGE_CLI, 'package', 'start'],
    cwd: join(ROOT, 'packages/app'),
    logFile: logOf('app'),
    failure: /compiled with \d+ errors?/,
  });
  // The backend reads the key of the GitHub App that the simulator makes at its first start.
  const simulator = startPart({
    ...common,
    name: 'simulator',
    args: simulatorArguments({ ports, addresses, data, agentSeconds, more }),
    cwd: ROOT,
    logFile: logOf('simulator'),
  });
  await progress.step('GitHub simulator', async () => {
    await simulator.until(() => answers(addresses.simulator));
    return { line: `GitHub simulator at ${addresses.simulator}` };
  });

  const backend = startPart({
    ...common,
    name: 'backend',
    args: watch
      ? [BACKSTAGE_CLI, 'package', 'start']
      : [
          ...BACKEND_MEMORY,
          '--enable-source-maps',
          '-r',
          TYPESCRIPT_LOADER,
          'src/index.ts',
        ],
    cwd: join(ROOT, 'packages/backend'),
    logFile: logOf('backend'),
    failure: /Backend startup failed|threw an error during startup/,
  });
  await Promise.all([
    progress.step('backend', async () => {
      await backend.until(() =>
        answers(`${addresses.backend}/.backstage/health/v1/readiness`),
      );
      return { line: `backend at ${addresses.backend}` };
    }),
    progress.step('app', async () => {
      await app.until(() => answers(addresses.app));
      return { line: `app at ${addresses.app}` };
    }),
  ]);
  await progress.step('catalog', async () => {
    let last;
    // The catalog comes file by file: it is complete when no more arrive.
    const components = await backend.until(async () => {
      const before = last;
      last = await countComponents(addresses.backend);
      return last === before && last;
    });
    return { line: `catalog with ${components} components` };
  });
  return { addresses, pids: { backend: backend.pid } };
}

/**
 * Settings of this start, over those of app-config.yaml: `APP_CONFIG_*` is how Backstage takes settings from the
 * environment, the others are variables that app-config.yaml itself reads.
 */
function configOf({ ports, addresses, data, more }) {
  return {
    APP_CONFIG_app_baseUrl: addresses.app,
    APP_CONFIG_backend_baseUrl: addresses.backend,
    APP_CONFIG_backend_listen_port: String(ports.backend),
    APP_CONFIG_backend_cors_origin: addresses.app,
    GITHUB_SIMULATOR_URL: addresses.simulator,
    AGENT_TASKS_DATA: data,
    ...(more && {
      APP_CONFIG_catalog_locations: JSON.stringify(
        [join(ROOT, 'catalog/all.yaml'), more.catalog].map(target => ({
          type: 'file',
          target,
          rules: [{ allow: CATALOG_KINDS }],
        })),
      ),
    }),
  };
}

function simulatorArguments({ ports, addresses, data, agentSeconds, more }) {
  return [
    '-r',
    TYPESCRIPT_LOADER,
    join(ROOT, 'packages/github-simulator/src/cli.ts'),
    '--port',
    String(ports.simulator),
    '--seed',
    more?.organization ?? join(ROOT, 'catalog/github.yaml'),
    '--app-key-file',
    join(data, 'github-app.pem'),
    '--data',
    join(data, 'github.json'),
    '--webhook-url',
    `${addresses.backend}/api/events/http/github`,
    ...(agentSeconds === undefined
      ? []
      : ['--agent-duration', String(agentSeconds)]),
  ];
}

/** `failure` finds in the log what will not heal although the process goes on: no use in waiting for it. */
function startPart({
  name,
  node,
  args,
  cwd,
  env,
  logFile,
  failure: hopeless,
  processes,
  onEnd,
}) {
  let outcome;
  let ready = false;
  const failure = () =>
    new StepFailure(describeEnd(outcome), {
      logFile,
      remedy: 'see the log; after a change, run npm start again',
    });
  const { pid } = processes.start({
    name,
    command: node,
    args,
    cwd,
    env,
    logFile,
    onExit: end => {
      outcome = end;
      if (ready) {
        onEnd(failure());
      }
    },
  });
  return {
    pid,
    /** Polls until `probe` returns something; fails when the part ends or takes too long. */
    async until(probe) {
      const deadline = Date.now() + READY_TIMEOUT_MS;
      for (;;) {
        if (outcome) {
          throw failure();
        }
        const result = await probe().catch(() => undefined);
        if (hopeless?.test(readFileSync(logFile, 'utf8'))) {
          throw new StepFailure(`${name} does not start`, {
            logFile,
            remedy: 'see the log, and run npm start again',
          });
        }
        if (result) {
          ready = true;
          return result;
        }
        if (Date.now() > deadline) {
          throw new StepFailure(
            `${name} does not answer after ${READY_TIMEOUT_MS / 1000} s`,
            { logFile, remedy: 'see the log, and run npm start again' },
          );
        }
        await new Promise(resolve => setTimeout(resolve, POLL_MS));
      }
    },
  };
}

async function answers(url) {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(READY_TIMEOUT_MS),
  });
  await response.arrayBuffer();
  return response.ok;
}

/** How many components a person sees who signs in: undefined as long as that does not work. */
async function countComponents(backend) {
  const session = await fetchJson(`${backend}/api/auth/persona/refresh`, {
    'x-agent-tasks-persona': PROBE_PERSONA,
  });
  const found = await fetchJson(
    `${backend}/api/catalog/entities/by-query?filter=kind=component&limit=0`,
    { authorization: `Bearer ${session.backstageIdentity.token}` },
  );
  return found.totalItems;
}

async function fetchJson(url, headers) {
  const response = await fetch(url, { headers });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}`);
  }
  return response.json();
}
