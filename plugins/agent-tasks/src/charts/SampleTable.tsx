import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    table: {
      borderCollapse: 'collapse',
      fontSize: theme.typography.caption.fontSize,
      fontVariantNumeric: 'tabular-nums',
      '& th, & td': {
        padding: theme.spacing(0.25, 1),
        textAlign: 'right',
        whiteSpace: 'nowrap',
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& th:first-child': { textAlign: 'left', paddingLeft: 0 },
    },
  }),
  { name: 'AgentTasksSampleTable' },
);

/** Quantities over time as a table: a row for each moment. */
export function SampleTable(props: {
  label: string;
  columns: { key: string; title: string }[];
  /** In the order of the table; with the values in the order of the columns. */
  rows: { at: number; values: (number | undefined)[] }[];
  /** Moments of the same day as this one are told by their time alone; in milliseconds since the epoch. */
  now: number;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const { columns, now } = props;
  return (
    <table className={classes.table} aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t('charts.time')}</th>
          {columns.map(({ key, title }) => (
            <th key={key} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ at, values }) => (
          <tr key={at}>
            <th scope="row">{formatClock({ at, now, locale })}</th>
            {columns.map(({ key }, index) => (
              <td key={key}>{values[index] ?? '–'}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
