import fc from 'fast-check';
import { splitWaves, waveOf } from './waves';

const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 50_000 }),
    fc.integer({ min: 1, max: 100 }).map(percent => `${percent}%`),
  ),
  { maxLength: 20 },
);

describe('The waves of a campaign', () => {
  it('are cumulative, in numbers and percent', () => {
    expect(splitWaves({ tasks: 60, waves: [1, 5, '25%', '100%'] })).toEqual([
      { number: 1, size: '1', tasks: 1, from: 0 },
      { number: 2, size: '5', tasks: 4, from: 1 },
      { number: 3, size: '25%', tasks: 10, from: 5 },
      { number: 4, size: '100%', tasks: 45, from: 15 },
    ]);
  });

  it('are one without steps', () => {
    expect(splitWaves({ tasks: 3, waves: undefined })).toEqual([
      { number: 1, size: '100%', tasks: 3, from: 0 },
    ]);
  });

  it('leave out steps that add nothing', () => {
    expect(splitWaves({ tasks: 2, waves: [1, 5, '25%', '100%'] })).toEqual([
      { number: 1, size: '1', tasks: 1, from: 0 },
      { number: 2, size: '5', tasks: 1, from: 1 },
    ]);
  });

  it('take each task once, whatever the steps are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000 }),
        steps,
        (tasks, waves) => {
          const split = splitWaves({ tasks, waves });
          let from = 0;
          split.forEach((wave, index) => {
            expect(wave.number).toBe(index + 1);
            expect(wave.from).toBe(from);
            expect(wave.tasks).toBeGreaterThan(0);
            expect(waveOf(split, wave.from)).toBe(wave.number);
            expect(waveOf(split, wave.from + wave.tasks - 1)).toBe(wave.number);
            from += wave.tasks;
          });
          expect(from).toBe(tasks);
        },
      ),
    );
  });
});
