import {
  agentTaskLimitsManagePermission,
  type TeamDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { type FormEvent, useCallback, useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { fieldPair } from '../forms/fieldPair';
import { ReasonField } from '../forms/ReasonField';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';
import { LimitInput } from './LimitInput';
import {
  findLimitProblem,
  type LimitField,
  limitFields,
  toLimitChanges,
  toLimitTexts,
} from './limitFields';

const useStyles = makeStyles(
  theme => ({
    fields: { ...fieldPair(theme), marginTop: theme.spacing(2) },
    wide: { gridColumn: '1 / -1' },
    actions: {
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 3, 2),
    },
  }),
  { name: 'AgentTasksLimitsDialog' },
);

/**
 * Sets limits of a team. Whoever may only lower them is told so, with how far each goes, before trying. The button says
 * how many it will set.
 */
export function LimitsDialog(props: {
  /** As it is now: it may change while the dialog is open. */
  team: TeamDetails;
  title: string;
  onClose: () => void;
  onSet: () => void;
  /** Reads the team again. */
  onConflict: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const { team, title } = props;
  const { settings, permissions } = team;
  const [texts, setTexts] = useState(() => toLimitTexts(settings));
  const setText = useCallback(
    (field: LimitField, text: string) =>
      setTexts(before => ({ ...before, [field]: text })),
    [],
  );
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [hasConflict, setConflict] = useState(false);
  const [error, setError] = useState<Error>();

  const changes = toLimitChanges({ texts, settings });
  const count = Object.keys(changes).length;
  const problems = Object.fromEntries(
    limitFields.map(field => [
      field,
      findLimitProblem({
        field,
        text: texts[field],
        settings,
        mayRaise: permissions.raise,
      }),
    ]),
  );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (count === 0 || Object.values(problems).some(Boolean)) {
      return;
    }
    setBusy(true);
    setError(undefined);
    setConflict(false);
    try {
      await api.setTeamLimits(team.team, {
        ...changes,
        expectedVersion: team.version,
        ...(reason.trim() && { reason: reason.trim() }),
      });
      props.onSet();
    } catch (failure) {
      setBusy(false);
      if (describeError(failure as Error).status === 409) {
        setConflict(true);
        props.onConflict();
      } else {
        setError(failure as Error);
      }
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
      <form onSubmit={submit} noValidate>
        <DialogTitle id={`${id}-title`}>
          {t('team.limits.title', { team: title })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText id={`${id}-text`}>
            {t(team.isParent ? 'team.limits.textParent' : 'team.limits.text', {
              team: title,
            })}
          </DialogContentText>
          {!permissions.raise && (
            <Alert severity="info">
              {t('team.limits.lowerOnly', {
                permission: agentTaskLimitsManagePermission.name,
              })}
            </Alert>
          )}
          {hasConflict && (
            <Alert severity="warning">{t('team.limits.conflict')}</Alert>
          )}
          <div className={classes.fields}>
            {limitFields.map(field => (
              <LimitInput
                key={field}
                id={`${id}-${field}`}
                field={field}
                team={team}
                text={texts[field]}
                problem={problems[field]}
                onChange={setText}
              />
            ))}
            <ReasonField
              className={classes.wide}
              help={t('team.limits.reasonHelp')}
              value={reason}
              onChange={setReason}
              isOneLine
            />
          </div>
          {isTried && count === 0 && (
            <Alert severity="info">{t('team.limits.unchanged')}</Alert>
          )}
          {error && (
            <Alert severity="error">
              {t('team.limits.failed', {
                message: describeError(error).message,
              })}
            </Alert>
          )}
        </DialogContent>
        <DialogActions className={classes.actions}>
          <Button onClick={props.onClose} disabled={isBusy}>
            {t('team.limits.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={isBusy}
            variant="contained"
            color="primary"
          >
            {count === 0
              ? t('team.limits.submitNone')
              : t('team.limits.submit', { count })}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
