import { LimitBook } from './LimitBook';

describe('LimitBook', () => {
  it('lets both values hold between request and answer, and the new one alone after it', () => {
    const book = LimitBook.create({ a: 5 });
    expect(book.highestAt('a', 0)).toBe(5);
    const confirm = book.change({ key: 'a', value: 2, now: () => 10 });
    expect([book.highestAt('a', 9), book.lowestAt('a', 9)]).toEqual([5, 5]);
    expect([book.highestAt('a', 15), book.lowestAt('a', 15)]).toEqual([5, 2]);
    book.change({ key: 'b', value: 1, now: () => 10 });
    const later = { now: () => 20 };
    book.change({ key: 'b', value: 3, ...later })();
    confirm();
    expect(book.highestAt('b', 21)).toBe(3);
  });

  it('forgets the old value at the instant of the answer', () => {
    let time = 10;
    const book = LimitBook.create({ a: 5 });
    const confirm = book.change({ key: 'a', value: 2, now: () => time });
    time = 20;
    confirm();
    expect(book.highestAt('a', 20)).toBe(5);
    expect(book.highestAt('a', 20.1)).toBe(2);
  });

  it('keeps a change that was never confirmed beside the one after it, which is', () => {
    let time = 10;
    const book = LimitBook.create({ a: 5 });
    book.change({ key: 'a', value: 9, now: () => time });
    const confirm = book.change({ key: 'a', value: 1, now: () => time });
    expect(book.highestAt('a', 15)).toBe(9);
    time = 20;
    confirm();
    expect(book.highestAt('a', 21)).toBe(1);
  });

  it('knows the highest of a stretch of time', () => {
    const book = LimitBook.create({ a: 2 });
    book.change({ key: 'a', value: 7, now: () => 10 });
    expect(book.highestBetween('a', 1, 9)).toBe(2);
    expect(book.highestBetween('a', 1, 12)).toBe(7);
  });

  it('knows no limit where there was none', () => {
    expect(LimitBook.create({}).highestAt('a', 1)).toBe(Infinity);
  });
});
