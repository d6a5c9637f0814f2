import { startTestSimulator } from '../testing/startTestSimulator';

describe('lists of tasks', () => {
  it('leads through all pages by next, newest first', async () => {
    const { simulator, clock, call } = await startTestSimulator({
      limits: false,
      agent: { capacity: 0 },
    });
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) {
      const { body } = await call('POST /agents/repos/acme/shop/tasks', {
        prompt: `Task ${i}`,
      });
      ids.unshift(body.id);
      clock.advance(1_000);
    }
    const seen: string[] = [];
    let path: string | undefined = '/agents/tasks?per_page=3';
    const pages: string[] = [];
    while (path) {
      const answer = await call(`GET ${path}`);
      seen.push(...answer.body.tasks.map((task: any) => task.id));
      const { link } = answer.headers;
      pages.push([...link.matchAll(/rel="(\w+)"/g)].map(m => m[1]).join(' '));
      path = /<([^>]*)>; rel="next"/
        .exec(link)?.[1]
        .slice(simulator.apiUrl.length);
    }
    expect(seen).toEqual(ids);
    expect(pages).toEqual(['next first', 'prev next first', 'prev last first']);
    await simulator.close();
  });

  it('tells what changed at a time or later, whatever its state', async () => {
    const { simulator, clock, call } = await startTestSimulator({
      limits: false,
      agent: {
        capacity: 1,
        queueSeconds: { min: 1, max: 1 },
        durationSeconds: { min: 60, max: 60 },
      },
    });
    const start = async () =>
      (await call('POST /agents/repos/acme/shop/tasks', { prompt: 'x' })).body
        .id;
    const since = async (time: number) =>
      (
        await call(`GET /agents/tasks?since=${new Date(time).toISOString()}`)
      ).body.tasks.map((task: any) => task.id);
    const first = await start();
    clock.advance(1_000);
    const began = clock.now();
    const second = await start();
    expect(await since(began)).toEqual([second, first]);
    expect(await since(began + 1)).toEqual([]);
    clock.advance(60_000);
    expect(await since(began + 1)).toEqual([second, first]);
    const states = await call('GET /agents/tasks?state=completed,failed');
    expect(states.body.tasks.map((task: any) => task.id)).toEqual([first]);
    await simulator.close();
  });
});
