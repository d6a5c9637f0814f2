import { BackendDatabase } from '../backend/backendConfig';
import { BackendProcess } from '../harness/BackendProcess';
import { freePort } from '../harness/scripts';
import { instantBackend } from '../instant/instantBackend';
import { pluginDatabase } from '../instant/pluginDatabase';
import { RunContext } from '../runs/Run';
import { openPostgres, openSqlite } from './Database';
import { listFilters, READERS } from './listFilters';
import { ListsWorld } from './listsWorld';
import { loadTasks } from './loadTasks';
import { FilterFigures, measureFilter } from './measureLists';

const READY_TIMEOUT_MS = 60_000;

/** Measures all filters on one database. */
export async function measureDatabase(options: {
  context: RunContext;
  name: string;
  database: BackendDatabase;
  world: ListsWorld;
  samples: number;
}): Promise<FilterFigures[]> {
  const { context, name, database, world, samples } = options;
  const { workspace, say } = context;
  const port = await freePort();
  const start = async (part: string) => {
    const backend = BackendProcess.prepare({
      workspace,
      name: `${name}-${part}`,
      port,
      setup: instantBackend({
        port,
        database,
        entities: [],
        instant: {},
        readers: Object.values(READERS).map(reader => ({
          ...reader,
          teams: [...reader.teams],
          requesters: [...reader.requesters],
        })),
        // Nothing starts: what is measured is a portal at rest.
        agentTasks: { limits: { running: 0 } },
      }),
    });
    backend.go();
    await backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
    return backend;
  };

  // The tables are made by the backend itself.
  await (await start('tables')).kill();
  const direct =
    database.client === 'pg'
      ? await openPostgres(pluginDatabase(database))
      : await openSqlite(database.directory);
  try {
    await loadTasks({ database: direct, world, say });
  } finally {
    await direct.close();
  }

  const backend = await start('lists');
  const filters = listFilters({
    campaigns: world.tasks / world.tasksPerCampaign,
  });
  // A portal that has just started compiles its code and opens its connections: it is measured at work.
  for (const filter of filters) {
    await measureFilter({ url: backend.url, filter, samples: 1 });
  }
  const figures: FilterFigures[] = [];
  for (const filter of filters) {
    figures.push(await measureFilter({ url: backend.url, filter, samples }));
  }
  await backend.kill();
  return figures;
}
