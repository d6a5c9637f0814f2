import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { GithubSimulator } from './GithubSimulator';
import { loadSnapshot, saveSnapshot, SnapshotWriter } from './snapshot';
import { openTestPullRequest } from './testing/openTestPullRequest';
import { STARTER_TOKEN, testSeed } from './testing/testSeed';

describe('snapshots', () => {
  let folder: string;
  let path: string;
  const running: GithubSimulator[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    path = join(folder, 'below', 'world.json');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(simulator => simulator.close()));
    rmSync(folder, { recursive: true });
  });

  async function start(
    options: Parameters<typeof GithubSimulator.start>[0],
  ): Promise<GithubSimulator> {
    const simulator = await GithubSimulator.start(options);
    running.push(simulator);
    return simulator;
  }

  it('bring back everything', async () => {
    const before = await start({ seed: testSeed });
    const { world } = before;
    const pullRequest = openTestPullRequest(before, { draft: false });
    world.reviews.submit({
      pullRequest,
      user: world.accounts.getByLogin('ada')!,
      state: 'APPROVED',
    });
    before.agent.startTask({
      repository: world.pullRequests.repositoryOf(pullRequest),
      creator: world.accounts.getByLogin('robot')!,
      prompt: 'Bump lodash to 4.17.21',
    });
    saveSnapshot({ path, world });
    const saved = JSON.stringify(world.toData());

    const after = await start({ data: loadSnapshot(path) });
    expect(JSON.parse(JSON.stringify(after.world.toData()))).toEqual(
      JSON.parse(saved),
    );
    const page = await fetch(`${after.url}/acme/shop/pull/1`);
    expect(await page.text()).toContain('Fix &lt;the&gt; readme');
    const tasks = await fetch(`${after.apiUrl}/agents/tasks`, {
      headers: { authorization: `Bearer ${STARTER_TOKEN}` },
    });
    expect(await tasks.json()).toMatchObject({
      tasks: [{ state: 'queued' }],
    });
  });

  it('are readable by their owner alone, and leave nothing half written', async () => {
    const simulator = await start({ seed: testSeed });
    saveSnapshot({ path, world: simulator.world });
    saveSnapshot({ path, world: simulator.world });
    expect(readdirSync(join(folder, 'below'))).toEqual(['world.json']);
  });

  it('do not exist before the first one', () => {
    expect(loadSnapshot(path)).toBeUndefined();
  });

  it.each(['{"version":', '{"version":7}', 'null'])(
    'refuse a file that holds %s',
    content => {
      const other = join(folder, 'other.json');
      writeFileSync(other, content);
      expect(() => loadSnapshot(other)).toThrow(
        /other\.json is not a snapshot.*Delete it to start anew/,
      );
    },
  );

  describe('written by themselves', () => {
    beforeEach(() => {
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    async function watch(): Promise<{
      simulator: GithubSimulator;
      writer: SnapshotWriter;
      saved: () => number | undefined;
    }> {
      const simulator = await start({ seed: testSeed });
      const writer = SnapshotWriter.create({
        path,
        world: simulator.world,
        onError: error => {
          throw error;
        },
      });
      return {
        simulator,
        writer,
        saved: () => loadSnapshot(path)?.pullRequests.pullRequests.length,
      };
    }

    it('wait until a burst is over', async () => {
      const { simulator, writer, saved } = await watch();
      openTestPullRequest(simulator);
      await jest.advanceTimersByTimeAsync(400);
      openTestPullRequest(simulator, { branch: 'copilot/two' });
      await jest.advanceTimersByTimeAsync(400);
      expect(saved()).toBeUndefined();
      await jest.advanceTimersByTimeAsync(200);
      expect(saved()).toBe(2);
      writer.close();
    });

    it('do not wait for ever', async () => {
      const { simulator, writer, saved } = await watch();
      const pullRequest = openTestPullRequest(simulator);
      const user = simulator.world.accounts.getByLogin('ada')!;
      for (let i = 0; i < 13; i++) {
        await jest.advanceTimersByTimeAsync(400);
        simulator.world.conversations.addComment({
          pullRequest,
          user,
          body: String(i),
        });
      }
      expect(saved()).toBe(1);
      writer.close();
    });

    it('are written a last time at the end', async () => {
      const { simulator, writer, saved } = await watch();
      openTestPullRequest(simulator);
      writer.close();
      expect(saved()).toBe(1);
      openTestPullRequest(simulator, { branch: 'copilot/two' });
      await jest.advanceTimersByTimeAsync(10_000);
      expect(saved()).toBe(1);
    });
  });
});
