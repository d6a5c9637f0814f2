import type { Brake, BrakeList } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { BrakeEndFields } from '../forms/BrakeEndFields';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { useBrakeEnd } from '../forms/useBrakeEnd';
import { agentTasksTranslationRef } from '../translation';
import { BrakeTargetFields } from './BrakeTargetFields';
import type { BrakeTarget, BrakeTargets } from './useBrakeTargets';
import { useTeamTitles } from './useTeamTitles';

const useStyles = makeStyles(
  theme => ({ stop: { marginTop: 0, marginLeft: theme.spacing(4) } }),
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
  const id = useId();
  const { mayPull, targets } = props;
  const [chosen, setChosen] = useState<BrakeTarget>({
    scope: 'team',
    subject:
      !mayPull.everything && mayPull.teams.length === 1
        ? mayPull.teams[0]
        : undefined,
  });
  const end = useBrakeEnd('hour');
  const [stopRunning, setStopRunning] = useState(false);
  const [isTried, setTried] = useState(false);
  const { scope, subject } = chosen;
  const titleOf = useTeamTitles(scope === 'team' && subject ? [subject] : []);

  const hasTarget = scope === 'portal' || Boolean(subject);
  let target: string = t(`brake.anyTarget.${scope}`);
  if (hasTarget) {
    target =
      scope === 'team' && subject
        ? t('brake.target.team', { name: titleOf(subject) })
        : targets.describe(chosen);
  }
  const hold = end.time
    ? t('brake.submitUntil', { target, time: end.time })
    : t(end.isInvalid ? 'brake.submit' : 'brake.submitReleased', { target });

  return (
    <ConfirmDialog
      title={t('brake.title')}
      text={t('brake.text')}
      confirm={stopRunning ? t('brake.submitStop', { hold }) : hold}
      keep={t('brake.cancel')}
      reason={{
        help: t('brake.reasonHelp'),
        missing: t('brake.reasonMissing'),
      }}
      before={
        <BrakeTargetFields
          mayPull={mayPull}
          targets={targets}
          value={chosen}
          onChange={setChosen}
          problem={
            isTried && !hasTarget ? t('brake.subjectMissing') : undefined
          }
        />
      }
      isValid={() => hasTarget && end.isValidNow()}
      onTry={() => setTried(true)}
      describeFailure={message => t('brake.failed', { message })}
      onClose={props.onClose}
      onConfirm={async reason =>
        props.onPulled(
          await api.pullBrake({
            scope,
            ...(scope !== 'portal' && { subject }),
            reason,
            ...end.toRequest(),
            ...(stopRunning && { stopRunning }),
          }),
        )
      }
    >
      <BrakeEndFields
        choice={end}
        ending="released"
        problem={isTried && end.isInvalid ? 'marked' : undefined}
        isPaired
      />
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
    </ConfirmDialog>
  );
}
