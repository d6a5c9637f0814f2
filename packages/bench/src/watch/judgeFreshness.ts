import { Truth } from './Truth';

/** What the portal was seen to know, and since when. */
export interface Sighting {
  /** Id of the task at GitHub, or of the pull request. */
  id: string;
  /** The state of the task, or the head commit of the pull request. */
  value: string;
  /** In milliseconds since 1970, as the portal's clock has it. */
  at: number;
}

/** How long after it happened the portal knew of each thing. */
export interface Freshness {
  changes: number;
  /** Things that happened and that the portal did not know in the end. */
  unseen: number;
  p50Seconds: number;
  p95Seconds: number;
  maxSeconds: number;
}

/**
 * Compares what happened between two times with what was seen. A commit that another one followed before the portal looked
 * counts as seen with that one: people then see newer news.
 */
export function judgeFreshness(options: {
  truths: readonly Truth[];
  sightings: readonly Sighting[];
  from: number;
  to: number;
  /** Things of one kind alone. */
  type?: Truth['type'];
}): Freshness {
  const { truths, sightings, from, to, type } = options;
  const seen = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const of = seen.get(sighting.id);
    if (of) {
      of.push(sighting);
    } else {
      seen.set(sighting.id, [sighting]);
    }
  }
  const order = new Map<string, number>();
  truths.forEach((truth, index) => {
    if (truth.type !== 'opened') {
      order.set(`${truth.id} ${valueOf(truth)}`, index);
    }
  });
  const delays: number[] = [];
  let unseen = 0;
  truths.forEach((truth, index) => {
    if (
      truth.type === 'opened' ||
      truth.at < from ||
      truth.at > to ||
      (type && truth.type !== type)
    ) {
      return;
    }
    const sighting = (seen.get(truth.id) ?? []).find(
      one => (order.get(`${one.id} ${one.value}`) ?? -1) >= index,
    );
    if (sighting) {
      delays.push(Math.max(0, sighting.at - truth.at) / 1000);
    } else {
      unseen += 1;
    }
  });
  delays.sort((a, b) => a - b);
  const quantile = (share: number) =>
    Number(
      (
        delays[
          Math.min(delays.length - 1, Math.floor(share * delays.length))
        ] ?? 0
      ).toFixed(1),
    );
  return {
    changes: delays.length + unseen,
    unseen,
    p50Seconds: quantile(0.5),
    p95Seconds: quantile(0.95),
    maxSeconds: quantile(1),
  };
}

/** What the portal has to know of it. */
function valueOf(truth: Exclude<Truth, { type: 'opened' }>): string {
  return truth.type === 'task' ? truth.state : truth.head;
}
