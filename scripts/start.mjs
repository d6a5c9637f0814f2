// Sets this checkout up as far as needed, and runs the portal until Ctrl-C.
import { resolve } from 'node:path';
import { describeOptions, parseArguments } from './arguments.mjs';
import { DATA, LOGS } from './layout.mjs';
import { choosePorts, startPortal } from './portal.mjs';
import { Processes } from './processes.mjs';
import { formatSeconds, Progress } from './progress.mjs';
import { stopWithParent, stopOnSignals } from './shutdown.mjs';
import { prepareToolchain } from './toolchain.mjs';

const OPTIONS = {
  port: { type: 'number', describe: 'port of the app (3000)' },
  'backend-port': { type: 'number', describe: 'port of the backend (7007)' },
  'simulator-port': {
    type: 'number',
    describe: 'port of the GitHub simulator (7010)',
  },
  'free-ports': {
    type: 'flag',
    describe: 'any free port for whatever has no port of its own here',
  },
  data: {
    type: 'text',
    describe: 'folder of databases and simulator state (.agent-tasks/data)',
  },
  logs: { type: 'text', describe: 'folder of logs (.agent-tasks/logs)' },
  'agent-duration': {
    type: 'number',
    describe: 'seconds that the simulated agent works on a task',
  },
  fleet: {
    type: 'number',
    describe:
      'so many libraries more, with a repository each, to try campaigns on',
  },
  watch: {
    type: 'flag',
    describe: 'restart the backend when its sources change',
  },
  help: { type: 'flag', describe: 'show this' },
};

async function main() {
  const { values } = parseArguments({
    args: process.argv.slice(2),
    options: OPTIONS,
  });
  if (values.help) {
    console.log(`npm start -- [options]\n\n${describeOptions(OPTIONS)}`);
    return;
  }

  const progress = new Progress();
  const processes = new Processes();
  const stop = async code => {
    await processes.stop();
    process.exit(code);
  };
  const fail = error => {
    progress.failure(error);
    return stop(1);
  };
  stopOnSignals({ progress, stop });
  stopWithParent({ stop });

  try {
    const ports = await choosePorts({
      chosen: {
        app: values.port,
        backend: values['backend-port'],
        simulator: values['simulator-port'],
      },
      free: values['free-ports'],
    });
    const { node, env } = await prepareToolchain({ progress, processes });
    const { addresses, pids } = await startPortal({
      node,
      env,
      ports,
      data: resolve(values.data ?? DATA),
      logs: resolve(values.logs ?? LOGS),
      agentSeconds: values['agent-duration'],
      fleet: values.fleet,
      watch: values.watch,
      processes,
      progress,
      onEnd: fail,
    });
    const seconds = progress.elapsedSeconds();
    progress.line('');
    progress.line(
      `The portal is at ${addresses.app} (${formatSeconds(seconds)}). Ctrl-C ends it.`,
    );
    process.send?.({ addresses, pids, seconds });
  } catch (error) {
    await fail(error);
  }
}

main().catch(error => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
