// Everything that has to be green before a change is merged: the checks of the sources, the production build and all
// tests. The last line is the count of checks and tests together.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOptions, parseArguments } from './arguments.mjs';
import { LOGS, ROOT } from './layout.mjs';
import { Processes } from './processes.mjs';
import { formatSeconds, Progress, StepFailure } from './progress.mjs';
import { stopOnSignals, stopWithParent } from './shutdown.mjs';
import { describeCounts, readCounts, sumCounts } from './testCounts.mjs';
import { prepareToolchain, YARN_ENTRY } from './toolchain.mjs';

/**
 * Scripts of package.json, two at once: one for each core of the smallest machine this has to run on. `after` names
 * what must have succeeded before: the declarations that the type check writes are what API reports and bundles are
 * made from.
 */
const CHECKS = [
  {
    name: 'type check',
    script: ['tsc'],
    remedy: 'correct the types; `npm run tsc` runs this check alone',
  },
  {
    name: 'lint',
    script: ['lint'],
    remedy: 'correct what it reports; `npm run lint -- --fix` does some of it',
  },
  {
    name: 'format',
    script: ['prettier:check'],
    remedy: 'npm run prettier:fix',
  },
  {
    name: 'API types match openapi.yaml',
    script: ['generate:api', '--check'],
    remedy: 'npm run generate:api, and commit the result',
  },
  {
    name: 'API reports',
    after: 'type check',
    script: ['api-reports', '--ci'],
    remedy:
      'rm -rf dist-types && npm run tsc && npm run api-reports, look at the difference, and commit it',
  },
  {
    name: 'production build',
    after: 'type check',
    script: ['build'],
    remedy: 'see the log; `npm run build` runs this alone',
  },
];
const AT_ONCE = 2;

const OPTIONS = {
  'no-tests': { type: 'flag', describe: 'the checks alone' },
  help: { type: 'flag', describe: 'show this' },
};

async function main() {
  const { values } = parseArguments({
    args: process.argv.slice(2),
    options: OPTIONS,
  });
  if (values.help) {
    console.log(`npm run check -- [options]\n\n${describeOptions(OPTIONS)}`);
    return;
  }
  const progress = new Progress();
  const processes = new Processes();
  const stop = async code => {
    await processes.stop();
    process.exit(code);
  };
  stopOnSignals({ progress, stop });
  stopWithParent({ stop });

  const counts = [];
  try {
    const toolchain = await prepareToolchain({ progress, processes });
    counts.push(await runChecks({ ...toolchain, progress, processes }));
    if (!values['no-tests']) {
      counts.push(await runTests({ progress, processes }));
    }
  } catch (error) {
    progress.failure(error);
    counts.push({ passed: 0, failed: 1, skipped: 0 });
  }
  const total = sumCounts(counts);
  progress.line('');
  progress.line(`All of it took ${formatSeconds(progress.elapsedSeconds())}.`);
  progress.line(describeCounts(total));
  await stop(total.failed > 0 ? 1 : 0);
}

async function runChecks({ node, env, progress, processes }) {
  const outcomes = new Map();
  const waiting = [...CHECKS];
  const runOne = async check => {
    try {
      await progress.step(check.name, () =>
        processes.run({
          name: check.name,
          command: node,
          args: [YARN_ENTRY, 'run', ...check.script],
          cwd: ROOT,
          env: {
            ...env,
            NODE_OPTIONS: '--max-old-space-size=6144',
            YARN_ENABLE_COLORS: '0',
            NO_COLOR: '1',
          },
          logFile: join(LOGS, `check-${check.name.replace(/\W+/g, '-')}.log`),
          remedy: check.remedy,
        }),
      );
      outcomes.set(check.name, true);
    } catch (error) {
      progress.failure(error);
      outcomes.set(check.name, false);
    }
  };
  const isDue = ({ after }) => !after || outcomes.has(after);
  const running = new Set();
  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < AT_ONCE ? waiting.findIndex(isDue) : -1;
    if (next < 0) {
      await Promise.race(running);
      continue;
    }
    const [check] = waiting.splice(next, 1);
    if (check.after && !outcomes.get(check.after)) {
      progress.failure(
        new StepFailure(`${check.name}: not possible without ${check.after}`),
      );
      outcomes.set(check.name, false);
      continue;
    }
    const run = runOne(check).finally(() => running.delete(run));
    running.add(run);
  }
  const passed = [...outcomes.values()].filter(Boolean).length;
  return { passed, failed: outcomes.size - passed, skipped: 0 };
}

/** The very command that the README names, with its output shown as it comes. */
async function runTests({ progress, processes }) {
  const logFile = join(LOGS, 'check-npm-test.log');
  progress.line('');
  progress.line('npm test');
  const windows = process.platform === 'win32';
  const { code } = await processes.start({
    name: 'npm test',
    command: windows ? 'cmd' : 'npm',
    args: windows ? ['/c', 'npm', 'test'] : ['test'],
    cwd: ROOT,
    env: process.env,
    logFile,
    show: true,
  }).ended;
  const counts = existsSync(logFile)
    ? readCounts(readFileSync(logFile, 'utf8'))
    : undefined;
  if (!counts) {
    progress.failure(
      new StepFailure('npm test ended without a count', { logFile }),
    );
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  return { ...counts, failed };
}

main().catch(error => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
