// `npm run bench -- NAME` and `npm run drill -- NAME`; without a name it lists them. Progress for people goes to the
// standard error; the result is one JSON line on the standard output. The exit code is 1 when the goal is missed.
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Workspace } from './harness/Workspace';
import { runs } from './runs';
import { Run } from './runs/Run';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const OPTIONS = {
  quick: { type: 'boolean' },
  seed: { type: 'string' },
  trace: { type: 'string' },
  'keep-logs': { type: 'boolean' },
} as const;

const HELP = `  --quick      smaller, for tests: its figures mean nothing
  --seed N     seed of the random choices (1)
  --trace FILE drill replay: another trace of the same form as data/agent-pr-trace.csv
  --keep-logs  keeps the logs of all processes`;

async function main([kind, ...args]: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: OPTIONS,
    allowPositionals: true,
  });
  const [name, ...more] = positionals;
  const chosen = runs.find(run => run.kind === kind && run.name === name);
  if (!name) {
    process.stdout.write(`${list(kind)}\n\n${HELP}\n`);
    return 0;
  }
  if (!chosen || more.length > 0) {
    throw new Error(
      chosen
        ? `One at a time: ${kind} ${name}`
        : `There is no ${kind} '${name}'. There are:\n${list(kind)}`,
    );
  }
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) {
    throw new Error(`--seed is no whole number: ${values.seed}`);
  }
  return perform(chosen, {
    seed,
    quick: values.quick ?? false,
    // Relative to where the command was typed, which npm tells: it changes to the top of the repository.
    trace: values.trace && resolve(process.env.INIT_CWD ?? '', values.trace),
    keepLogs: values['keep-logs'] ?? false,
  });
}

async function perform(
  run: Run,
  options: {
    seed: number;
    quick: boolean;
    trace?: string;
    keepLogs: boolean;
  },
): Promise<number> {
  const { seed, quick, trace } = options;
  const begin = performance.now();
  const workspace = await Workspace.create();
  for (const [signal, code] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      void workspace.close().finally(() => process.exit(code));
    });
  }
  let holds = false;
  try {
    const outcome = await run.run({ seed, quick, trace, workspace, say });
    holds = outcome.holds;
    const line = {
      [run.kind]: run.name,
      ...outcome.result,
      holds,
      ...(quick && { quick }),
      runSeconds: Math.round((performance.now() - begin) / 1000),
      versions: { node: process.version },
      machine: {
        cpus: cpus().length,
        memoryGb: Math.round(totalmem() / 2 ** 30),
        platform: `${process.platform}-${process.arch}`,
      },
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  } finally {
    const logs = await workspace.close({
      keepLogs: options.keepLogs || !holds,
    });
    if (logs) {
      say(`The logs of all processes: ${logs}`);
    }
  }
  return holds ? 0 : 1;
}

function list(kind: string): string {
  return runs
    .filter(run => run.kind === kind)
    .map(run => `  ${run.name.padEnd(12)} ${run.summary}`)
    .join('\n');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// What is left of a run that failed half-way, such as clients that try again, must not keep the process alive.
main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`✗ ${error.message}\n`);
    process.exit(1);
  },
);
