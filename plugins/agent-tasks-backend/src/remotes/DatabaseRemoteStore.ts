import { Knex } from 'knex';
import { TimeValue, toDate } from '../database/rows';
import { RemoteHealth, RemoteStore } from './RemoteStore';

interface RemoteRow {
  id: string;
  state: RemoteHealth['state'];
  since: TimeValue;
  message: string | null;
}

export class DatabaseRemoteStore implements RemoteStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static create(options: { knex: Knex }): DatabaseRemoteStore {
    return new DatabaseRemoteStore(options.knex);
  }

  async markAvailable(id: string, at: Date): Promise<boolean> {
    return this.#mark({ id, state: 'available', at, message: undefined });
  }

  async markUnavailable(
    id: string,
    message: string,
    at: Date,
  ): Promise<boolean> {
    return this.#mark({ id, state: 'unavailable', at, message });
  }

  async getAll(): Promise<Map<string, RemoteHealth>> {
    const rows = await this.#knex<RemoteRow>('remotes');
    return new Map(
      rows.map(row => [
        row.id,
        {
          state: row.state,
          since: toDate(row.since),
          message: row.message ?? undefined,
        },
      ]),
    );
  }

  async #mark(options: {
    id: string;
    state: RemoteHealth['state'];
    at: Date;
    message: string | undefined;
  }): Promise<boolean> {
    const { id, state, at, message } = options;
    // Nearly always nothing has changed.
    const known = await this.#knex<RemoteRow>('remotes').where({ id }).first();
    if (
      known?.state === state &&
      (message === undefined || known.message === message)
    ) {
      return false;
    }
    const inserted = await this.#knex('remotes')
      .insert({ id, state, since: at, message })
      .onConflict('id')
      .ignore()
      .returning('id');
    if (inserted.length) {
      return true;
    }
    const changed = await this.#knex<RemoteRow>('remotes')
      .where({ id })
      .whereNot({ state })
      .update({ state, since: at, message: message ?? null });
    if (!changed && message !== undefined) {
      await this.#knex<RemoteRow>('remotes')
        .where({ id, state })
        .update({ message });
    }
    return changed === 1;
  }
}
