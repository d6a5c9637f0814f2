import { DecisionCount } from './DecisionCount';

describe('DecisionCount', () => {
  it('counts for each round what it left in the queue, the smaller queue of two samples, and what it admitted', () => {
    const count = DecisionCount.create();
    count.add({ rounds: 3, admitted: 0, queued: 100 });
    expect(count.decided).toBe(0);
    count.add({ rounds: 5, admitted: 40, queued: 60 });
    expect(count.decided).toBe(2 * 60 + 40);
    count.add({ rounds: 6, admitted: 50, queued: 500 });
    expect(count.decided).toBe(2 * 60 + 60 + 50);
    expect(count.rounds).toBe(6);
  });
});
