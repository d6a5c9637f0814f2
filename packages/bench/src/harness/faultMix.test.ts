import { GithubSimulator } from '@agent-tasks/github-simulator';
import { addFaultMix, probabilityOfEach } from './faultMix';

describe('probabilityOfEach', () => {
  it.each([
    [0.2, 1],
    [0.2, 5],
    [0.9, 3],
  ])('has %d of all cases struck by one of %d faults', (share, faults) => {
    const probability = probabilityOfEach({ share, faults });
    expect(1 - (1 - probability) ** faults).toBeCloseTo(share, 10);
  });
});

describe('addFaultMix', () => {
  it('drops, delays and doubles the answers of the share that it is told, on every route', async () => {
    const simulator = await GithubSimulator.start({ random: 7 });
    addFaultMix({
      faults: simulator.faults,
      share: 0.2,
      requestTimeoutMs: 1_000,
    });
    for (const target of ['GET /agents/tasks', 'POST /graphql']) {
      const struck = Array.from({ length: 20_000 }, () =>
        simulator.faults.forRequest(target),
      );
      const share =
        struck.filter(faults => faults.length > 0).length / struck.length;
      expect(share).toBeCloseTo(0.2, 1);
      expect(new Set(struck.flat().map(fault => fault.kind))).toEqual(
        new Set(['reset', 'latency', 'duplicate']),
      );
    }
    await simulator.close();
  });

  it('answers some starts that happened with 502, and some so that nobody can read them', async () => {
    const simulator = await GithubSimulator.start({ random: 7 });
    addFaultMix({
      faults: simulator.faults,
      share: 0.2,
      requestTimeoutMs: 1_000,
    });
    const struck = Array.from({ length: 2_000 }, () =>
      simulator.faults.forRequest('POST /agents/repos/acme/shop/tasks'),
    ).flat();
    expect(struck).toContainEqual({
      kind: 'status',
      status: 502,
      when: 'after',
    });
    expect(struck).toContainEqual({ kind: 'malformed' });
    await simulator.close();
  });

  it('tells the longest delay that can come together, some of which are beyond the time-out', async () => {
    const simulator = await GithubSimulator.start({ random: 7 });
    const { latestEffectMs } = addFaultMix({
      faults: simulator.faults,
      share: 0.2,
      requestTimeoutMs: 1_000,
    });
    const delays = Array.from({ length: 5_000 }, () =>
      simulator.faults
        .forRequest('POST /agents/repos/acme/shop/tasks')
        .reduce(
          (sum, fault) => sum + (fault.kind === 'latency' ? fault.ms : 0),
          0,
        ),
    );
    expect(Math.max(...delays)).toBe(latestEffectMs);
    const late = delays.filter(delay => delay > 1_000).length / delays.length;
    expect(late).toBeGreaterThan(0.1);
    expect(late).toBeLessThan(0.3);
    await simulator.close();
  });
});
