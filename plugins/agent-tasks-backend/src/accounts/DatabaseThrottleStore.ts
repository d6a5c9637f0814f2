import { Knex } from 'knex';
import { z } from 'zod';
import { changeRows } from '../database/bulk';
import { Transaction } from '../database/connect';
import { TimeValue, toDate } from '../database/rows';
import { newThrottle, ThrottleState } from '../policy/throttleState';
import { AccountRef, ThrottleStore } from './ThrottleStore';

interface ThrottleRow {
  provider: string;
  account: string;
  state: string;
  updated_at: TimeValue;
}

const timeMs = z.number().min(0).max(8.64e15);
const pairs = z.array(z.tuple([z.number(), z.int().min(0)]));

const stateSchema: z.ZodType<ThrottleState> = z.object({
  seenAt: timeMs,
  starts: pairs,
  content: pairs,
  contentHour: pairs,
  underWay: pairs,
  factor: z.number().gt(0).max(1),
  cutAt: timeMs.optional(),
  failures: z.int().min(0),
  breaker: z
    .object({
      until: timeMs,
      times: z.int().min(1),
      probeAt: timeMs.optional(),
    })
    .optional(),
  blockedUntil: timeMs.optional(),
  lastFailure: z
    .object({
      at: timeMs,
      kind: z.enum(['limited', 'server', 'unavailable']),
      message: z.string(),
    })
    .optional(),
});

/** The longest window that starts are counted in. After it nothing that could not be read counts any more. */
const unknownMs = 3_600_000;

/**
 * A state that cannot be read starts nothing until what it may have counted is over.
 *
 * @param writtenAt - when it was written
 */
function parseState(text: string, writtenAt: Date): ThrottleState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = stateSchema.safeParse(json);
  return parsed.success
    ? parsed.data
    : {
        ...newThrottle,
        seenAt: writtenAt.getTime(),
        blockedUntil: writtenAt.getTime() + unknownMs,
        lastFailure: {
          at: writtenAt.getTime(),
          kind: 'unavailable',
          message:
            'What the account started lately could not be read from the database, so that nothing is started for an hour. A platform admin can end the wait by deleting its row of account_throttles.',
        },
      };
}

function toState(row: ThrottleRow | undefined): ThrottleState {
  return row ? parseState(row.state, toDate(row.updated_at)) : newThrottle;
}

/** Keeps a row for each account. */
export class DatabaseThrottleStore implements ThrottleStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseThrottleStore {
    return new DatabaseThrottleStore(options.knex);
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(work);
  }

  async lock(
    tx: Transaction,
    account: AccountRef,
    at: Date,
  ): Promise<ThrottleState> {
    const { provider, account: name } = account;
    const select = () =>
      tx<ThrottleRow>('account_throttles')
        .where({ provider, account: name })
        .forUpdate()
        .first();
    const row = await select();
    if (row) {
      return toState(row);
    }
    await tx('account_throttles')
      .insert({
        provider,
        account: name,
        state: JSON.stringify(newThrottle),
        updated_at: at,
      })
      .onConflict(['provider', 'account'])
      .ignore();
    return toState(await select());
  }

  async save(
    tx: Transaction,
    options: { account: AccountRef; state: ThrottleState; at: Date },
  ): Promise<void> {
    const { provider, account } = options.account;
    await changeRows(tx, {
      table: 'account_throttles',
      key: 'account',
      columns: {
        account: 'text',
        provider: 'text',
        state: 'text',
        updated_at: 'timestamptz',
      },
      rows: [
        {
          account,
          provider,
          state: JSON.stringify(options.state),
          updated_at: options.at,
        },
      ],
      set: { state: 'r.state', updated_at: 'r.updated_at' },
      where: 't.provider = r.provider',
    });
  }

  async read(account: AccountRef, tx?: Transaction): Promise<ThrottleState> {
    const row = await (tx ?? this.#knex)<ThrottleRow>('account_throttles')
      .where({ provider: account.provider, account: account.account })
      .first();
    return toState(row);
  }

  async list(
    tx?: Transaction,
  ): Promise<(AccountRef & { state: ThrottleState })[]> {
    const rows = await (tx ?? this.#knex)<ThrottleRow>(
      'account_throttles',
    ).orderBy(['provider', 'account']);
    return rows.map(row => ({
      provider: row.provider,
      account: row.account,
      state: toState(row),
    }));
  }
}
