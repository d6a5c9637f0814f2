import { agentTaskCreatePermission } from '@agent-tasks/plugin-agent-tasks-common';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId, useState } from 'react';
import { LaunchDrawer } from '../launch/LaunchDrawer';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-end',
    },
    why: {
      maxWidth: 420,
      marginTop: theme.spacing(0.5),
      textAlign: 'right',
    },
  }),
  { name: 'AgentTasksLaunchButton' },
);

/** Opens the drawer that launches; where that is not allowed it says why and who can change it. */
export function LaunchButton(props: {
  entity: Entity;
  size?: 'small' | 'medium';
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const entityRef = stringifyEntityRef(props.entity);
  const permission = usePermission({
    permission: agentTaskCreatePermission,
    resourceRef: entityRef,
  });
  // When the decision itself fails, the plan still says who may: the backend decides again.
  const isForbidden =
    !permission.loading && !permission.allowed && !permission.error;
  return (
    <div className={classes.root}>
      <Button
        variant="contained"
        color="primary"
        size={props.size}
        disabled={permission.loading || isForbidden}
        aria-describedby={isForbidden ? id : undefined}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('component.launch')}
      </Button>
      {isForbidden && (
        <Typography
          id={id}
          variant="caption"
          component="p"
          color="textSecondary"
          className={classes.why}
        >
          {t('component.launchForbidden', {
            permission: agentTaskCreatePermission.name,
          })}
        </Typography>
      )}
      <LaunchDrawer
        component={entityRef}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
      />
    </div>
  );
}
