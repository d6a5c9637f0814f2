import type {
  TriggerRun,
  TriggerRunList,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { agentTasksApiRef } from '../api';
import { ActorName } from '../links/ActorName';
import { CampaignLink } from '../links/CampaignLink';
import { describeError } from '../states/describeError';
import { cell, rowGroup } from '../tables/tableRoles';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { OutcomeLabel } from './OutcomeLabel';
import { useTableStyles } from './useTableStyles';

const columns = ['at', 'outcome', 'reason', 'cause'] as const;

/** The runs of a trigger, newest first: what each launched, or why it did not. */
export function RunTable(props: { triggerId: string; newest: TriggerRunList }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useTableStyles();
  const api = useApi(agentTasksApiRef);
  const { triggerId, newest } = props;
  const [older, setOlder] = useState<TriggerRunList>();
  const [error, setError] = useState<Error>();

  // What came meanwhile pushes the first of the older ones up into the newest page.
  const shown = new Map<string, TriggerRun>(
    [...newest.items, ...(older?.items ?? [])].map(run => [run.id, run]),
  );
  const cursor = older ? older.nextCursor : newest.nextCursor;
  const label = (column: (typeof columns)[number]) => ({
    ...cell,
    'data-label': t(`trigger.runs.${column}`),
  });
  const loadOlder = async () => {
    setError(undefined);
    try {
      const page = await api.listTriggerRuns(triggerId, { limit: 50, cursor });
      setOlder({
        ...page,
        items: [...(older?.items ?? []), ...page.items],
      });
    } catch (failure) {
      setError(failure as Error);
    }
  };

  if (!shown.size) {
    return <p role="status">{t('trigger.runs.none')}</p>;
  }
  return (
    <>
      <table
        role="table"
        className={classes.table}
        aria-label={t('trigger.runs.table')}
      >
        <thead {...rowGroup}>
          <tr role="row">
            {columns.map(column => (
              <th key={column} role="columnheader" scope="col">
                {t(`trigger.runs.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...rowGroup}>
          {[...shown.values()].map(run => (
            <tr key={run.id} role="row">
              <td {...cell}>
                <RelativeTime at={run.at} />
              </td>
              <td {...label('outcome')}>
                <OutcomeLabel outcome={run.outcome} />
              </td>
              <td {...label('reason')}>
                <span>
                  {run.campaignId && (
                    <CampaignLink campaignId={run.campaignId}>
                      {t('trigger.runs.tasks', { count: run.tasks ?? 0 })}
                    </CampaignLink>
                  )}
                  {run.reason}
                </span>
              </td>
              <td {...label('cause')}>
                <span>
                  {t(`trigger.cause.${run.cause}`)}
                  {run.event && (
                    <div className={classes.note}>
                      {t('trigger.runs.event', { event: run.event })}
                    </div>
                  )}
                  {run.requestedBy && (
                    <div className={classes.note}>
                      <ActorName actor={run.requestedBy} />
                    </div>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error && (
        <Alert severity="error">
          {t('trigger.runs.olderFailed', {
            message: describeError(error).message,
          })}
        </Alert>
      )}
      {cursor && (
        <Button size="small" onClick={loadOlder}>
          {t('trigger.runs.older')}
        </Button>
      )}
    </>
  );
}
