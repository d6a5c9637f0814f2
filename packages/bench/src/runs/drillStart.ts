import { BackendDatabase } from '../backend/backendConfig';
import { startPostgres } from '../harness/scripts';
import {
  drillOneDatabase,
  DrillResult,
  DrillSize,
  RUNNING_LIMIT,
} from '../start/drillOneDatabase';
import { Run, RunContext } from './Run';
import { join } from 'node:path';

const FULL: DrillSize = {
  launches: 100,
  kills: 50,
  repositories: 25,
  longestLifeMs: 3_500,
};

const QUICK: DrillSize = {
  launches: 10,
  kills: 4,
  repositories: 4,
  longestLifeMs: 2_000,
};

/** Findings that are told in full; the others would say the same. */
const FINDINGS_TOLD = 20;

export const drillStart: Run = {
  kind: 'drill',
  name: 'start',
  summary:
    'Starts each task exactly once, though the backend is killed and GitHub drops, delays and doubles answers',

  async run(context) {
    const { quick, seed, say } = context;
    const size = quick ? QUICK : FULL;
    const results: { database: string; result: DrillResult }[] = [];
    for (const database of quick ? ['sqlite'] : ['sqlite', 'postgresql']) {
      const result = await drillOneDatabase({
        context,
        name: database,
        database: await openDatabase(database, context),
        size,
      });
      results.push({ database, result });
      const { lost, duplicates } = result.verdict;
      for (const finding of [...lost, ...duplicates].slice(0, FINDINGS_TOLD)) {
        say(`✗ ${database}: ${finding}`);
      }
      say(
        `${database}: ${result.launched} launched, ${result.kills} kills (${result.killsDuringRequest} while starts were under way, ${result.startsInterrupted} in all), ${result.resent} sent again, ${result.found} found by their marker, ${lost.length} lost, ${duplicates.length} duplicates, ${result.seconds} s`,
      );
    }
    const worst = (of: (result: DrillResult) => number) =>
      Math.max(...results.map(({ result }) => of(result)));
    const least = (of: (result: DrillResult) => number) =>
      Math.min(...results.map(({ result }) => of(result)));
    const lost = worst(result => result.verdict.lost.length);
    const duplicates = worst(result => result.verdict.duplicates.length);
    const launched = least(result => result.launched);
    const kills = least(result => result.kills);
    return {
      result: {
        database: results.map(({ database }) => database),
        launched,
        kills,
        lost,
        duplicates,
        limit: RUNNING_LIMIT,
        seed,
        byDatabase: Object.fromEntries(
          results.map(({ database, result: { verdict, ...figures } }) => [
            database,
            {
              ...figures,
              lost: verdict.lost.length,
              duplicates: verdict.duplicates.length,
            },
          ]),
        ),
      },
      holds:
        lost === 0 &&
        duplicates === 0 &&
        launched === size.launches &&
        kills === size.kills,
    };
  },
};

async function openDatabase(
  name: string,
  { workspace }: RunContext,
): Promise<BackendDatabase> {
  if (name === 'sqlite') {
    return {
      client: 'better-sqlite3',
      directory: workspace.makeFolder('sqlite'),
    };
  }
  const { connectionString, remove } = await startPostgres({
    processes: workspace.processes,
    env: process.env,
    logFile: join(workspace.logs, 'postgres.log'),
  });
  workspace.onClose(remove);
  return { client: 'pg', connectionString };
}
