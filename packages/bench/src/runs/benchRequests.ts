import { measurePolling } from '../requests/measurePolling';
import { measurePortal, World } from '../requests/measurePortal';
import { Run } from './Run';

/** The portal makes at most this share of the requests of the loop that polls. */
const GOAL_RATIO = 0.2;

export const benchRequests: Run = {
  kind: 'bench',
  name: 'requests',
  summary:
    'Counts requests to GitHub per task from launch to merge, beside a loop that polls each task and pull request',

  async run({ quick, seed, workspace, say }) {
    const world: World = {
      tasks: quick ? 6 : 100,
      random: seed,
      warp: { factor: quick ? 20 : 12, origin: Date.now() },
      agent: {
        capacity: 100,
        durationSeconds: quick ? { min: 30, max: 60 } : { min: 120, max: 360 },
        queueSeconds: { min: 1, max: 10 },
        outcomes: { completed: 1 },
        realChanges: false,
      },
      reviewSeconds: quick ? { min: 60, max: 120 } : { min: 300, max: 1_800 },
      timeoutMs: quick ? 60_000 : 270_000,
    };
    say(
      `${world.tasks} tasks at once; time runs ${world.warp.factor} times as fast`,
    );
    const portal = { workspace, world, say };
    const [withWebhooks, polling] = await Promise.all([
      measurePortal({ ...portal, name: 'webhooks', webhooks: true }),
      measurePolling({ workspace, world }),
    ]);
    const withoutWebhooks = await measurePortal({
      ...portal,
      world: { ...world, warp: { ...world.warp, origin: Date.now() } },
      name: 'no-webhooks',
      webhooks: false,
    });

    const per = (count: number) => round(count / world.tasks, 2);
    const ratio = round(withWebhooks.total / polling.total, 3);
    return {
      result: {
        tasks: world.tasks,
        perTask: per(withWebhooks.total),
        naivePerTask: per(polling.total),
        ratio,
        goalRatio: GOAL_RATIO,
        perTaskWithoutWebhooks: per(withoutWebhooks.total),
        ratioWithoutWebhooks: round(withoutWebhooks.total / polling.total, 3),
        requests: { withWebhooks, withoutWebhooks, polling },
        agentSeconds: world.agent.durationSeconds,
        reviewSeconds: world.reviewSeconds,
        timeFactor: world.warp.factor,
        seed,
      },
      holds: ratio <= GOAL_RATIO,
    };
  },
};

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
