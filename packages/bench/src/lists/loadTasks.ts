import { Database } from './Database';
import {
  ACTIVE_SHARE,
  ACTIVE_STATES,
  ListsWorld,
  pick,
  repositoryOf,
  REQUESTERS,
  STATES,
  teamOf,
  TEMPLATES,
  thousandthOf,
} from './listsWorld';

/** Rows go in by so many at once. */
const BATCH = 100_000;

/** Seconds between two tasks: a million tasks in about four months. */
const SECONDS_APART = 10;

/** The large tables. */
const TABLES = ['tasks', 'task_keys', 'task_components', 'changes'];

const PROMPT_LENGTH = 1_000;

/**
 * Fills the tables as the product would have, but for what no list reads: attempts and events.
 *
 * The ids are made of numbers in place of ULIDs: they have the same length, and the same order.
 */
export async function loadTasks(options: {
  database: Database;
  world: ListsWorld;
  say: (line: string) => void;
}): Promise<void> {
  const { database, world, say } = options;
  const { run, padded, numbers, secondsAgo } = database;
  const { tasks, tasksPerCampaign } = world;
  const campaigns = Math.ceil(tasks / tasksPerCampaign);
  const ageOf = (i: string) => `(${tasks} - ${i}) * ${SECONDS_APART}`;

  for (const [index, { name }] of TEMPLATES.entries()) {
    const content = JSON.stringify({ title: `The template ${name}` });
    await run(
      `insert into template_revisions (id, template, number, entity_ref, content_hash, content, created_at)
       values ('${revisionOf(name)}', '${name}', ${index + 1}, 'agenttasktemplate:default/${name}', '-', '${content}', ${secondsAgo('0')})`,
    );
  }
  const templateOf = (number: string) =>
    pick(thousandthOf(number, 2_246_822_519), TEMPLATES);
  const requesterOf = (number: string) =>
    `'user:default/user-' || ${padded(`${thousandthOf(number, 3_266_489_917)} % ${REQUESTERS} + 1`, 3)}`;
  await run(
    `insert into campaigns (id, template_revision_id, parameters, requester, idempotency_key, request_hash, excluded, created_at)
     select 'camp_' || ${padded('i', 26)}, 'trev_' || ${templateOf('i')}, '{}', ${requesterOf('i')},
       'key-' || i, '-', '[]', ${secondsAgo(ageOf(`(i - 1) * ${tasksPerCampaign}`))}
     from ${numbers(campaigns)} numbers`,
  );

  // Indexes are made at the end, which takes a fraction of the time.
  const indexes = [];
  for (const table of TABLES) {
    indexes.push(...(await database.indexesOf(table)));
  }
  for (const { name } of indexes) {
    await run(`drop index "${name}"`);
  }
  const active = Math.floor(tasks / ACTIVE_SHARE);
  const stateOf = `(case when i > ${tasks - active} then (case i % ${ACTIVE_STATES.length} ${ACTIVE_STATES.map((name, index) => `when ${index} then '${name}'`).join(' ')} end)
    else ${pick(thousandthOf('i', 2_869_860_233), STATES)} end)`;
  for (let from = 0; from < tasks; from += BATCH) {
    const count = Math.min(BATCH, tasks - from);
    // Of each task all that its columns are made of.
    const rows = `(select 'task_' || ${padded('i', 26)} as id, i, state, campaign, repository, ${teamOf('repository')} as team
      from (select i, ${stateOf} as state, (i - 1) / ${tasksPerCampaign} + 1 as campaign, ${repositoryOf('i')} as repository
        from (select i + ${from} as i from ${numbers(count)} numbers) shifted) drawn)`;
    const settled = `state in ('merged', 'closed', 'no_change', 'failed', 'cancelled')`;
    const created = secondsAgo(ageOf('i'));
    await run(
      `insert into tasks (id, campaign_id, template, template_revision_id, team, requester, provider,
         repository, repository_host, repository_owner, repository_name, repository_url,
         prompt, state, state_reason, state_since, run_slot, review_slot, created_at, updated_at, settled_at)
       select id, 'camp_' || ${padded('campaign', 26)}, ${templateOf('campaign')}, 'trev_' || ${templateOf('campaign')},
         'group:default/team-' || ${padded('team', 3)}, ${requesterOf('campaign')}, 'instant',
         'github.com/acme/service-' || ${padded('repository', 4)}, 'github.com', 'acme', 'service-' || ${padded('repository', 4)},
         'https://github.com/acme/service-' || ${padded('repository', 4)},
         '${'x'.repeat(PROMPT_LENGTH)}', state, case when state = 'failed' then 'The agent gave up.' end,
         ${created}, false, false, ${created}, ${created}, case when ${settled} then ${created} end
       from ${rows} rows`,
    );
    await run(
      `insert into task_keys (task_id, team, template, campaign_id, requester)
       select id, 'group:default/team-' || ${padded('team', 3)}, ${templateOf('campaign')}, 'camp_' || ${padded('campaign', 26)},
         ${requesterOf('campaign')}
       from ${rows} rows`,
    );
    await run(
      `insert into task_components (task_id, entity_ref)
       select id, 'component:default/service-' || ${padded('repository', 4)} from ${rows} rows`,
    );
    await run(
      `insert into changes (id, task_id, attempt_id, code_host, global_id, state, draft, number, url, title, head_branch,
         head_commit, base_branch, additions, deletions, changed_files, checks, review, problems, opened_at, settled_at, due_at, created_at)
       select 'chg_' || ${padded('i', 26)}, id, 'att_' || ${padded('i', 26)}, 'empty', 'G' || i,
         case state when 'in_review' then 'open' else state end, false, i,
         'https://github.com/acme/service/pull/' || i, 'Bump a dependency', 'agent/bump', 'c0ffee', 'main', 10, 5, 2,
         'passed', 'approved', 0, ${created}, case when ${settled} then ${created} end,
         ${secondsAgo('-100000000')}, ${created}
       from ${rows} rows where state in ('merged', 'closed', 'in_review')`,
    );
    say(`${database.name}: ${from + count} tasks`);
  }
  for (const { sql } of indexes) {
    await run(sql);
  }
  say(`${database.name}: ${indexes.length} indexes`);
  // As autovacuum does in production, and what the load left to write is written. SQLite has nothing of the kind.
  if (database.name === 'postgresql') {
    await run('vacuum analyze');
    await run('checkpoint');
  }
}

function revisionOf(template: string): string {
  return `trev_${template}`;
}
