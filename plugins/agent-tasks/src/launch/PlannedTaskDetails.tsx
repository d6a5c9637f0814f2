import type { Plan, PlannedTask } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { ActorName } from '../links/ActorName';
import { ComponentLinks } from '../links/ComponentLinks';
import { RepositoryLink } from '../links/RepositoryLink';
import { TeamLink } from '../links/TeamLink';
import { Facts } from '../task/Facts';
import { HoldNote } from '../task/HoldNote';
import { PromptText } from '../task/PromptText';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    prompt: { marginTop: theme.spacing(2) },
    heading: {
      fontSize: theme.typography.body2.fontSize,
      fontWeight: 600,
    },
    gates: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'AgentTasksPlannedTaskDetails' },
);

/** Everything that a plan says of one task: where, whose, by which account, when, through which gates, with which prompt. */
export function PlannedTaskDetails(props: {
  task: PlannedTask;
  plan: Plan;
  /** Shown in place of a prompt that the plan does not hold. */
  withoutPrompt?: ReactNode;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { task, plan } = props;
  const { title, revision } = plan.template;
  return (
    <>
      <Facts
        facts={[
          [
            t('launch.plan.start'),
            task.hold ? (
              <HoldNote hold={task.hold} />
            ) : (
              task.willStart && t('launch.plan.now')
            ),
          ],
          [
            t('launch.plan.repository'),
            <RepositoryLink repository={task.repository} />,
          ],
          [
            t('launch.plan.components'),
            <ComponentLinks components={task.components} />,
          ],
          [t('launch.plan.team'), <TeamLink team={task.team} />],
          [t('launch.plan.agent'), task.provider],
          [
            t('launchPage.plan.identity'),
            t('launchPage.plan.actsFor', {
              account: task.identity.account,
              requester: <ActorName actor={task.identity.requester} />,
            }),
          ],
          [
            t('launchPage.plan.gates'),
            task.gates.length > 0 && (
              <ul className={classes.gates}>
                {task.gates.map(({ gate, text }) => (
                  <li key={gate}>{text}</li>
                ))}
              </ul>
            ),
          ],
          [
            t('launch.stepTemplate'),
            t('launch.plan.revision', {
              template: title,
              revision: String(revision),
            }),
          ],
        ]}
      />
      <div className={classes.prompt}>
        <Typography component="h4" className={classes.heading}>
          {t('prompt.heading')}
        </Typography>
        {task.prompt ? (
          <PromptText prompt={task.prompt} />
        ) : (
          props.withoutPrompt
        )}
      </div>
    </>
  );
}
