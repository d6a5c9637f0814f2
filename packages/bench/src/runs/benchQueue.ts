import { join } from 'node:path';
import { connect } from '../harness/connect';
import { quantile } from '../harness/quantile';
import { DURABLE, startPostgres } from '../harness/scripts';
import { PeerSetup } from '../queue/Peer';
import { PeerSystem } from '../queue/PeerSystem';
import { PortalSystem } from '../queue/PortalSystem';
import { System } from '../queue/System';
import { Run, RunContext } from './Run';

const GOALS = {
  ratioGraphileWorker: 3,
  ratioGraphileWorkerBatched: 0.4,
  ratioPgBoss: 3,
};

/** Jobs that a peer runs at once. */
const WORKERS = 10;

interface QueueSize {
  tasks: number;
  teams: number;
  repositories: number;
  /** Without the first, which warms up. */
  rounds: number;
}

const FULL: QueueSize = {
  tasks: 20_000,
  teams: 500,
  repositories: 2_000,
  rounds: 3,
};

const QUICK: QueueSize = {
  tasks: 500,
  teams: 20,
  repositories: 50,
  rounds: 1,
};

/** The peers, each at the setting that was found to be its best here. */
const PEERS = {
  graphileWorker: { name: 'graphile-worker' },
  graphileWorkerBatched: {
    name: 'graphile-worker',
    localQueueSize: 500,
    completeBatchDelayMs: 0,
  },
  pgBoss: { name: 'pg-boss', batchSize: 100, ordered: false },
} as const satisfies Record<string, PeerSetup['peer']>;

type Name = 'portal' | keyof typeof PEERS;

export const benchQueue: Run = {
  kind: 'bench',
  name: 'queue',
  summary:
    'Admits, starts and finishes 20,000 tasks with every limit on, beside general job queues without any',

  async run(context) {
    const { quick, say, workspace } = context;
    const size = quick ? QUICK : FULL;
    const { connectionString, remove } = await startPostgres({
      processes: workspace.processes,
      env: process.env,
      logFile: join(workspace.logs, 'postgres.log'),
      settings: DURABLE,
    });
    workspace.onClose(remove);
    const portal = await PortalSystem.start({
      workspace,
      connectionString,
      teams: size.teams,
      repositories: size.repositories,
    });
    const systems = new Map<Name, System>([['portal', portal]]);
    for (const [name, setup] of Object.entries(PEERS)) {
      systems.set(
        name as Name,
        await startPeer({ context, connectionString, name, setup }),
      );
    }
    const perSecond = await measureInTurn({ systems, size, say });
    const eventsPerTask = await portal.eventsPerTask();
    for (const system of systems.values()) {
      await system.stop();
    }

    const median = (name: Name) => quantile(perSecond.get(name)!, 0.5);
    const ratio = (name: Name) =>
      Number((median('portal') / median(name)).toFixed(3));
    const ratios = {
      ratioGraphileWorker: ratio('graphileWorker'),
      ratioGraphileWorkerBatched: ratio('graphileWorkerBatched'),
      ratioPgBoss: ratio('pgBoss'),
    };
    return {
      result: {
        tasks: size.tasks,
        teams: size.teams,
        repositories: size.repositories,
        perSecond: Math.round(median('portal')),
        graphileWorkerPerSecond: Math.round(median('graphileWorker')),
        graphileWorkerBatchedPerSecond: Math.round(
          median('graphileWorkerBatched'),
        ),
        pgBossPerSecond: Math.round(median('pgBoss')),
        ...ratios,
        goals: GOALS,
        eventsPerTask: Number(eventsPerTask.toFixed(2)),
        peers: { workers: WORKERS, ...PEERS },
        rounds: Object.fromEntries(
          [...perSecond].map(([name, rounds]) => [
            name,
            rounds.map(value => Math.round(value)),
          ]),
        ),
      },
      holds: Object.entries(GOALS).every(
        ([name, goal]) => ratios[name as keyof typeof GOALS] >= goal,
      ),
    };
  },
};

/** Rounds alternate, so that a machine that gets slower or faster does so for all. */
async function measureInTurn(options: {
  systems: Map<Name, System>;
  size: QueueSize;
  say: (line: string) => void;
}): Promise<Map<Name, number[]>> {
  const { systems, size, say } = options;
  const perSecond = new Map<Name, number[]>(
    [...systems.keys()].map(name => [name, []]),
  );
  for (let round = 0; round <= size.rounds; round += 1) {
    for (const [name, system] of systems) {
      const value = await system.round(size.tasks);
      say(
        `${round ? `round ${round}` : 'warm-up'}: ${name} ${Math.round(value)}/s`,
      );
      if (round > 0) {
        perSecond.get(name)!.push(value);
      }
    }
  }
  return perSecond;
}

async function startPeer(options: {
  context: RunContext;
  connectionString: string;
  name: string;
  setup: PeerSetup['peer'];
}): Promise<System> {
  const { context, connectionString, name, setup } = options;
  const database = `peer_${name.toLowerCase()}`;
  const client = await connect(connectionString);
  try {
    await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return PeerSystem.start({
    workspace: context.workspace,
    name,
    connectionString: url.href,
    workers: WORKERS,
    setup,
  });
}
