import { settingLines } from './settingLines';

describe('settingLines', () => {
  it('names what is nested with its parents, joins lists, and tells durations', () => {
    expect(
      settingLines({
        waves: [1, 5, '25%', '100%'],
        continue: 'approval',
        soakSeconds: 5400,
        stopOn: { failedPercent: 20, minTasks: undefined },
        empty: [],
      }),
    ).toEqual([
      'waves: 1, 5, 25%, 100%',
      'continue: approval',
      'soakSeconds: 1 h 30 min',
      'stopOn.failedPercent: 20',
    ]);
  });

  it('has nothing to say of what is not set', () => {
    expect(settingLines(undefined)).toEqual([]);
  });
});
