import {
  agentTaskTemplateReadPermission,
  type TeamDetails,
} from '@agent-tasks/plugin-agent-tasks-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { TeamLink } from '../links/TeamLink';
import { nameOfEntity } from '../queue/useTeamTitles';
import { ResourceView } from '../states/ResourceView';
import { Surface } from '../Surface';
import { StateLabel } from '../tasks/StateLabel';
import { agentTasksTranslationRef } from '../translation';
import { ForeignChangeList } from './ForeignChangeList';
import { PauseNote } from './PauseNote';
import { RunSlots } from './RunSlots';
import { TeamActions } from './TeamActions';
import { TeamBudget } from './TeamBudget';
import { useTeam } from './useTeam';

/** A card has room for so many of each. */
const SHOWN = 3;

const useStyles = makeStyles(
  theme => ({
    part: {
      marginTop: theme.spacing(2),
      '& h3': {
        margin: theme.spacing(0, 0, 0.5),
        fontSize: theme.typography.body2.fontSize,
        fontWeight: 600,
      },
    },
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li': {
        display: 'flex',
        flexWrap: 'wrap',
        justifyContent: 'space-between',
        gap: theme.spacing(0, 2),
        padding: theme.spacing(0.5, 0),
        overflowWrap: 'anywhere',
      },
    },
    foot: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      marginTop: theme.spacing(2),
    },
  }),
  { name: 'AgentTasksReviewBudgetCard' },
);

/** The card on a group's page: its review budget, who takes it up, what it borrows and lends, and pausing its intake. */
export function EntityReviewBudgetCard() {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { entity } = useEntity();
  const resource = useTeam(stringifyEntityRef(entity));
  return (
    <EntityInfoCard title={t('team.card.title')}>
      <Surface>
        <ResourceView
          resource={resource}
          what="team"
          permission={agentTaskTemplateReadPermission.name}
          skeleton={
            <>
              <Skeleton height={48} />
              <Skeleton height={48} />
              <Skeleton width="60%" />
            </>
          }
        >
          {team => <Budget team={team} onChanged={resource.refresh} />}
        </ResourceView>
      </Surface>
    </EntityInfoCard>
  );
}

function Budget(props: { team: TeamDetails; onChanged: () => void }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team, onChanged } = props;
  const title = team.title ?? nameOfEntity(team.team);
  const rest = team.slotsTotal - Math.min(SHOWN, team.slots.length);
  return (
    <>
      <PauseNote team={team} onResumed={onChanged} />
      <TeamBudget team={team} />
      <div className={classes.part}>
        <RunSlots team={team} />
      </div>
      {team.slotsTotal > 0 && (
        <section className={classes.part} aria-label={t('team.card.slots')}>
          <h3>{t('team.card.slots')}</h3>
          <ul className={classes.list}>
            {team.slots.slice(0, SHOWN).map(slot => (
              <li key={slot.task}>
                <TaskLink taskId={slot.task}>
                  {slot.template} ·{' '}
                  {repositoryName({ repositoryRef: slot.repository })}
                </TaskLink>
                <StateLabel state={slot.state} />
              </li>
            ))}
          </ul>
          {rest > 0 && (
            <Typography variant="body2" color="textSecondary">
              {t('team.card.rest', { count: rest })}
            </Typography>
          )}
        </section>
      )}
      {team.foreignChangesTotal > 0 && (
        <section className={classes.part} aria-label={t('team.card.foreign')}>
          <h3>{t('team.card.foreign')}</h3>
          <ForeignChangeList team={team} perPage={SHOWN} isBrief />
        </section>
      )}
      <div className={classes.foot}>
        <TeamLink team={team.team}>{t('team.card.more')}</TeamLink>
        <TeamActions team={team} title={title} onChanged={onChanged} />
      </div>
    </>
  );
}
