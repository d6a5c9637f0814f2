import type { Trigger } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { TeamLink } from '../links/TeamLink';
import { cell, rowGroup } from '../tables/tableRoles';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { OutcomeLabel } from './OutcomeLabel';
import { TriggerLink } from './TriggerLink';
import { useTableStyles } from './useTableStyles';

const columns = ['trigger', 'when', 'owner', 'last', 'next', 'used'] as const;

/** Triggers: when they run, how their last run ended, and what is left of their caps. */
export function TriggersTable(props: { triggers: Trigger[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useTableStyles();
  const label = (column: (typeof columns)[number]) => ({
    ...cell,
    'data-label': t(`trigger.column.${column}`),
  });
  return (
    <table
      role="table"
      className={classes.table}
      aria-label={t('trigger.table')}
    >
      <thead {...rowGroup}>
        <tr role="row">
          {columns.map(column => (
            <th key={column} role="columnheader" scope="col">
              {t(`trigger.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...rowGroup}>
        {props.triggers.map(trigger => (
          <tr key={trigger.id} role="row">
            <td {...cell}>
              <TriggerLink triggerId={trigger.id}>
                {trigger.title ?? trigger.name}
              </TriggerLink>
              <div className={classes.note}>
                {[
                  trigger.template,
                  ...(trigger.paused ? [t('trigger.paused')] : []),
                  ...(trigger.problem ? [t('trigger.problem')] : []),
                ].join(' · ')}
              </div>
            </td>
            <td {...label('when')}>
              <WhenWords trigger={trigger} />
            </td>
            <td {...label('owner')}>
              <TeamLink team={trigger.owner} />
            </td>
            <td {...label('last')}>
              <LastRun trigger={trigger} />
            </td>
            <td {...label('next')}>
              {trigger.nextRunAt && !trigger.paused ? (
                <RelativeTime at={trigger.nextRunAt} />
              ) : (
                <span>{t('trigger.none')}</span>
              )}
            </td>
            <td {...label('used')}>
              <span>
                {t('trigger.hourUsage', {
                  used: String(trigger.usage.tasksLastHour),
                  max: String(trigger.caps.tasksPerHour),
                })}
                <div className={classes.note}>
                  {t('trigger.openUsage', {
                    used: String(trigger.usage.openTasks),
                    max: String(trigger.caps.openAtOnce),
                  })}
                </div>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function WhenWords(props: { trigger: Trigger }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useTableStyles();
  const { schedule, webhook } = props.trigger;
  if (schedule) {
    return (
      <span>
        <code>{schedule.cron}</code>
        <div className={classes.note}>{schedule.timeZone}</div>
      </span>
    );
  }
  return (
    <span>
      {webhook?.events
        ? t('trigger.onEvents', { events: webhook.events.join(', ') })
        : t('trigger.onSender')}
    </span>
  );
}

function LastRun(props: { trigger: Trigger }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useTableStyles();
  const { lastRun } = props.trigger;
  if (!lastRun) {
    return <span>{t('trigger.never')}</span>;
  }
  return (
    <span>
      <OutcomeLabel outcome={lastRun.outcome} />{' '}
      <RelativeTime at={lastRun.at} />
      {lastRun.reason && <div className={classes.note}>{lastRun.reason}</div>}
    </span>
  );
}
