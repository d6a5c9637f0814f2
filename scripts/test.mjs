// Sets this checkout up as far as needed, and runs everything that has to be green. The last line is the count.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { describeOptions, parseArguments } from './arguments.mjs';
import { findChromium, HOW_TO_GET_CHROMIUM } from './chromium.mjs';
import { LOGS, ROOT } from './layout.mjs';
import { startPostgres } from './postgres.mjs';
import { Processes } from './processes.mjs';
import { formatSeconds, Progress, StepFailure } from './progress.mjs';
import { stopOnSignals, stopWithParent } from './shutdown.mjs';
import {
  countJest,
  countNodeTests,
  countPlaywright,
  describeCounts,
  sumCounts,
} from './testCounts.mjs';
import { prepareToolchain } from './toolchain.mjs';

const OPTIONS = {
  name: {
    type: 'text',
    describe: 'only tests whose name matches this pattern',
  },
  'no-browser': { type: 'flag', describe: 'leave the browser tests out' },
  help: { type: 'flag', describe: 'show this' },
};

const BROWSER_TESTS = 'packages/app/e2e-tests';
const SCRIPTS = 'scripts';
const BACKSTAGE_CLI = 'node_modules/@backstage/cli/bin/backstage-cli';
const PLAYWRIGHT_CLI = 'node_modules/@playwright/test/cli.js';

/** Each suite says which paths it covers, and how to run and count it. */
const SUITES = [
  {
    title: 'tests of the scripts',
    covers: path => overlaps(path, SCRIPTS),
    run: runScriptTests,
  },
  {
    title: 'unit and contract tests',
    covers: path => !isWithin(path, SCRIPTS) && !isWithin(path, BROWSER_TESTS),
    run: runJest,
  },
  {
    title: 'browser tests',
    covers: path => overlaps(path, BROWSER_TESTS),
    run: runBrowserTests,
  },
];

async function main() {
  const { values, rest } = parseArguments({
    args: process.argv.slice(2),
    options: OPTIONS,
  });
  if (values.help) {
    console.log(
      `npm test -- [options] [paths]\n\n${describeOptions(OPTIONS)}\n\n` +
        'With paths, such as plugins/agent-tasks-backend, only the tests below them run.',
    );
    return;
  }
  const paths = rest.map(toRepositoryPath);

  const progress = new Progress();
  const processes = new Processes();
  const cleanups = [];
  const stop = async code => {
    await processes.stop();
    cleanups.forEach(cleanup => cleanup());
    process.exit(code);
  };
  stopOnSignals({ progress, stop });
  stopWithParent({ stop });

  const counts = [];
  try {
    const { node, env } = await prepareToolchain({ progress, processes });
    const context = {
      node,
      env: { ...env, CI: 'true' },
      paths,
      name: values.name,
      processes,
      progress,
      cleanups,
    };
    for (const suite of SUITES) {
      const wanted = paths.length === 0 || paths.some(suite.covers);
      if (wanted && !(values['no-browser'] && suite.run === runBrowserTests)) {
        counts.push(await runSuite({ suite, context }));
      }
    }
  } catch (error) {
    progress.failure(error);
    counts.push({ passed: 0, failed: 1, skipped: 0, failures: [] });
  }

  const total = sumCounts(counts);
  if (total.passed + total.failed === 0) {
    progress.line('✗ there are no such tests');
    total.failed = 1;
  }
  progress.line('');
  progress.line(`Tests took ${formatSeconds(progress.elapsedSeconds())}.`);
  progress.line(describeCounts(total));
  await stop(total.failed > 0 ? 1 : 0);
}

/** A suite that cannot even run counts as one failure, so that the other ones are still run. */
async function runSuite({ suite, context }) {
  const { progress } = context;
  const begin = Date.now();
  let counts;
  try {
    counts = await suite.run(context);
  } catch (error) {
    progress.failure(error);
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  }
  const took = formatSeconds((Date.now() - begin) / 1000);
  const mark = counts.failed > 0 ? '✗' : '✓';
  progress.line(`${mark} ${suite.title}: ${describeCounts(counts)} (${took})`);
  for (const { title, message } of counts.failures) {
    progress.line('');
    progress.line(`✗ ${title}`);
    progress.line(message.trimEnd());
  }
  return counts;
}

async function runScriptTests({ node, env, name, processes, progress }) {
  const logFile = join(LOGS, 'test-scripts.log');
  await runTests({
    title: 'tests of the scripts',
    progress,
    processes,
    command: node,
    args: [
      '--test',
      '--test-reporter=tap',
      ...(name ? [`--test-name-pattern=${name}`] : []),
      `${SCRIPTS}/*.test.mjs`,
    ],
    env,
    logFile,
  });
  return countNodeTests(readFileSync(logFile, 'utf8'));
}

async function runJest(context) {
  const { node, env, paths, name, processes, progress, cleanups } = context;
  const postgres = await progress.step('PostgreSQL', async () => {
    const started = await startPostgres({
      processes,
      env,
      logFile: join(LOGS, 'postgres.log'),
    });
    return { ...started, line: 'PostgreSQL 18 for the tests' };
  });
  cleanups.push(postgres.remove);

  const resultFile = freshResultFile('jest.json');
  const logFile = join(LOGS, 'test-jest.log');
  await runTests({
    title: 'unit and contract tests',
    progress,
    processes,
    command: node,
    args: [
      BACKSTAGE_CLI,
      'repo',
      'test',
      '--json',
      `--outputFile=${resultFile}`,
      '--maxWorkers=2',
      '--workerIdleMemoryLimit=1500M',
      ...(name ? ['--testNamePattern', name] : []),
      ...paths.filter(SUITES[1].covers),
    ],
    env: {
      ...env,
      BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      // Testing Library prints the whole page with each failure otherwise.
      DEBUG_PRINT_LIMIT: '2000',
      BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING:
        postgres.connectionString,
    },
    logFile,
  });
  return countJest(readResult(resultFile, logFile));
}

async function runBrowserTests(context) {
  const { node, env, paths, name, processes, progress } = context;
  const chromium = findChromium();
  const resultFile = freshResultFile('playwright.json');
  const logFile = join(LOGS, 'test-browser.log');
  const only = paths.filter(path => isWithin(path, BROWSER_TESTS));
  await runTests({
    title: 'browser tests',
    progress,
    processes,
    command: node,
    args: [
      PLAYWRIGHT_CLI,
      'test',
      '--reporter=list,json',
      ...(chromium ? [] : ['--list']),
      ...(name ? ['--grep', name] : []),
      ...only,
    ],
    env: {
      ...env,
      CHROMIUM_PATH: chromium ?? '',
      PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile,
    },
    logFile,
  });
  const counts = countPlaywright(readResult(resultFile, logFile));
  if (!chromium) {
    const missing = counts.listed;
    return {
      passed: 0,
      failed: missing,
      skipped: 0,
      failures: [
        {
          title: `${missing} browser tests cannot run`,
          message: `There is no Chromium on this machine: ${HOW_TO_GET_CHROMIUM}.`,
        },
      ],
    };
  }
  return counts;
}

/** Runs a test runner to its end. Whether tests failed is for its results to say; only a lack of them is an error. */
async function runTests({ title, progress, processes, ...options }) {
  await progress.while(
    title,
    () => processes.start({ name: title, cwd: ROOT, ...options }).ended,
  );
}

function freshResultFile(name) {
  const file = join(LOGS, name);
  mkdirSync(LOGS, { recursive: true });
  rmSync(file, { force: true });
  return file;
}

function readResult(file, logFile) {
  if (!existsSync(file)) {
    throw new StepFailure('the tests did not run to their end', {
      logFile,
      remedy: 'see the log',
    });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

function toRepositoryPath(path) {
  return relative(ROOT, resolve(path)).split(sep).join('/');
}

function isWithin(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Whether one of the two contains the other. */
function overlaps(path, folder) {
  return isWithin(path, folder) || isWithin(folder, path);
}

main().catch(error => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
