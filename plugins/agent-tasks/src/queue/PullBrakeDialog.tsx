import type {
  Brake,
  BrakeList,
  BrakeScope,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import { type FormEvent, useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { describeError } from '../states/describeError';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';
import { type BrakeEnd, brakeEnds, toBrakeEnd } from './brakeEnd';
import { TeamField } from './TeamField';
import type { BrakeTargets } from './useBrakeTargets';
import { useTeamTitles } from './useTeamTitles';

/** The most that the backend takes as a reason. */
const MOST_REASON_LETTERS = 1000;

const allScopes: BrakeScope[] = [
  'team',
  'template',
  'campaign',
  'provider',
  'portal',
];

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'grid',
      gap: theme.spacing(2),
      marginTop: theme.spacing(2),
    },
    pair: {
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      alignItems: 'start',
      gap: theme.spacing(2),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    stop: { marginTop: 0, marginLeft: theme.spacing(4) },
    actions: {
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 3, 2),
    },
  }),
  { name: 'AgentTasksPullBrakeDialog' },
);

/** Pulls a brake: on what, why, until when. The button says what it will do. */
export function PullBrakeDialog(props: {
  mayPull: BrakeList['mayPull'];
  targets: BrakeTargets;
  onClose: () => void;
  onPulled: (brake: Brake) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const locale = useLanguage();
  const now = useNow();
  const id = useId();
  const { mayPull, targets } = props;

  const scopes = mayPull.everything ? allScopes : (['team'] as BrakeScope[]);
  const onlyTeam = mayPull.everything ? undefined : mayPull.teams.at(0);
  const [scope, setScope] = useState<BrakeScope>(scopes[0]);
  const [subject, setSubject] = useState<string | undefined>(
    mayPull.teams.length === 1 ? onlyTeam : undefined,
  );
  const [reason, setReason] = useState('');
  const [end, setEnd] = useState<BrakeEnd>('hour');
  const [moment, setMoment] = useState('');
  const [stopRunning, setStopRunning] = useState(false);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const titleOf = useTeamTitles(scope === 'team' && subject ? [subject] : []);

  const until = toBrakeEnd({ end, moment, now });
  const hasTarget = scope === 'portal' || Boolean(subject);
  const problem = {
    subject: isTried && !hasTarget ? t('brake.subjectMissing') : undefined,
    reason: isTried && !reason.trim() ? t('brake.reasonMissing') : undefined,
    moment:
      isTried && until === 'invalid' ? t('brake.momentInvalid') : undefined,
  };
  let target: string = t(`brake.anyTarget.${scope}`);
  if (hasTarget) {
    target =
      scope === 'team' && subject
        ? t('brake.target.team', { name: titleOf(subject) })
        : targets.describe({ scope, subject });
  }

  const choose = (chosen: BrakeScope) => {
    const offered = {
      provider: targets.providers,
      template: targets.templates,
    };
    setScope(chosen);
    // Where there is one alone there is nothing to choose.
    setSubject(
      (chosen === 'provider' || chosen === 'template') &&
        offered[chosen].length === 1
        ? offered[chosen][0].subject
        : undefined,
    );
  };

  const pull = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const endsAt = toBrakeEnd({ end, moment, now: Date.now() });
    if (!hasTarget || !reason.trim() || endsAt === 'invalid') {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      props.onPulled(
        await api.pullBrake({
          scope,
          ...(scope !== 'portal' && { subject }),
          reason: reason.trim(),
          ...(endsAt && { until: endsAt.toISOString() }),
          ...(stopRunning && { stopRunning }),
        }),
      );
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };

  const hold =
    until && until !== 'invalid'
      ? t('brake.submitUntil', {
          target,
          time: formatClock({ at: until.getTime(), now, locale }),
        })
      : t(end === 'released' ? 'brake.submitReleased' : 'brake.submit', {
          target,
        });

  return (
    <Dialog
      open
      onClose={isBusy ? undefined : props.onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="sm"
      fullWidth
    >
      <form onSubmit={pull} noValidate>
        <DialogTitle id={`${id}-title`}>{t('brake.title')}</DialogTitle>
        <DialogContent>
          <DialogContentText id={`${id}-text`}>
            {t('brake.text')}
          </DialogContentText>
          <div className={classes.fields}>
            <div className={scopes.length > 1 ? classes.pair : undefined}>
              {scopes.length > 1 && (
                <TextField
                  id={`${id}-scope`}
                  select
                  SelectProps={{ native: true }}
                  label={t('brake.scope')}
                  value={scope}
                  onChange={event => choose(event.target.value as BrakeScope)}
                  InputLabelProps={{ shrink: true, htmlFor: `${id}-scope` }}
                  variant="outlined"
                  size="small"
                >
                  {scopes.map(one => (
                    <option key={one} value={one}>
                      {t(`brake.scopes.${one}`)}
                    </option>
                  ))}
                </TextField>
              )}
              {scope === 'team' && (
                <TeamField
                  label={t('brake.subject.team')}
                  teams={mayPull.teams}
                  includesCatalog={mayPull.everything}
                  value={subject}
                  onChange={setSubject}
                  problem={problem.subject}
                />
              )}
              {scope === 'campaign' && (
                <TextField
                  id={`${id}-campaign`}
                  label={t('brake.subject.campaign')}
                  value={subject ?? ''}
                  onChange={event => setSubject(event.target.value.trim())}
                  variant="outlined"
                  size="small"
                  required
                  error={Boolean(problem.subject)}
                  helperText={problem.subject ?? t('brake.campaignHelp')}
                />
              )}
              {(scope === 'provider' || scope === 'template') && (
                <TextField
                  id={`${id}-subject`}
                  select
                  SelectProps={{ native: true }}
                  label={t(`brake.subject.${scope}`)}
                  value={subject ?? ''}
                  onChange={event =>
                    setSubject(event.target.value || undefined)
                  }
                  InputLabelProps={{ shrink: true, htmlFor: `${id}-subject` }}
                  variant="outlined"
                  size="small"
                  required
                  error={Boolean(problem.subject)}
                  helperText={problem.subject}
                >
                  <option value="">{t('brake.choose')}</option>
                  {(scope === 'provider'
                    ? targets.providers
                    : targets.templates
                  ).map(one => (
                    <option key={one.subject} value={one.subject}>
                      {one.title}
                    </option>
                  ))}
                </TextField>
              )}
            </div>
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
            <div className={classes.pair}>
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
                    {t(`brake.endChoice.${one}`)}
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
            </div>
            <div>
              <FormControlLabel
                control={
                  <Checkbox
                    color="primary"
                    checked={stopRunning}
                    onChange={event => setStopRunning(event.target.checked)}
                    inputProps={{ 'aria-describedby': `${id}-stop` }}
                  />
                }
                label={t('brake.stop')}
              />
              <FormHelperText id={`${id}-stop`} className={classes.stop}>
                {t('brake.stopHelp')}
              </FormHelperText>
            </div>
            {error && (
              <Alert severity="error">
                {t('brake.failed', { message: describeError(error).message })}
              </Alert>
            )}
          </div>
        </DialogContent>
        <DialogActions className={classes.actions}>
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('brake.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={isBusy}
            variant="contained"
            color="primary"
          >
            {stopRunning ? t('brake.submitStop', { hold }) : hold}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
