import type { AccountHealth } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import classNames from 'classnames';
import { memo } from 'react';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { RateTrail } from './RateTrail';
import type { BrakeTargets } from './useBrakeTargets';
import { useRateTrails } from './useRateTrails';

const useStyles = makeStyles(
  theme => ({
    scroll: { overflowX: 'auto' },
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      '& th': {
        textAlign: 'left',
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        height: 40,
        padding: theme.spacing(0.5, 2, 0.5, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
        overflowWrap: 'anywhere',
      },
      '& tbody th': {
        fontSize: 'inherit',
        fontWeight: 'inherit',
        color: 'inherit',
      },
      '& tbody tr:last-child > *': { borderBottom: 0 },
      [theme.breakpoints.down('xs')]: {
        '&, & tbody, & tr, & td, & tbody th': { display: 'block' },
        '& thead': { display: 'none' },
        '& th, & td': { height: 'auto', border: 0 },
        '& tbody tr': {
          padding: theme.spacing(1, 0),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
        '& td::before': {
          content: 'attr(data-label)',
          display: 'block',
          fontSize: theme.typography.caption.fontSize,
          color: theme.palette.text.secondary,
        },
      },
    },
    muted: { color: theme.palette.text.secondary },
    person: { color: theme.palette.error.main, fontWeight: 600 },
    rate: {
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0, 1),
    },
  }),
  { name: 'AgentTasksAccountTable' },
);

/** How the accounts at the agents are: what they have left to use, whether they are slowed down, their breaker. */
export const AccountTable = memo(function AccountTableView(props: {
  accounts: AccountHealth[];
  targets: BrakeTargets;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { accounts, targets } = props;
  const trailOf = useRateTrails(accounts);
  if (accounts.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('queue.accounts.none')}
      </Typography>
    );
  }
  const label = (
    column: 'left' | 'rate' | 'breaker' | 'lastError',
  ): { 'data-label': string } => ({
    'data-label': t(`queue.accounts.${column}`),
  });
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('queue.accounts.table')}>
        <thead>
          <tr>
            {(['account', 'left', 'rate', 'breaker', 'lastError'] as const).map(
              column => (
                <th key={column} scope="col">
                  {t(`queue.accounts.${column}`)}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {accounts.map(account => (
            <tr key={`${account.provider} ${account.account}`}>
              <th scope="row">
                {account.account}{' '}
                <div className={classes.muted}>
                  {targets.describe({
                    scope: 'provider',
                    subject: account.provider,
                  })}
                </div>
              </th>
              <td {...label('left')}>
                <Left account={account} />
              </td>
              <td {...label('rate')}>
                <span className={classes.rate}>
                  <RateTrail trail={trailOf(account)} />
                  {account.factor >= 1
                    ? t('queue.accounts.fullRate')
                    : t('queue.accounts.slowed', {
                        percent: String(Math.round(account.factor * 100)),
                      })}
                </span>
              </td>
              <td {...label('breaker')}>
                <span
                  className={classNames({
                    [classes.person]: account.breaker.state === 'open',
                  })}
                >
                  {t(`queue.accounts.breakerState.${account.breaker.state}`)}
                </span>{' '}
                {account.breaker.until &&
                  t('queue.accounts.until', {
                    time: <RelativeTime at={account.breaker.until} />,
                  })}
                {account.blockedUntil && (
                  <div className={classes.muted}>
                    {t('queue.accounts.blocked', {
                      time: <RelativeTime at={account.blockedUntil} />,
                    })}
                  </div>
                )}
              </td>
              <td {...label('lastError')}>
                {account.lastError ? (
                  <>
                    {account.lastError.message}{' '}
                    <span className={classes.muted}>
                      <RelativeTime at={account.lastError.at} />
                    </span>
                  </>
                ) : (
                  <span className={classes.muted}>
                    {t('queue.accounts.noError')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

function Left(props: { account: AccountHealth }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { startsLeftThisMinute, contentLeftThisHour } = props.account;
  if (startsLeftThisMinute === undefined && contentLeftThisHour === undefined) {
    return (
      <span className={classes.muted}>{t('queue.accounts.unlimited')}</span>
    );
  }
  return (
    <>
      {startsLeftThisMinute !== undefined && (
        <div>
          {t('queue.accounts.startsLeft', { count: startsLeftThisMinute })}
        </div>
      )}
      {contentLeftThisHour !== undefined && (
        <div>
          {t('queue.accounts.contentLeft', { count: contentLeftThisHour })}
        </div>
      )}
    </>
  );
}
