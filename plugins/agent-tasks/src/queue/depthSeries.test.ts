import * as fc from 'fast-check';
import { exampleQueueTeam } from '../../dev/exampleQueue';
import { toDepthSeries } from './depthSeries';

const words = { titleOf: (team: string) => `“${team}”`, otherTitle: 'Others' };
const at = (minute: number) => Date.UTC(2026, 2, 14, 12, minute);

describe('toDepthSeries', () => {
  it('ends in what is queued now, and leaves out what was never queued', () => {
    expect(
      toDepthSeries({
        history: {
          teams: ['a', 'b'],
          samples: [
            {
              at: new Date(at(0)).toISOString(),
              queued: 3,
              running: 1,
              byTeam: [3, 0],
              other: 0,
            },
          ],
        },
        teams: [
          exampleQueueTeam({ team: 'a', queued: 2 }),
          exampleQueueTeam({ team: 'c', queued: 5 }),
        ],
        now: at(1),
        ...words,
      }),
    ).toEqual({
      series: [
        { key: 'a', title: '“a”' },
        { key: 'other', title: 'Others' },
      ],
      rows: [
        { at: at(0), values: [3, 0] },
        { at: at(1), values: [2, 5] },
      ],
    });
  });

  it('never goes back in time where the clock of the backend is ahead', () => {
    const { rows } = toDepthSeries({
      history: {
        teams: [],
        samples: [
          {
            at: new Date(at(5)).toISOString(),
            queued: 1,
            running: 0,
            byTeam: [],
            other: 1,
          },
        ],
      },
      teams: [exampleQueueTeam({ team: 'a', queued: 2 })],
      now: at(4),
      ...words,
    });
    expect(rows).toEqual([{ at: at(5), values: [1] }]);
  });

  it('counts every task once, with at most nine series', () => {
    const samples = fc.array(
      fc.record({
        byTeam: fc.array(fc.nat(500), { minLength: 12, maxLength: 12 }),
        other: fc.nat(500),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(samples, all => {
        const { series, rows } = toDepthSeries({
          history: {
            teams: Array.from({ length: 12 }, (_, index) => `team-${index}`),
            samples: all.map((sample, index) => ({
              ...sample,
              at: new Date(at(index)).toISOString(),
              queued: 0,
              running: 0,
            })),
          },
          teams: [],
          now: at(0) - 1,
          ...words,
        });
        expect(series.length).toBeLessThanOrEqual(9);
        expect(
          rows.map(({ values }) => values.reduce((a, b) => a + b, 0)),
        ).toEqual(
          all.map(
            ({ byTeam, other }) => byTeam.reduce((a, b) => a + b, 0) + other,
          ),
        );
      }),
    );
  });
});
