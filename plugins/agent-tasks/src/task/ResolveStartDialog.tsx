import type { StartChoice } from '@agent-tasks/plugin-agent-tasks-common';
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
import { type FormEvent, useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { safeHref } from '../links/safeHref';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';

/** Asks once more before a start is decided; of one that happened it asks which task of the agent it is. */
export function ResolveStartDialog(props: {
  taskId: string;
  choice: StartChoice;
  onClose: () => void;
  onResolved: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const { choice, effect, risk } = props.choice;
  const [text, setText] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const found = text.trim();
  const isMissing = choice === 'started' && !found;

  const decide = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isMissing) {
      return;
    }
    setBusy(true);
    setError(undefined);
    const page = safeHref(found);
    try {
      await api.resolveStart(props.taskId, {
        choice,
        ...(choice === 'started' &&
          (page ? { providerTaskUrl: page } : { providerTaskId: found })),
      });
      props.onResolved();
    } catch (failure) {
      setError(failure as Error);
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
      <form onSubmit={decide} noValidate>
        <DialogTitle id={`${id}-title`}>
          {t(`resolve.title.${choice}`)}
        </DialogTitle>
        <DialogContent>
          <DialogContentText id={`${id}-text`}>
            {effect} {t('resolve.risk', { risk })}
          </DialogContentText>
          {choice === 'started' && (
            <TextField
              id={`${id}-url`}
              label={t('resolve.url')}
              value={text}
              onChange={event => setText(event.target.value)}
              error={isTried && isMissing}
              helperText={
                isTried && isMissing
                  ? t('resolve.urlMissing')
                  : t('resolve.urlHelp')
              }
              inputProps={{ maxLength: 2000 }}
              variant="outlined"
              size="small"
              required
              fullWidth
            />
          )}
          {error && (
            <Alert severity="error" style={{ marginTop: 16 }}>
              {t('resolve.failed', { message: describeError(error).message })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('resolve.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={isBusy}
            variant="contained"
            color="primary"
          >
            {t(`resolve.confirm.${choice}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
