import { toBrakeEnd } from './brakeEnd';

// A Saturday afternoon, in whichever zone the test runs.
const now = new Date(2026, 2, 14, 15, 30).getTime();

describe('toBrakeEnd', () => {
  it.each([
    ['hour', new Date(2026, 2, 14, 16, 30)],
    ['fourHours', new Date(2026, 2, 14, 19, 30)],
    ['tomorrow', new Date(2026, 2, 15, 9, 0)],
    ['released', undefined],
  ] as const)('knows when %s is', (end, expected) => {
    expect(toBrakeEnd({ end, moment: '', now })).toEqual(expected);
  });

  it('takes a moment in the reader’s own zone', () => {
    expect(
      toBrakeEnd({ end: 'moment', moment: '2026-03-20T18:00', now }),
    ).toEqual(new Date(2026, 2, 20, 18, 0));
  });

  it.each([
    ['nothing', ''],
    ['what is no moment', 'soon'],
    ['the past', '2026-03-14T15:29'],
    ['now', '2026-03-14T15:30'],
    ['more than the backend takes', '2027-03-16T00:00'],
  ])('refuses %s', (_, moment) => {
    expect(toBrakeEnd({ end: 'moment', moment, now })).toBe('invalid');
  });
});
