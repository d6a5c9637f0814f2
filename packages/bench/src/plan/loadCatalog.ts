import { createHash, randomUUID } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Client } from 'pg';

const ENTITIES_AT_ONCE = 500;

/** Longer values are not searched for. */
const LONGEST_VALUE = 200;

/** Keys that the catalog writes in a way of its own. */
const SPECIAL = ['relations', 'status', 'metadata.name', 'metadata.namespace'];

/** What the catalog's filters find an entity by: a row for each value, as its stitcher writes them. */
function searchRowsOf(entity: Entity): Map<string, [string, string | null]> {
  const rows = new Map<string, [string, string | null]>();
  const add = (key: string, value: unknown) => {
    const text = String(value).toLowerCase();
    const kept = text.length <= LONGEST_VALUE ? text : null;
    rows.set(`${key.toLowerCase()}\n${kept}`, [key.toLowerCase(), kept]);
  };
  const visit = (path: string, value: unknown): void => {
    if (SPECIAL.includes(path)) {
      return;
    }
    if (Array.isArray(value)) {
      for (const item of value) {
        visit(path, item);
        if (typeof item === 'string') {
          add(`${path}.${item}`, true);
        }
      }
    } else if (value && typeof value === 'object') {
      Object.entries(value).forEach(([key, inner]) =>
        visit(path ? `${path}.${key}` : key, inner),
      );
    } else {
      add(path, value);
    }
  };
  visit('', entity);
  add('metadata.name', entity.metadata.name);
  add('metadata.namespace', entity.metadata.namespace ?? 'default');
  add('metadata.uid', entity.metadata.uid);
  entity.relations?.forEach(({ type, targetRef }) =>
    add(`relations.${type}`, targetRef),
  );
  return rows;
}

/**
 * Writes entities into the database of the catalog as if it had processed and stitched them; it takes minutes to do that
 * itself, and does no more with them then than answer requests.
 */
export async function loadCatalog(options: {
  client: Client;
  entities: readonly Entity[];
}): Promise<void> {
  const { client, entities } = options;
  for (let from = 0; from < entities.length; from += ENTITIES_AT_ONCE) {
    const states: object[] = [];
    const finals: object[] = [];
    const search: object[] = [];
    for (const one of entities.slice(from, from + ENTITIES_AT_ONCE)) {
      const id = randomUUID();
      const entity = { ...one, metadata: { ...one.metadata, uid: id } };
      const ref = stringifyEntityRef(entity);
      const text = JSON.stringify(entity);
      states.push({ entity_id: id, entity_ref: ref, text });
      finals.push({
        entity_id: id,
        entity_ref: ref,
        text,
        hash: createHash('sha1').update(text).digest('hex'),
      });
      for (const [key, value] of searchRowsOf(entity).values()) {
        search.push({ entity_id: id, key, value });
      }
    }
    await client.query(
      `insert into refresh_state (entity_id, entity_ref, unprocessed_entity, errors, next_update_at, last_discovery_at)
       select entity_id, entity_ref, text, '', now() + interval '10 years', now()
       from json_to_recordset($1) as r(entity_id text, entity_ref text, text text)`,
      [JSON.stringify(states)],
    );
    await client.query(
      `insert into final_entities (entity_id, entity_ref, final_entity, hash)
       select entity_id, entity_ref, text, hash
       from json_to_recordset($1) as r(entity_id text, entity_ref text, text text, hash text)`,
      [JSON.stringify(finals)],
    );
    await client.query(
      `insert into search (entity_id, key, value, original_value)
       select entity_id, key, value, value
       from json_to_recordset($1) as r(entity_id text, key text, value text)`,
      [JSON.stringify(search)],
    );
  }
  await client.query('analyze');
}
