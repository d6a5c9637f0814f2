import type { RetryOutlook } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { ExternalLink } from '../links/ExternalLink';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';

/** The most that the backend takes as a reason. */
const MOST_REASON_LETTERS = 1000;

/** Asks before it has a task tried again, and says first what becomes of its change. */
export function RetryDialog(props: {
  taskId: string;
  outlook: RetryOutlook;
  onClose: () => void;
  onRetried: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const { attempt, will, change, warning } = props.outlook;

  const retry = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.retryTask(
        props.taskId,
        reason.trim() ? { reason: reason.trim() } : {},
      );
      props.onRetried();
    } catch (problem) {
      setError(problem as Error);
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      onClose={isBusy ? undefined : props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={`${id}-title`}>{t('retryTask.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`} component="div">
          <p>{t(`retryTask.will.${will}`, { attempt: String(attempt) })}</p>
          <p>{t('retryTask.slots')}</p>
        </DialogContentText>
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
        <TextField
          id={`${id}-reason`}
          label={t('retryTask.reason')}
          helperText={t('retryTask.reasonHelp')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: MOST_REASON_LETTERS }}
          variant="outlined"
          fullWidth
          multiline
          minRows={2}
        />
        {error && (
          <Alert severity="error" style={{ marginTop: 16 }}>
            {t('retryTask.failed', { message: describeError(error).message })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onClose} disabled={isBusy}>
          {t('retryTask.keep')}
        </Button>
        <Button
          onClick={retry}
          disabled={isBusy}
          variant="contained"
          color="primary"
        >
          {t('retryTask.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
