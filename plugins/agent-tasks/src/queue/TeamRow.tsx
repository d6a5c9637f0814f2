import type { Queue, QueueTeam } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useDeferredValue, useId, useState } from 'react';
import { TeamLink } from '../links/TeamLink';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { Bullet } from './Bullet';
import { HoldBar } from './HoldBar';
import { countByReason, waitsForReview } from './holdReasons';
import { ShareBar } from './ShareBar';
import type { TeamColumn } from './TeamTable';
import type { BrakeTargets } from './useBrakeTargets';
import { WhyPanel } from './WhyPanel';

const useStyles = makeStyles(
  theme => ({
    muted: { color: theme.palette.text.secondary },
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
      lineHeight: 1.2,
      textAlign: 'right',
    },
    why: { minWidth: 0 },
  }),
  { name: 'AgentTasksTeamRow' },
);

/** A team of the queue, which can be opened to say why its tasks wait. */
export function TeamRow(props: {
  team: QueueTeam;
  title: string;
  /** The queue that a bar of full width stands for. */
  longest: number;
  /** The share of slots that a bar of full width stands for. */
  largestShare: number;
  /** How many columns there are. */
  columns: number;
  queue: Queue;
  targets: BrakeTargets;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  // The button answers at once, and what it opens follows.
  const isShown = useDeferredValue(isOpen);
  const { team, title } = props;
  const cell = (column: TeamColumn | 'panel') => ({
    role: 'cell',
    'data-column': column,
    style: { gridArea: column },
  });
  const labelled = (column: TeamColumn) => ({
    ...cell(column),
    // The narrow layout has no head row in sight and names the values itself.
    'data-label': t(`queue.column.${column}`),
  });
  return (
    <>
      <tr role="row" data-open={isOpen}>
        <td {...cell('team')}>
          <TeamLink team={team.team} />
        </td>
        <td {...labelled('queued')}>{team.queued}</td>
        <td {...cell('holds')}>
          {team.queued > 0 && (
            <HoldBar
              team={team.team}
              title={title}
              queued={team.queued}
              held={countByReason({ holds: [team.holds] })}
              longest={props.longest}
            />
          )}
        </td>
        <td {...labelled('oldest')}>
          {team.oldestQueuedAt ? (
            <RelativeTime at={team.oldestQueuedAt} />
          ) : (
            <span className={classes.muted}>–</span>
          )}
        </td>
        <td {...labelled('share')}>
          <ShareBar team={team} longest={props.largestShare} />
        </td>
        <td {...labelled('running')}>
          <span>
            <Bullet slots={team.running} />
            {team.borrowed > 0 && (
              <div className={classes.note}>
                {t('queue.share.borrowed', { count: team.borrowed })}
              </div>
            )}
            {team.lent > 0 && (
              <div className={classes.note}>
                {t('queue.share.lent', { count: team.lent })}
              </div>
            )}
          </span>
        </td>
        <td {...labelled('changes')}>
          <Bullet
            slots={team.changes}
            // Red is for what needs a person now: somebody has to review so that a task can start.
            isUrgent={waitsForReview(team.holds)}
          />
        </td>
        <td {...cell('why')}>
          {team.queued > 0 && (
            <Button
              size="small"
              className={classes.why}
              aria-expanded={isOpen}
              aria-controls={isShown ? id : undefined}
              aria-label={t('queue.whyOf', { team: title })}
              onClick={() => setOpen(!isOpen)}
            >
              {t('queue.why')}
            </Button>
          )}
        </td>
      </tr>
      {isShown && (
        <tr role="row" id={id}>
          <td {...cell('panel')} colSpan={props.columns}>
            <WhyPanel
              team={team}
              title={title}
              queue={props.queue}
              targets={props.targets}
            />
          </td>
        </tr>
      )}
    </>
  );
}
