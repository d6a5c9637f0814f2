import {
  agentTaskCancelPermission,
  type StartChoice,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { ResolveStartDialog } from './ResolveStartDialog';

const useStyles = makeStyles(
  theme => ({
    choices: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
      gap: theme.spacing(2),
      margin: theme.spacing(1.5, 0, 0),
      padding: 0,
      listStyle: 'none',
    },
    choice: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      gap: theme.spacing(0.75),
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      fontSize: theme.typography.body2.fontSize,
    },
    risk: { color: theme.palette.text.secondary, flexGrow: 1 },
  }),
  { name: 'AgentTasksResolveStart' },
);

/** What a person can decide of a start that could not be decided, each choice with what it does and what it risks. */
export function ResolveStart(props: {
  taskId: string;
  choices: StartChoice[];
  mayResolve: boolean;
  onResolved: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const [chosen, setChosen] = useState<StartChoice>();
  return (
    <>
      <Typography variant="body2">{t('resolve.text')}</Typography>
      <ul className={classes.choices} aria-label={t('resolve.heading')}>
        {props.choices.map(choice => (
          <li key={choice.choice} className={classes.choice}>
            <strong>{t(`resolve.choice.${choice.choice}`)}</strong>
            <span>{choice.effect}</span>
            <span className={classes.risk}>
              {t('resolve.risk', { risk: choice.risk })}
            </span>
            {props.mayResolve && (
              <Button
                variant="outlined"
                size="small"
                aria-haspopup="dialog"
                onClick={() => setChosen(choice)}
              >
                {t(`resolve.button.${choice.choice}`)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!props.mayResolve && (
        <Typography variant="body2" color="textSecondary">
          {t('resolve.forbidden', {
            permission: agentTaskCancelPermission.name,
          })}
        </Typography>
      )}
      {chosen && (
        <ResolveStartDialog
          taskId={props.taskId}
          choice={chosen}
          onClose={() => setChosen(undefined)}
          onResolved={() => {
            setChosen(undefined);
            props.onResolved();
          }}
        />
      )}
    </>
  );
}
