import { Admitted, judgeAdmissions } from './judgeAdmissions';
import { LimitBook } from './LimitBook';

const start = Date.parse('2026-11-22T23:59:00Z');
const account = 'one';

function admittedAt(...seconds: number[]): Admitted[] {
  return seconds.map((second, index) => ({
    id: `t${index}`,
    team: 'a',
    at: start + second * 1_000,
    requestedAt: start + second * 1_000,
  }));
}

describe('judgeAdmissions', () => {
  it('counts launches of a team by day of UTC', () => {
    const book = LimitBook.create({ 'day team a': 2 });
    const within = judgeAdmissions({
      admitted: admittedAt(0, 1, 60, 61),
      book,
      account,
    });
    expect(within).toMatchObject({ excesses: [], mostPerDay: 2 });
    expect(
      judgeAdmissions({ admitted: admittedAt(0, 1, 59), book, account })
        .excesses,
    ).toEqual([{ key: 'day team a', by: 1, allowed: 2, task: 't2' }]);
  });

  it('counts starts within any minute', () => {
    const book = LimitBook.create({ 'starts account one': 2 });
    expect(
      judgeAdmissions({ admitted: admittedAt(0, 30, 60, 90), book, account }),
    ).toMatchObject({ excesses: [], mostStartsPerMinute: 2 });
    expect(
      judgeAdmissions({ admitted: admittedAt(0, 30, 59.9), book, account })
        .excesses,
    ).toEqual([{ key: 'starts account one', by: 1, allowed: 2, task: 't2' }]);
  });
});
