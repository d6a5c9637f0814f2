import type {
  TeamDetails,
  TeamLimitsRequest,
  TeamList,
  TeamPauseRequest,
  TeamSettings,
} from '@agent-tasks/plugin-agent-tasks-common';
import { exampleTeam } from './exampleTeams';

/** Teams and their limits in memory. What a team may have, and what is taken, is told from outside. */
export class FakeTeams {
  readonly #teams = new Map<string, TeamDetails>();

  private constructor() {}

  static create(): FakeTeams {
    return new FakeTeams();
  }

  set(team: TeamDetails): void {
    this.#teams.set(team.team, team);
  }

  get(team: string): TeamDetails {
    return this.#teams.get(team) ?? exampleTeam({ team });
  }

  list(): TeamList {
    return {
      known: true,
      items: [...this.#teams.values()].map(team => ({
        team: team.team,
        title: team.title,
        gone: team.gone,
        isParent: team.isParent,
        paused: Boolean(team.pause),
        queued: team.queued,
        running: { used: team.running.used, max: team.running.max },
        changes: team.changes,
        reviewMinutes: team.reviewMinutes,
        cohort: team.running.cohort,
        limitsSet: Object.values(team.settings).some(
          ({ from }) => from === 'set',
        ),
      })),
    };
  }

  /** Undefined where somebody else changed the limits since the version that the request names. */
  setLimits(team: string, request: TeamLimitsRequest): TeamDetails | undefined {
    const before = this.get(team);
    const { expectedVersion, reason, ...values } = request;
    if (expectedVersion !== before.version) {
      return undefined;
    }
    const settings = { ...before.settings } as Record<string, unknown>;
    for (const [field, value] of Object.entries(values)) {
      const setting = before.settings[field as keyof TeamSettings];
      const standard = 'default' in setting ? setting.default : undefined;
      settings[field] =
        value === null
          ? { value: standard, default: standard, from: 'default' }
          : {
              value,
              default: standard,
              from: 'set',
              by: 'user:default/ada',
              at: new Date().toISOString(),
            };
    }
    return this.#replace({
      ...before,
      settings: settings as unknown as TeamSettings,
      version: before.version + 1,
    });
  }

  pause(team: string, request: TeamPauseRequest): TeamDetails {
    const before = this.get(team);
    return this.#replace({
      ...before,
      version: before.version + 1,
      pause: {
        ...request,
        by: 'user:default/ada',
        at: new Date().toISOString(),
        mayResume: true,
      },
    });
  }

  resume(team: string): TeamDetails {
    const { pause, ...before } = this.get(team);
    return this.#replace({ ...before, version: before.version + 1 });
  }

  #replace(team: TeamDetails): TeamDetails {
    this.set(team);
    return team;
  }
}
