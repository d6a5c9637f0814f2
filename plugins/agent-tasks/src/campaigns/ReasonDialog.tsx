import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';

/** The most that the backend takes as a reason. */
const MOST_REASON_LETTERS = 1000;

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'grid',
      gap: theme.spacing(2),
      marginTop: theme.spacing(2),
    },
    actions: {
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 3, 2),
    },
  }),
  { name: 'AgentTasksReasonDialog' },
);

/** Says what something will do before it is done, and asks for the reason where there has to be one. */
export function ReasonDialog(props: {
  title: string;
  text: ReactNode;
  confirm: string;
  /** Whether a reason is asked for, and has to be given. */
  reason?: 'required' | 'optional';
  /** More fields, such as until when. */
  children?: ReactNode;
  /** What is wrong with those fields. */
  isInvalid?: boolean;
  describeFailure: (message: string) => string;
  onClose: () => void;
  onConfirm: (reason: string) => Promise<void>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const isMissing = props.reason === 'required' && !reason.trim();

  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isMissing || props.isInvalid) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await props.onConfirm(reason.trim());
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
      <form onSubmit={confirm} noValidate>
        <DialogTitle id={`${id}-title`}>{props.title}</DialogTitle>
        <DialogContent>
          <DialogContentText id={`${id}-text`} component="div">
            {props.text}
          </DialogContentText>
          <div className={classes.fields}>
            {props.reason && (
              <TextField
                id={`${id}-reason`}
                label={t('campaign.action.reason')}
                helperText={
                  isTried && isMissing
                    ? t('campaign.action.reasonMissing')
                    : t('campaign.action.reasonHelp')
                }
                error={isTried && isMissing}
                value={reason}
                onChange={event => setReason(event.target.value)}
                inputProps={{ maxLength: MOST_REASON_LETTERS }}
                required={props.reason === 'required'}
                variant="outlined"
                size="small"
                multiline
                minRows={2}
              />
            )}
            {props.children}
            {error && (
              <Alert severity="error">
                {props.describeFailure(describeError(error).message)}
              </Alert>
            )}
          </div>
        </DialogContent>
        <DialogActions className={classes.actions}>
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('campaign.action.keep')}
          </Button>
          <Button
            type="submit"
            disabled={isBusy}
            variant="contained"
            color="primary"
          >
            {props.confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
