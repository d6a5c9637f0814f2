import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBenchOrganization } from '../github/benchOrganization';
import { freePort } from '../harness/scripts';
import { SimulatorProcess } from '../harness/SimulatorProcess';
import { startNode } from '../harness/startNode';
import { within } from '../harness/within';
import { Workspace } from '../harness/Workspace';
import { countRequests, RequestCount } from './countRequests';
import { World } from './measurePortal';
import { PollingLoopSetup } from './PollingLoop';

/** How often the loop asks for each task and each pull request. */
const POLL_SECONDS = 30;

/** Requests of a loop that polls, from its first start until the last pull request is merged. */
export async function measurePolling(options: {
  workspace: Workspace;
  world: World;
}): Promise<RequestCount> {
  const { workspace, world } = options;
  const name = 'polling';
  const organization = createBenchOrganization({ repositories: world.tasks });
  const [{ login, repositories }] = organization.seed.organizations;
  const simulator = await SimulatorProcess.start({
    workspace,
    name: `${name}-github`,
    warp: world.warp,
    setup: {
      port: await freePort(),
      seed: organization.seed,
      random: world.random,
      agent: world.agent,
      reviewSeconds: world.reviewSeconds,
      // So many requests are more than GitHub grants one user in an hour: with limits the loop would not finish.
      limits: false,
    },
  });
  const setup: PollingLoopSetup = {
    apiUrl: simulator.apiUrl,
    token: organization.starterToken,
    repositories: repositories.map(repository => `${login}/${repository.name}`),
    pollSeconds: POLL_SECONDS,
  };
  const setupFile = join(workspace.folder, 'polling.json');
  writeFileSync(setupFile, JSON.stringify(setup), { mode: 0o600 });
  const loop = startNode({
    workspace,
    name: `${name}-loop`,
    script: 'requests/pollingMain.ts',
    args: [setupFile],
    warp: world.warp,
  });
  if (!(await within(loop.ended, world.timeoutMs))) {
    throw new Error(
      `The loop that polls is not done after ${world.timeoutMs / 1000} s`,
    );
  }
  if ((await loop.ended).code !== 0) {
    throw new Error(`The loop that polls failed; see ${loop.logFile}`);
  }
  const counted = countRequests(await simulator.counters());
  await simulator.stop();
  return counted;
}
