import { judgeFreshness, Sighting } from './judgeFreshness';
import { Truth } from './Truth';

const all = { from: 0, to: 1_000_000 };
const ended: Truth = { at: 1_000, type: 'task', id: 't', state: 'completed' };
const push = (at: number, head: string): Truth => ({
  at,
  type: 'push',
  id: 'p',
  head,
});
const sight = (id: string, value: string, at: number): Sighting => ({
  id,
  value,
  at,
});

describe('judgeFreshness', () => {
  it('takes the time until a thing was first seen', () => {
    const { p95Seconds, changes, unseen } = judgeFreshness({
      ...all,
      truths: [ended],
      sightings: [
        sight('t', 'running', 2_000),
        sight('t', 'completed', 16_000),
        sight('t', 'completed', 31_000),
      ],
    });
    expect({ p95Seconds, changes, unseen }).toEqual({
      p95Seconds: 15,
      changes: 1,
      unseen: 0,
    });
  });

  it('says what was not seen', () => {
    expect(
      judgeFreshness({
        ...all,
        truths: [ended],
        sightings: [sight('other', 'completed', 2_000)],
      }),
    ).toMatchObject({ changes: 1, unseen: 1 });
  });

  it('takes a newer commit for one that it followed, and no older one', () => {
    const truths = [push(1_000, 'a'), push(2_000, 'b')];
    expect(
      judgeFreshness({ ...all, truths, sightings: [sight('p', 'b', 5_000)] }),
    ).toMatchObject({ changes: 2, unseen: 0, maxSeconds: 4 });
    expect(
      judgeFreshness({ ...all, truths, sightings: [sight('p', 'a', 5_000)] }),
    ).toMatchObject({ changes: 2, unseen: 1 });
  });

  it('leaves out what happened before or after, or is of another kind', () => {
    const truths = [push(1_000, 'a'), push(2_000, 'b'), ended];
    expect(
      judgeFreshness({ truths, sightings: [], from: 1_500, to: 3_000 }).changes,
    ).toBe(1);
    expect(
      judgeFreshness({ ...all, truths, sightings: [], type: 'task' }).changes,
    ).toBe(1);
  });
});
