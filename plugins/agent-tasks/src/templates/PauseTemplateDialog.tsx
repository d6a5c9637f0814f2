import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
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
import { type FormEvent, useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { type BrakeEnd, brakeEnds, toBrakeEnd } from '../queue/brakeEnd';
import { describeError } from '../states/describeError';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
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
  { name: 'AgentTasksPauseTemplateDialog' },
);

/** Pauses a template: why, and until when. The button says what it will do. */
export function PauseTemplateDialog(props: {
  template: Template;
  onClose: () => void;
  onDone: (template: Template) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const locale = useLanguage();
  const now = useNow();
  const id = useId();
  const { template } = props;
  const [reason, setReason] = useState('');
  const [end, setEnd] = useState<BrakeEnd>('released');
  const [moment, setMoment] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();

  const until = toBrakeEnd({ end, moment, now });
  const problem = {
    reason:
      isTried && !reason.trim()
        ? t('templates.pause.reasonMissing')
        : undefined,
    moment:
      isTried && until === 'invalid' ? t('brake.momentInvalid') : undefined,
  };

  const pause = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const endsAt = toBrakeEnd({ end, moment, now: Date.now() });
    if (!reason.trim() || endsAt === 'invalid') {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      props.onDone(
        await api.pauseTemplate(template.name, {
          reason: reason.trim(),
          ...(endsAt && { until: endsAt.toISOString() }),
        }),
      );
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };

  const submit = () => {
    if (until && until !== 'invalid') {
      return t('templates.pause.submitUntil', {
        time: formatClock({ at: until.getTime(), now, locale }),
      });
    }
    return t(
      end === 'released'
        ? 'templates.pause.submitForGood'
        : 'templates.pause.submit',
    );
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
      <form onSubmit={pause} noValidate>
        <DialogTitle id={`${id}-title`}>
          {t('templates.pause.title', { template: template.title })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText id={`${id}-text`}>
            {t('templates.pause.text')}
          </DialogContentText>
          <div className={classes.fields}>
            <TextField
              id={`${id}-reason`}
              label={t('brake.reason')}
              helperText={problem.reason ?? t('brake.reasonHelp')}
              error={Boolean(problem.reason)}
              value={reason}
              onChange={event => setReason(event.target.value)}
              inputProps={{ maxLength: MOST_REASON_LETTERS }}
              variant="outlined"
              size="small"
              required
              multiline
              minRows={2}
            />
            <TextField
              id={`${id}-end`}
              select
              SelectProps={{ native: true }}
              label={t('brake.end')}
              value={end}
              onChange={event => setEnd(event.target.value as BrakeEnd)}
              InputLabelProps={{ shrink: true, htmlFor: `${id}-end` }}
              variant="outlined"
              size="small"
            >
              {brakeEnds.map(one => (
                <option key={one} value={one}>
                  {one === 'released'
                    ? t('templates.pause.until')
                    : t(`brake.endChoice.${one}`)}
                </option>
              ))}
            </TextField>
            {end === 'moment' && (
              <TextField
                id={`${id}-moment`}
                type="datetime-local"
                label={t('brake.moment')}
                value={moment}
                onChange={event => setMoment(event.target.value)}
                InputLabelProps={{ shrink: true }}
                variant="outlined"
                size="small"
                required
                error={Boolean(problem.moment)}
                helperText={problem.moment}
              />
            )}
            {error && (
              <Alert severity="error">
                {t('templates.pause.failed', {
                  message: describeError(error).message,
                })}
              </Alert>
            )}
          </div>
        </DialogContent>
        <DialogActions className={classes.actions}>
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('templates.pause.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={isBusy}
            variant="contained"
            color="primary"
          >
            {submit()}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
