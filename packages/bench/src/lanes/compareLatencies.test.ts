import { compareLatencies } from './compareLatencies';

describe('compareLatencies', () => {
  it('tells by how much the mean changed', () => {
    expect(
      compareLatencies({ before: [100, 200, 300], after: [110, 220, 330] }),
    ).toMatchObject({
      change: expect.closeTo(0.1),
      meanMs: { before: 200, after: 220 },
      medianMs: { before: 200, after: 220 },
    });
    expect(
      compareLatencies({ before: [200, 200], after: [100, 100] }),
    ).toMatchObject({ change: -0.5, standardError: 0 });
  });

  it('is as unsure as its samples are scattered and few', () => {
    const scattered = { before: [100, 300], after: [100, 300] };
    expect(compareLatencies(scattered).standardError).toBeCloseTo(0.707, 2);
    const many = Array.from({ length: 200 }, (_, index) =>
      index % 2 ? 100 : 300,
    );
    expect(
      compareLatencies({ before: many, after: many }).standardError,
    ).toBeCloseTo(0.05, 2);
  });

  it('says nothing of a single sample', () => {
    expect(() => compareLatencies({ before: [1], after: [1, 2] })).toThrow(
      'Two samples',
    );
  });
});
