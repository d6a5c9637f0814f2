import type { RetryOutlook } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import DialogContentText from '@material-ui/core/DialogContentText';
import Alert from '@material-ui/lab/Alert';
import { agentTasksApiRef } from '../api';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { ExternalLink } from '../links/ExternalLink';
import { agentTasksTranslationRef } from '../translation';

/** Asks before it has a task tried again, and says first what becomes of its change. */
export function RetryDialog(props: {
  taskId: string;
  outlook: RetryOutlook;
  onClose: () => void;
  onRetried: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { attempt, will, change, warning } = props.outlook;
  return (
    <ConfirmDialog
      layout="question"
      title={t('retryTask.title')}
      text={
        <>
          <p>{t(`retryTask.will.${will}`, { attempt: String(attempt) })}</p>
          <p>{t('retryTask.slots')}</p>
        </>
      }
      confirm={t('retryTask.confirm')}
      keep={t('retryTask.keep')}
      reason={{ help: t('retryTask.reasonHelp') }}
      before={
        <>
          {change && (
            <DialogContentText>
              <ExternalLink to={change.url}>
                {t('retryTask.change', {
                  name:
                    change.number === undefined
                      ? t('retryTask.unnumbered')
                      : `#${change.number}`,
                })}
              </ExternalLink>
            </DialogContentText>
          )}
          {warning && (
            <Alert severity="warning" style={{ marginBottom: 16 }}>
              {t('retryTask.warning', { text: warning })}
            </Alert>
          )}
        </>
      }
      describeFailure={message => t('retryTask.failed', { message })}
      onClose={props.onClose}
      onConfirm={async reason => {
        await api.retryTask(props.taskId, reason ? { reason } : {});
        props.onRetried();
      }}
    />
  );
}
