import { FaultInjector, SeededRandom } from '@agent-tasks/github-simulator';
import { addEveryFault } from './addEveryFault';

describe('addEveryFault', () => {
  it('has each kind strike its share, whatever its variants', () => {
    const faults = FaultInjector.create({ random: SeededRandom.create(1) });
    const { kinds, latestEffectMs } = addEveryFault({
      faults,
      share: 0.1,
      requestTimeoutMs: 1_000,
    });
    expect(kinds).toHaveLength(10);
    expect(latestEffectMs).toBe(1_300);
    const cases = 20_000;
    const struck = new Map<string, number>();
    for (let index = 0; index < cases; index += 1) {
      for (const { kind } of [
        ...faults.forRequest('POST /graphql'),
        ...faults.forWebhook('push'),
      ]) {
        struck.set(kind, (struck.get(kind) ?? 0) + 1);
      }
    }
    expect([...struck.keys()].sort()).toEqual(
      kinds.filter(kind => !kind.startsWith('task')).sort(),
    );
    for (const [, count] of struck) {
      expect(count / cases).toBeCloseTo(0.1, 1);
    }
  });
});
