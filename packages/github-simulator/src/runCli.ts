import { readFileSync } from 'fs';
import { ensureAppKey } from './appKey';
import { CliOptions, parseCliOptions, USAGE } from './cliOptions';
import { GithubSimulator } from './GithubSimulator';
import {
  applyOrganizationSettings,
  OrganizationFile,
  parseOrganizationFile,
  toSimulatorSeed,
} from './organization';
import { loadSnapshot, SnapshotWriter } from './snapshot';

/**
 * The command: starts a simulator as the arguments of the process ask for, and ends the process on SIGINT and SIGTERM.
 *
 * @public
 */
export function runCli(): void {
  main().catch(fail);
}

async function main(): Promise<void> {
  const options = parseCliOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(USAGE);
    return;
  }
  const { simulator, snapshot } = await start(options);
  process.stdout.write(`GitHub simulator at ${simulator.url}\n`);

  let closing = false;
  const close = () => {
    if (closing) {
      return;
    }
    closing = true;
    simulator
      .close()
      .then(() => {
        snapshot?.close();
        process.exit(0);
      })
      .catch(fail);
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}

async function start(options: CliOptions): Promise<{
  simulator: GithubSimulator;
  snapshot?: SnapshotWriter;
}> {
  const file = options.seed === undefined ? undefined : readSeed(options.seed);
  const data =
    options.data === undefined ? undefined : loadSnapshot(options.data);
  const simulator = await GithubSimulator.start({
    port: options.port,
    host: options.host,
    seed: file && toSimulatorSeed(file),
    data,
    random: options.randomSeed,
    agent: {
      ...(options.agentSeconds && { durationSeconds: options.agentSeconds }),
      ...(options.agentCapacity && { capacity: options.agentCapacity }),
    },
  });
  if (file && !data) {
    applyOrganizationSettings({ world: simulator.world, file });
  }
  configureApps(simulator, options);
  const snapshot =
    options.data === undefined
      ? undefined
      : SnapshotWriter.create({
          path: options.data,
          world: simulator.world,
          onError: error =>
            process.stderr.write(`The snapshot was not written: ${error}\n`),
        });
  snapshot?.flush();
  return { simulator, snapshot };
}

function readSeed(path: string): OrganizationFile {
  try {
    return parseOrganizationFile(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`);
  }
}

/** Keys and addresses belong to this run: a snapshot may come from a run with others. */
function configureApps(simulator: GithubSimulator, options: CliOptions): void {
  const { apps } = simulator.world;
  for (const app of apps.list()) {
    if (app.id === apps.actions.id) {
      continue;
    }
    if (options.appKeyFile !== undefined) {
      app.publicKeyPem = ensureAppKey(options.appKeyFile);
    }
    app.webhookUrl = options.webhookUrl;
    app.webhookSecret = options.webhookSecret ?? app.webhookSecret;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(error: unknown): void {
  process.stderr.write(`github-simulator: ${messageOf(error)}\n`);
  process.exit(1);
}
