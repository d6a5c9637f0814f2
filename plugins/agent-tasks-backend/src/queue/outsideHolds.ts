import { Hold } from '@agent-tasks/plugin-agent-tasks-common';
import { Clock } from '../loops/Clock';
import { BrakedTask, holdsBack } from '../policy/brakes';
import { Remotes } from '../remotes/Remotes';
import { describeTarget } from './BrakeService';
import { BrakeStore, StoredBrake } from './BrakeStore';
import { OutsideDelay } from './Forecasts';

/** What holds tasks back beside the limits: brakes, and providers at which nothing can be started. */
export interface Outside {
  brakes: StoredBrake[];
  /** Ids of the providers at which tasks can be started. */
  startable: string[];
  describeProvider: (id: string) => string;
}

/** Reads what holds tasks back at this moment. */
export async function readOutside(options: {
  brakes: BrakeStore;
  remotes: Remotes;
  clock: Clock;
}): Promise<Outside> {
  const { brakes, remotes, clock } = options;
  const [active, startable, health] = await Promise.all([
    brakes.listActive(clock.now()),
    remotes.startableProviders(),
    remotes.store().getAll(),
  ]);
  return {
    brakes: active,
    startable,
    describeProvider: id => {
      const provider = remotes.provider(id);
      return provider
        ? `${provider.title} does not answer, so that nothing is started. It is tried again by itself. ${
            health.get(`provider:${id}`)?.message ?? ''
          }`.trim()
        : `The provider '${id}' is not installed. Install its module, or cancel the task.`;
    },
  };
}

/** What holds a task beside its limits; `undefined`: nothing. */
export function explainOutside(
  task: BrakedTask,
  outside: Outside,
): { hold: Hold; delay: OutsideDelay } | undefined {
  const brake = outside.brakes.find(one => holdsBack(one, task));
  if (brake) {
    return {
      hold: {
        limit: 'brake',
        message: `${brake.pulledBy} pulled the brake on ${describeTarget(brake)}: ${brake.reason}`,
        ...(brake.until && { until: brake.until.toISOString() }),
      },
      delay: { what: 'the brake', until: brake.until },
    };
  }
  return outside.startable.includes(task.provider)
    ? undefined
    : {
        hold: {
          limit: 'provider-unavailable',
          message: outside.describeProvider(task.provider),
        },
        delay: { what: "the provider's silence" },
      };
}
