import { monotonicFactory } from 'ulid';

const prefixes = {
  campaign: 'camp',
  task: 'task',
  attempt: 'att',
  change: 'chg',
  brake: 'brake',
  revision: 'trev',
  lease: 'lease',
  replica: 'replica',
  trigger: 'trg',
  run: 'trun',
} as const;

// Monotonic, so that what one replica makes within a millisecond keeps its order.
const ulid = monotonicFactory();

/** A new identifier that tells what it is of and sorts by time. */
export function newId(kind: keyof typeof prefixes): string {
  return `${prefixes[kind]}_${ulid()}`;
}
