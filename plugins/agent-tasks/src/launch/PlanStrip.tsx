import type { Plan, PlanMoment } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { type ReactNode, useId, useState } from 'react';
import { TeamLink } from '../links/TeamLink';
import { Pages } from '../queue/Pages';
import { UsageBullet } from '../team/UsageBullet';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

/** Teams in sight before one asks for all. */
const SHOWN_TEAMS = 3;

const TEAMS_PER_PAGE = 10;

const useStyles = makeStyles(
  theme => ({
    numbers: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 4),
      margin: 0,
      '& > div': { display: 'flex', flexDirection: 'column-reverse' },
      '& dt': {
        color: theme.palette.text.secondary,
        fontSize: theme.typography.caption.fontSize,
      },
      '& dd': {
        margin: 0,
        fontSize: theme.typography.h6.fontSize,
        lineHeight: 1.3,
        fontVariantNumeric: 'tabular-nums',
      },
    },
    stale: { opacity: 0.55 },
    frame: { overflowX: 'auto', marginTop: theme.spacing(1) },
    teams: {
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      '& th': {
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        padding: theme.spacing(0.5, 2, 0.5, 0),
        textAlign: 'right',
      },
      '& tr > :first-child': { textAlign: 'left' },
    },
    over: { fontWeight: 600 },
  }),
  { name: 'AgentTasksPlanStrip' },
);

type PlannedTeam = Plan['summary']['teams'][number];

/** What a launch amounts to: how much, whose review time, from when to when. */
export function PlanStrip(props: { plan: Plan; isStale: boolean }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { summary } = props.plan;
  const minutes = summary.teams.reduce(
    (sum, one) => sum + one.reviewMinutes,
    0,
  );
  const numbers: [string, ReactNode][] = [
    [t('launchPage.strip.repositories'), summary.repositories],
    [t('launchPage.strip.teams'), summary.teams.length],
    [
      t('launchPage.strip.minutes'),
      t('launchPage.strip.minutesValue', { minutes: String(minutes) }),
    ],
    [
      t('launchPage.strip.firstStart'),
      <Moment moment={summary.firstStart} none={summary.tasks === 0} />,
    ],
    [
      t('launchPage.strip.lastStart'),
      <Moment moment={summary.lastStart} none={summary.tasks === 0} />,
    ],
    ...(summary.lastReview
      ? [
          [
            t('launchPage.strip.lastReview'),
            <Moment moment={summary.lastReview} />,
          ] as [string, ReactNode],
        ]
      : []),
  ];
  return (
    <div className={classNames({ [classes.stale]: props.isStale })}>
      <dl className={classes.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {summary.teams.length > 0 && <TeamTable teams={summary.teams} />}
    </div>
  );
}

function Moment(props: { moment?: PlanMoment; none?: boolean }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { moment } = props;
  if (props.none) {
    return <>–</>;
  }
  return (
    <span title={moment?.assumption}>
      {moment?.at ? (
        <RelativeTime at={moment.at} />
      ) : (
        t('launchPage.strip.unknown')
      )}
    </span>
  );
}

/** What is asked of each team, beside what it has. */
function TeamTable(props: { teams: PlannedTeam[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const [isAll, setAll] = useState(false);
  const { teams } = props;
  const table = (rows: PlannedTeam[]) => (
    <div className={classes.frame}>
      <table
        id={id}
        className={classes.teams}
        aria-label={t('launchPage.strip.table')}
      >
        <thead>
          <tr>
            <th scope="col">{t('launch.plan.team')}</th>
            <th scope="col">{t('launchPage.strip.tasks')}</th>
            <th scope="col">{t('launchPage.strip.asked')}</th>
            <th scope="col">{t('launchPage.strip.budget')}</th>
            <th scope="col">{t('launchPage.strip.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(one => (
            <TeamRow key={one.team} team={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
  return (
    <>
      {isAll ? (
        <Pages label={t('team.pages')} items={teams} perPage={TEAMS_PER_PAGE}>
          {table}
        </Pages>
      ) : (
        table(teams.slice(0, SHOWN_TEAMS))
      )}
      {teams.length > SHOWN_TEAMS && (
        <Button
          size="small"
          aria-expanded={isAll}
          aria-controls={id}
          onClick={() => setAll(!isAll)}
        >
          {isAll
            ? t('action.showLess')
            : t('launchPage.strip.allTeams', { count: teams.length })}
        </Button>
      )}
    </>
  );
}

function TeamRow(props: { team: PlannedTeam }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team, tasks, reviewMinutes, minutesBudget, openChanges } = props.team;
  const isOver =
    minutesBudget !== undefined &&
    minutesBudget.used + reviewMinutes > minutesBudget.max;
  return (
    <tr>
      <td>
        <TeamLink team={team} />
      </td>
      <td>{tasks}</td>
      <td className={classNames({ [classes.over]: isOver })}>
        {t('launchPage.strip.minutesValue', { minutes: String(reviewMinutes) })}
        {isOver && ` · ${t('launchPage.strip.over')}`}
      </td>
      <td>
        {minutesBudget ? (
          <UsageBullet usage={minutesBudget} />
        ) : (
          t('launchPage.strip.noLimit')
        )}
      </td>
      <td>
        {openChanges ? (
          <UsageBullet usage={openChanges} />
        ) : (
          t('launchPage.strip.noLimit')
        )}
      </td>
    </tr>
  );
}
