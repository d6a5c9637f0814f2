import { Queue } from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { admit } from '../policy/admit';
import { holdsBack } from '../policy/brakes';
import {
  limitKey,
  maxOf,
  parseLimitKey,
  SlotLimits,
  portalKey,
} from '../policy/slots';
import { Remotes } from '../remotes/Remotes';
import { BrakeService } from './BrakeService';
import { SlotCounts, TaskStore } from './TaskStore';
import { toAdmissionInput } from './toAdmissionInput';

/** Tasks that nothing holds but the order of admission. */
const nextInLine = 'next';

/**
 * Says how deep the queue is and what holds it. It decides on the queue as admission would, and writes nothing.
 */
export class QueueService {
  readonly #options: QueueServiceOptions;

  private constructor(options: QueueServiceOptions) {
    this.#options = options;
  }

  static create(options: QueueServiceOptions): QueueService {
    return new QueueService(options);
  }

  async get(credentials: BackstageCredentials): Promise<Queue> {
    const { tasks, brakes, remotes, limits } = this.#options;
    // Who may see brakes may see the queue: it names teams and repositories, and no task.
    const { items: activeBrakes } = await brakes.list(credentials);
    const [counts, lines, startable] = await Promise.all([
      tasks.readCounts(),
      tasks.summarizeQueue(),
      remotes.startableProviders(),
    ]);

    const heldBy = new Map<
      string,
      { limit: string; subject?: string; tasks: number }
    >();
    const holdsOf = new Map<string, Record<string, number>>();
    const hold = (
      team: string,
      limit: string,
      subject: string,
      number: number,
    ) => {
      const ofTeam = holdsOf.get(team) ?? {};
      ofTeam[limit] = (ofTeam[limit] ?? 0) + number;
      holdsOf.set(team, ofTeam);
      if (limit !== nextInLine) {
        const key = `${limit} ${subject}`;
        const known = heldBy.get(key) ?? {
          limit,
          ...(subject && { subject }),
          tasks: 0,
        };
        known.tasks += number;
        heldBy.set(key, known);
      }
    };

    const open: typeof lines = [];
    for (const line of lines) {
      const brake = activeBrakes.find(one => holdsBack(one, line));
      if (brake) {
        hold(line.team, 'brake', brake.subject ?? '', line.queued);
      } else if (!startable.includes(line.provider)) {
        hold(line.team, 'provider-unavailable', line.provider, line.queued);
      } else {
        open.push(line);
      }
    }
    // A line is tasks of one team on one repository: what holds the first of them that cannot start holds the rest.
    const perLine = Math.max(1, limits.running.repository);
    const { held } = admit(
      toAdmissionInput({
        counts,
        limits,
        queued: open.flatMap((line, index) =>
          Array.from({ length: Math.min(line.queued, perLine) }, (_, n) => ({
            id: `${index} ${n}`,
            team: line.team,
            repository: line.repository,
          })),
        ),
      }),
    );
    const limitOf = new Map(held.map(one => [one.id, one.limit]));
    open.forEach((line, index) => {
      const looked = Math.min(line.queued, perLine);
      for (let n = 0; n < looked; n += 1) {
        const key =
          limitOf.get(`${index} ${n}`) ??
          (n === looked - 1 && line.queued > looked ? undefined : nextInLine);
        const rest = n === looked - 1 ? line.queued - looked : 0;
        if (key === nextInLine || key === undefined) {
          hold(line.team, nextInLine, '', 1);
          if (rest) {
            // Behind those that start next there is no room left on the repository.
            hold(line.team, 'repository-running', line.repository, rest);
          }
        } else {
          const { kind, scope, subject } = parseLimitKey(key);
          hold(line.team, `${scope}-${kind}`, subject, 1 + rest);
        }
      }
    });

    const teams = new Set([
      ...lines.map(line => line.team),
      ...teamsOf(counts),
    ]);
    const slots = (kind: 'running' | 'changes', team: string) => {
      const key = limitKey({ kind, scope: 'team', subject: team });
      return { used: counts.taken.get(key) ?? 0, max: maxOf(key, limits) };
    };
    return {
      known: counts.known,
      running: {
        used: counts.taken.get(portalKey) ?? 0,
        max: limits.running.portal,
      },
      teams: [...teams]
        .map(team => {
          const own = lines.filter(line => line.team === team);
          const oldest = own.map(line => line.oldestAt).sort(byTime)[0];
          return {
            team,
            queued: own.reduce((sum, line) => sum + line.queued, 0),
            ...(oldest && { oldestQueuedAt: oldest.toISOString() }),
            running: slots('running', team),
            changes: slots('changes', team),
            holds: holdsOf.get(team) ?? {},
          };
        })
        .filter(team => team.queued || team.running.used || team.changes.used)
        .sort((a, b) => b.queued - a.queued || (a.team < b.team ? -1 : 1)),
      holds: [...heldBy.values()].sort((a, b) => b.tasks - a.tasks),
      brakes: activeBrakes,
    };
  }
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}

function teamsOf(counts: SlotCounts): string[] {
  return [...counts.taken]
    .filter(([, used]) => used > 0)
    .map(([key]) => parseLimitKey(key))
    .filter(({ scope }) => scope === 'team')
    .map(({ subject }) => subject);
}

export interface QueueServiceOptions {
  tasks: TaskStore;
  brakes: BrakeService;
  remotes: Remotes;
  limits: SlotLimits;
}
