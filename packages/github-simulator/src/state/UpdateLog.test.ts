import fc from 'fast-check';
import { UpdateLog } from './UpdateLog';

describe('UpdateLog', () => {
  it('lists each item once, by its last change', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 40 }), { maxLength: 600 }),
        touches => {
          const log = UpdateLog.create<number>();
          touches.forEach(item => log.touch(item));
          const newestFirst = [...new Set([...touches].reverse())];
          expect([...log.newestFirst()]).toEqual(newestFirst);
          expect([...log.oldestFirst()]).toEqual(newestFirst.reverse());
          expect(log.size).toBe(newestFirst.length);
        },
      ),
    );
  });
});
