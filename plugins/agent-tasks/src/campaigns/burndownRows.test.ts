import { toBurndownRows } from './burndownRows';

const at = (minutes: number) =>
  new Date(Date.UTC(2026, 2, 14, 12, minutes)).toISOString();
const ms = (minutes: number) => Date.parse(at(minutes));

describe('toBurndownRows', () => {
  it('brings the three lines together, and lets the forecast begin where the actual line ends', () => {
    expect(
      toBurndownRows({
        points: [
          { at: at(0), open: 10, settled: 0 },
          { at: at(20), open: 7, settled: 3 },
        ],
        planned: [
          { at: at(0), open: 10 },
          { at: at(30), open: 0 },
        ],
        forecast: [{ at: at(50), open: 0 }],
      }),
    ).toEqual([
      { at: ms(0), planned: 10, actual: 10 },
      { at: ms(20), actual: 7, forecast: 7 },
      { at: ms(30), planned: 0 },
      { at: ms(50), forecast: 0 },
    ]);
  });

  it('has no forecast of what has ended, and no row of a time that is none', () => {
    expect(
      toBurndownRows({
        points: [
          { at: at(0), open: 1, settled: 0 },
          { at: 'never', open: 0, settled: 1 },
        ],
        planned: [],
        forecast: [],
      }),
    ).toEqual([{ at: ms(0), actual: 1 }]);
  });
});
