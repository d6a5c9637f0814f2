import { Holder, judgeHolders } from './judgeHolders';
import { LimitBook } from './LimitBook';

function holdersSince(...times: number[]): ReadonlyMap<string, Holder[]> {
  return new Map([
    [
      'a',
      times.map((since, index) => ({ id: `task_${index}`, since, amount: 1 })),
    ],
  ]);
}

describe('judgeHolders', () => {
  it('finds nothing where as many hold slots as there are', () => {
    const book = LimitBook.create({ a: 2 });
    expect(judgeHolders({ holders: holdersSince(1, 2), book })).toEqual([]);
  });

  it('names the worst of those who were one too many', () => {
    const book = LimitBook.create({ a: 2 });
    expect(judgeHolders({ holders: holdersSince(4, 1, 3, 2), book })).toEqual([
      { key: 'a', by: 2, allowed: 2, task: 'task_0' },
    ]);
  });

  it('counts amounts, not holders', () => {
    const book = LimitBook.create({ a: 50 });
    const holders = new Map([
      [
        'a',
        [
          { id: 'task_1', since: 1, amount: 30 },
          { id: 'task_2', since: 2, amount: 30 },
        ],
      ],
    ]);
    expect(judgeHolders({ holders, book })).toEqual([
      { key: 'a', by: 10, allowed: 50, task: 'task_2' },
    ]);
  });

  it('leaves those alone who came before the limit was lowered, and no others', () => {
    const book = LimitBook.create({ a: 3 });
    let time = 1_000;
    const confirm = book.change({ key: 'a', value: 1, now: () => time });
    time = 2_000;
    confirm();
    expect(judgeHolders({ holders: holdersSince(1, 2, 1_500), book })).toEqual(
      [],
    );
    expect(judgeHolders({ holders: holdersSince(1, 2, 2_500), book })).toEqual([
      { key: 'a', by: 2, allowed: 1, task: 'task_2' },
    ]);
  });

  it('lets a raised limit be used as soon as it was asked for', () => {
    const book = LimitBook.create({ a: 1 });
    book.change({ key: 'a', value: 3, now: () => 1_000 });
    expect(
      judgeHolders({ holders: holdersSince(1, 1_001, 1_002), book }),
    ).toEqual([]);
    expect(
      judgeHolders({ holders: holdersSince(1, 800, 1_002), book }),
    ).toEqual([{ key: 'a', by: 1, allowed: 1, task: 'task_1' }]);
  });
});
