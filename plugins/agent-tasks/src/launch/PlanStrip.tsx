import type { Plan, PlanMoment } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { type ReactNode, useId, useState } from 'react';
import { TeamLink } from '../links/TeamLink';
import { Pages } from '../queue/Pages';
import { cell as plainCell, rowGroup } from '../tables/tableRoles';
import { UsageBullet } from '../team/UsageBullet';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

/** Teams in sight before one asks for all. */
const SHOWN_TEAMS = 3;

const TEAMS_PER_PAGE = 10;

const columns = ['team', 'tasks', 'asked', 'budget', 'changes'] as const;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(1.5, 4),
      padding: theme.spacing(1.5, 2),
      marginBottom: theme.spacing(2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
      [theme.breakpoints.up('md')]: { minHeight: 112 },
    },
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
        padding: theme.spacing(0.125, 0, 0.125, 2),
        textAlign: 'right',
      },
      '& tr > :first-child': { paddingLeft: 0, textAlign: 'left' },
      [theme.breakpoints.down('xs')]: {
        '&, & tbody, & tr': { display: 'block' },
        '& thead': { display: 'none' },
        '& td': {
          display: 'flex',
          justifyContent: 'space-between',
          gap: theme.spacing(2),
          padding: theme.spacing(0.25, 0),
        },
        '& td[data-label]::before': {
          content: 'attr(data-label)',
          color: theme.palette.text.secondary,
        },
        '& tbody tr': {
          padding: theme.spacing(1, 0),
          borderTop: `1px solid ${theme.palette.divider}`,
        },
      },
    },
    over: { fontWeight: 600 },
  }),
  { name: 'AgentTasksPlanStrip' },
);

type PlannedTeam = Plan['summary']['teams'][number];

/** What a launch amounts to: how much, whose review time, from when to when. */
export function PlanStrip(props: {
  /** Absent as long as nothing is planned. */
  plan: Plan | undefined;
  isStale: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const summary = props.plan?.summary;
  const teams = summary?.teams ?? [];
  const minutes = teams.reduce((sum, one) => sum + one.reviewMinutes, 0);
  const numbers: [string, ReactNode][] = [
    [t('launchPage.strip.repositories'), summary?.repositories ?? '–'],
    [t('launchPage.strip.teams'), summary ? teams.length : '–'],
    [
      t('launchPage.strip.minutes'),
      summary
        ? t('launchPage.strip.minutesValue', { minutes: String(minutes) })
        : '–',
    ],
    [
      t('launchPage.strip.firstStart'),
      <Moment moment={summary?.firstStart} none={!summary?.tasks} />,
    ],
    [
      t('launchPage.strip.lastStart'),
      <Moment moment={summary?.lastStart} none={!summary?.tasks} />,
    ],
    ...(summary?.lastReview
      ? [
          [
            t('launchPage.strip.lastReview'),
            <Moment moment={summary.lastReview} />,
          ] as [string, ReactNode],
        ]
      : []),
  ];
  return (
    <section
      aria-label={t('launchPage.strip.heading')}
      className={classNames(classes.root, { [classes.stale]: props.isStale })}
    >
      <dl className={classes.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {teams.length > 0 && (
        <div>
          <TeamTable teams={teams} />
        </div>
      )}
    </section>
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
    <table
      id={id}
      role="table"
      className={classes.teams}
      aria-label={t('launchPage.strip.table')}
    >
      <thead {...rowGroup}>
        <tr role="row">
          {columns.map(column => (
            <th key={column} role="columnheader" scope="col">
              {t(`launchPage.strip.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...rowGroup}>
        {rows.map(one => (
          <TeamRow key={one.team} team={one} />
        ))}
      </tbody>
    </table>
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
  const cell = (column: (typeof columns)[number]) => ({
    ...plainCell,
    'data-label': t(`launchPage.strip.${column}`),
  });
  return (
    <tr role="row">
      <td {...plainCell}>
        <TeamLink team={team} />
      </td>
      <td {...cell('tasks')}>{tasks}</td>
      <td {...cell('asked')}>
        <span className={classNames({ [classes.over]: isOver })}>
          {t('launchPage.strip.minutesValue', {
            minutes: String(reviewMinutes),
          })}
          {isOver && ` · ${t('launchPage.strip.over')}`}
        </span>
      </td>
      <td {...cell('budget')}>
        {minutesBudget ? (
          <UsageBullet usage={minutesBudget} />
        ) : (
          t('launchPage.strip.noLimit')
        )}
      </td>
      <td {...cell('changes')}>
        {openChanges ? (
          <UsageBullet usage={openChanges} />
        ) : (
          t('launchPage.strip.noLimit')
        )}
      </td>
    </tr>
  );
}
