import { ManualClock } from '../__testUtils__/ManualClock';
import { Remembered } from './Remembered';

describe('Remembered', () => {
  function setUp() {
    const clock = new ManualClock();
    const read = jest.fn<Promise<number>, []>();
    let reads = 0;
    read.mockImplementation(async () => {
      reads += 1;
      return reads;
    });
    return {
      clock,
      read,
      remembered: Remembered.create({ clock, seconds: 60, read }),
    };
  }

  it('reads once for all who ask at the same time', async () => {
    const { remembered, read } = setUp();
    expect(await Promise.all([remembered.get(), remembered.get()])).toEqual([
      1, 1,
    ]);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('reads again when it has become old', async () => {
    const { remembered, clock } = setUp();
    await remembered.get();
    clock.advance(59);
    expect(await remembered.get()).toBe(1);
    clock.advance(1);
    expect(await remembered.get()).toBe(2);
  });

  it('does not remember that it failed', async () => {
    const { remembered, read } = setUp();
    read.mockRejectedValueOnce(new Error('gone'));
    await expect(remembered.get()).rejects.toThrow('gone');
    expect(await remembered.get()).toBe(1);
  });
});
