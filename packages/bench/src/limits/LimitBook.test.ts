import { LimitBook } from './LimitBook';

describe('LimitBook', () => {
  it('lets both values hold between request and answer, and the new one alone after it', () => {
    let time = 1_000;
    const book = LimitBook.create({ a: 5 });
    expect(book.highestAt('a', 0)).toBe(5);
    const confirm = book.change({ key: 'a', value: 2, now: () => time });
    expect([book.highestAt('a', 800), book.lowestAt('a', 800)]).toEqual([5, 5]);
    expect([book.highestAt('a', 9_000), book.lowestAt('a', 9_000)]).toEqual([
      5, 2,
    ]);
    time = 2_000;
    confirm();
    expect(book.highestAt('a', 2_000)).toBe(5);
    expect(book.highestAt('a', 2_150)).toBe(2);
  });

  it('lets clocks differ a little', () => {
    const book = LimitBook.create({ a: 1 });
    book.change({ key: 'a', value: 2, now: () => 1_000 })();
    expect(book.highestAt('a', 950)).toBe(2);
    expect(book.lowestAt('a', 1_050)).toBe(1);
    expect(book.lowestAt('a', 1_150)).toBe(2);
  });

  it('keeps a change that was never confirmed beside the one after it, until that is', () => {
    let time = 1_000;
    const book = LimitBook.create({ a: 5 });
    book.change({ key: 'a', value: 9, now: () => time });
    const confirm = book.change({ key: 'a', value: 1, now: () => time });
    expect(book.highestAt('a', 1_500)).toBe(9);
    time = 2_000;
    confirm();
    expect(book.highestAt('a', 2_150)).toBe(1);
  });

  it('knows the highest of a stretch of time', () => {
    const book = LimitBook.create({ a: 2 });
    book.change({ key: 'a', value: 7, now: () => 1_000 });
    expect(book.highestBetween('a', 100, 500)).toBe(2);
    expect(book.highestBetween('a', 100, 1_200)).toBe(7);
  });

  it('knows no limit where there was none', () => {
    expect(LimitBook.create({}).highestAt('a', 1)).toBe(Infinity);
  });
});
