import { nextLookMs, untilDone } from './untilDone';

describe('nextLookMs', () => {
  it('looks rarely while much is left, and often at the end', () => {
    const of = (left: number) =>
      nextLookMs({ total: 1_000, left, elapsedMs: 500 });
    expect(of(900)).toBe(100);
    expect(of(500)).toBe(100);
    expect(of(100)).toBeCloseTo(500 / 9 / 4);
    expect(of(1)).toBe(4);
  });

  it('looks soon where nothing is done yet', () => {
    expect(nextLookMs({ total: 10, left: 10, elapsedMs: 0 })).toBe(20);
  });
});

describe('untilDone', () => {
  it('ends when nothing is left', async () => {
    const left = [2, 1, 0];
    const begin = performance.now();
    const end = await untilDone({
      total: 2,
      remaining: async () => left.shift()!,
      timeoutMs: 10_000,
    });
    expect(end).toBeGreaterThan(begin);
    expect(left).toEqual([]);
  });

  it('says how much is left when the time is over', async () => {
    await expect(
      untilDone({ total: 5, remaining: async () => 3, timeoutMs: 0 }),
    ).rejects.toThrow('3 of 5 are not finished');
  });
});
