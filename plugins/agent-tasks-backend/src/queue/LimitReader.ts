import { HoldReason } from '@agent-tasks/plugin-agent-tasks-common';
import { AccountThrottle } from '../accounts/AccountThrottle';
import { Transaction } from '../database/connect';
import { LimitSettings, maxOf } from '../policy/limits';
import { limitKey } from '../policy/slots';
import { AttemptStore } from '../runs/AttemptStore';
import { LimitSettingsReader } from '../teams/LimitSettingsReader';

/** Why a limit is lower than it is set to. */
export interface Lowered {
  max: number;
  /** For people. */
  message: string;
  /** What the API calls it instead of the limit. */
  reason?: HoldReason;
}

/** The limits as they are at one moment, and what counts beside the tasks. */
export interface CurrentLimits {
  settings: LimitSettings;
  /** Slots that agents' changes take that were opened elsewhere, by key of a limit. */
  foreign: ReadonlyMap<string, number>;
  /** Starts of each account in the last minute, and tasks that wait for theirs, by key of a limit. */
  starts: ReadonlyMap<string, number>;
  /** Limits that are lower than they are set to, by their keys. */
  lowered: ReadonlyMap<string, Lowered>;
}

/** Reads the limits that hold now: what is configured, what was set in the portal, what backpressure leaves of it. */
export interface LimitReader {
  read(at: Date, tx?: Transaction): Promise<CurrentLimits>;
}

/** Limits that slow down by themselves, as where reviews stall. */
export interface LoweredReader {
  /** @param options.settings - what is set, which is what is lowered */
  read(options: {
    at: Date;
    settings: LimitSettings;
    tx?: Transaction;
  }): Promise<ReadonlyMap<string, Lowered>>;
}

/** What holds for teams, and what backpressure leaves of it. */
export class DefaultLimitReader implements LimitReader {
  readonly #options: LimitReaderOptions;
  /** What was lowered last: as long as nothing changes, settings are the same object. */
  #last?: { of: LimitSettings; name: string; settings: LimitSettings };

  private constructor(options: LimitReaderOptions) {
    this.#options = options;
  }

  static create(options: LimitReaderOptions): DefaultLimitReader {
    return new DefaultLimitReader(options);
  }

  async read(at: Date, tx?: Transaction): Promise<CurrentLimits> {
    const { teams, throttle, intake } = this.#options;
    const [{ settings, foreign }, rooms] = await Promise.all([
      teams.read({ at, tx }),
      throttle.rooms(at, tx),
    ]);
    const lowered = new Map(await intake?.read({ at, settings, tx }));
    const starts = await this.#readStarts(settings, lowered, rooms, tx);
    return {
      settings: this.#lower(settings, lowered),
      foreign,
      starts,
      lowered,
    };
  }

  async #readStarts(
    settings: LimitSettings,
    lowered: Map<string, Lowered>,
    rooms: Awaited<ReturnType<AccountThrottle['rooms']>>,
    tx?: Transaction,
  ): Promise<Map<string, number>> {
    const { attempts } = this.#options;
    const starts = new Map<string, number>();
    for (const { account, room } of rooms) {
      const key = keyOf(account);
      starts.set(key, (starts.get(key) ?? 0) + room.used);
      const set = maxOf(key, settings);
      const known = lowered.get(key)?.max ?? set;
      if (room.max !== undefined && room.max < (known ?? Infinity)) {
        lowered.set(key, {
          max: room.max,
          message:
            room.reason ??
            'The account starts fewer tasks than is set, since starts of it failed lately.',
          ...(room.blocked && { reason: 'account-blocked' }),
        });
      }
    }
    if (lowered.size || isPaced(settings)) {
      for (const [account, waiting] of await attempts.countWaiting(tx)) {
        const key = keyOf(account);
        starts.set(key, (starts.get(key) ?? 0) + waiting);
      }
    }
    return starts;
  }

  #lower(
    settings: LimitSettings,
    lowered: ReadonlyMap<string, Lowered>,
  ): LimitSettings {
    if (!lowered.size) {
      return settings;
    }
    const maxima = [...lowered].map(([key, { max }]) => [key, max] as const);
    const name = JSON.stringify(maxima);
    if (this.#last?.of !== settings || this.#last.name !== name) {
      this.#last = {
        of: settings,
        name,
        settings: { ...settings, lowered: new Map(maxima) },
      };
    }
    return this.#last.settings;
  }
}

function keyOf(account: string): string {
  return limitKey({ kind: 'starts', scope: 'account', subject: account });
}

/** Whether some account may start so many within a minute and no more. */
function isPaced({ account, accounts }: LimitSettings): boolean {
  return (
    account?.startsPerMinute !== undefined ||
    [...(accounts?.values() ?? [])].some(
      one => one.startsPerMinute !== undefined,
    )
  );
}

export interface LimitReaderOptions {
  teams: LimitSettingsReader;
  throttle: Pick<AccountThrottle, 'rooms'>;
  attempts: Pick<AttemptStore, 'countWaiting'>;
  intake?: LoweredReader;
}
