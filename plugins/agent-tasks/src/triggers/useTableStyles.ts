import { makeStyles } from '@material-ui/core/styles';
import { blockTable } from '../tables/blockTable';

/** Tables that become blocks on a narrow screen. */
export const useTableStyles = makeStyles(
  theme => ({
    table: blockTable({
      theme,
      upTo: 'sm',
      rules: {
        '& th, & td': {
          height: 'auto',
          padding: theme.spacing(1),
          textAlign: 'left',
          verticalAlign: 'top',
        },
      },
      blockRules: {
        '& td': {
          display: 'grid',
          gridTemplateColumns: '110px minmax(0, 1fr)',
          gap: theme.spacing(0, 1),
        },
      },
    }),
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'AgentTasksTriggerTables' },
);
