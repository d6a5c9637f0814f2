import { within } from './within';

describe('within', () => {
  it('tells a promise that was fulfilled in time from one that was not', async () => {
    expect(await within(Promise.resolve(), 10_000)).toBe(true);
    expect(await within(new Promise(() => {}), 1)).toBe(false);
  });

  it('passes on a rejection', async () => {
    await expect(
      within(Promise.reject(new Error('broken')), 10_000),
    ).rejects.toThrow('broken');
  });
});
