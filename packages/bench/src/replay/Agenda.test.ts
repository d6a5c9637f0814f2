import { Agenda } from './Agenda';

describe('Agenda', () => {
  it('gives what was put down, the earliest first, and all of one time at once', () => {
    const agenda = Agenda.create<string>();
    for (const [at, what] of [
      [5, 'a'],
      [1, 'b'],
      [5, 'c'],
      [3, 'd'],
      [5, 'e'],
      [1, 'f'],
    ] as const) {
      agenda.add(at, what);
    }
    expect(agenda.next()).toEqual({ at: 1, what: ['b', 'f'] });
    agenda.add(2, 'g');
    expect(agenda.next()).toEqual({ at: 2, what: ['g'] });
    expect(agenda.next()).toEqual({ at: 3, what: ['d'] });
    expect(agenda.next()).toEqual({ at: 5, what: ['a', 'c', 'e'] });
    expect(agenda.next()).toBeUndefined();
  });

  it('sorts many', () => {
    const agenda = Agenda.create<number>();
    const times = Array.from(
      { length: 500 },
      (_, index) => (index * 7919) % 509,
    );
    times.forEach(time => agenda.add(time, time));
    const taken: number[] = [];
    for (let next = agenda.next(); next; next = agenda.next()) {
      taken.push(...next.what);
    }
    expect(taken).toEqual([...times].sort((a, b) => a - b));
  });
});
