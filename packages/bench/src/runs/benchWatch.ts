import { measureWatching, WatchedWorld } from '../watch/measureWatching';
import { Run } from './Run';

const GOAL_REQUESTS_PER_MINUTE = 20;
const GOAL_SECONDS = 30;

export const benchWatch: Run = {
  kind: 'bench',
  name: 'watch',
  summary:
    'Counts the requests with which 1,000 running tasks are followed, and how soon a change is known',

  async run({ quick, seed, workspace, say }) {
    const world: WatchedWorld = {
      running: quick ? 60 : 1_000,
      repositories: quick ? 20 : 200,
      warp: { factor: quick ? 10 : 2.5, origin: Date.now() },
      random: seed,
      durationSeconds: quick
        ? { min: 120, max: 600 }
        : { min: 600, max: 3_600 },
      pushesPerMinute: 4,
      settleSeconds: quick ? 60 : 300,
      windowSeconds: quick ? 240 : 600,
      pollSeconds: GOAL_SECONDS,
      pollWindowSeconds: 60,
    };
    const {
      running,
      freshness,
      requestsPerMinute,
      naiveRequestsPerMinute,
      ...more
    } = await measureWatching({
      workspace,
      name: 'watch',
      world,
      webhooks: true,
      polling: true,
      say,
    });
    return {
      result: {
        running: world.running,
        repositories: world.repositories,
        requestsPerMinute,
        p95FreshnessSeconds: freshness.p95Seconds,
        naiveRequestsPerMinute,
        goalRequestsPerMinute: GOAL_REQUESTS_PER_MINUTE,
        goalSeconds: GOAL_SECONDS,
        freshness,
        ...more,
        runningMeasured: running,
        timeFactor: world.warp.factor,
        seed,
      },
      holds:
        requestsPerMinute <= GOAL_REQUESTS_PER_MINUTE &&
        freshness.p95Seconds <= GOAL_SECONDS &&
        freshness.unseen === 0 &&
        freshness.changes > 0 &&
        running.least >= 0.95 * world.running,
    };
  },
};
