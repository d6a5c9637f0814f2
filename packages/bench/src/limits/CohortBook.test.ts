import { CohortBook } from './CohortBook';
import { LimitBook } from './LimitBook';

describe('CohortBook', () => {
  it('adds up the highest that each team may own', () => {
    let time = 1_000;
    const now = () => time;
    const book = LimitBook.create({ 'running cohort c': 10 });
    const cohort = CohortBook.create({
      book,
      cohort: 'c',
      owned: new Map([
        ['a', 4],
        ['b', 6],
      ]),
    });
    const highest = () => book.highestAt('running cohort c', time);
    cohort.change({ team: 'a', value: 9, now });
    time = 2_000;
    expect(highest()).toBe(15);
    const confirm = cohort.change({ team: 'b', value: 1, now });
    time = 3_000;
    expect(highest()).toBe(15);
    confirm();
    time = 4_000;
    expect(highest()).toBe(10);
    cohort.change({ team: 'a', value: 0, now })();
    time = 5_000;
    expect(highest()).toBe(1);
    expect(cohort.has('a')).toBe(true);
    expect(cohort.has('x')).toBe(false);
  });
});
