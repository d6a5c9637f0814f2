import type { BulkTaskResults } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { TaskLink } from '../links/TaskLink';
import { Pages } from '../queue/Pages';
import { agentTasksTranslationRef } from '../translation';

/** What can be done to many tasks at once. */
export type BulkAction = 'cancel' | 'retry' | 'priority';

const PER_PAGE = 10;

const useStyles = makeStyles(
  theme => ({
    root: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'AgentTasksBulkResult' },
);

/** What came of doing the same to many tasks: how many it was done to, and which were left as they are, and why. */
export function BulkResult(props: {
  action: BulkAction;
  results: BulkTaskResults;
  /** What a task is called, where that is known. */
  nameOf: (taskId: string) => string;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { action, results, nameOf } = props;
  const done = results.results.filter(({ ok }) => ok).length;
  const refused = results.results.filter(({ ok }) => !ok);
  return (
    <Alert
      severity={refused.length > 0 ? 'warning' : 'success'}
      role="status"
      className={classes.root}
      closeText={t('action.close')}
      onClose={props.onClose}
    >
      {t(`campaign.bulk.done.${action}`, { count: done })}
      {refused.length > 0 && (
        <>
          {' '}
          {t('campaign.bulk.refused', { count: refused.length })}
          <Pages
            label={t('campaign.bulk.refusedPages')}
            items={refused}
            perPage={PER_PAGE}
          >
            {rows => (
              <ul className={classes.list}>
                {rows.map(({ taskId, message }) => (
                  <li key={taskId}>
                    <TaskLink taskId={taskId}>{nameOf(taskId)}</TaskLink>
                    {message && `: ${message}`}
                  </li>
                ))}
              </ul>
            )}
          </Pages>
        </>
      )}
      {results.remaining !== undefined && results.remaining > 0 && (
        <div>{t('campaign.bulk.remaining', { count: results.remaining })}</div>
      )}
    </Alert>
  );
}
