import { makeStyles } from '@material-ui/core/styles';

/** Tables that become blocks on a narrow screen. */
export const useTableStyles = makeStyles(
  theme => ({
    table: {
      width: '100%',
      borderCollapse: 'collapse',
      fontVariantNumeric: 'tabular-nums',
      '& th': {
        fontSize: theme.typography.caption.fontSize,
        fontWeight: 600,
        color: theme.palette.text.secondary,
        whiteSpace: 'nowrap',
      },
      '& th, & td': {
        padding: theme.spacing(1, 1),
        borderBottom: `1px solid ${theme.palette.divider}`,
        textAlign: 'left',
        verticalAlign: 'top',
      },
      '& tr > :first-child': { paddingLeft: 0 },
      '& tr > :last-child': { paddingRight: 0 },
      '& tbody tr:last-child td': { borderBottom: 0 },
      [theme.breakpoints.down('sm')]: {
        '&, & tbody, & tr': { display: 'block' },
        '& thead': { display: 'none' },
        '& td': {
          display: 'grid',
          gridTemplateColumns: '110px minmax(0, 1fr)',
          gap: theme.spacing(0, 1),
          border: 0,
          padding: theme.spacing(0.25, 0),
        },
        '& td[data-label]::before': {
          content: 'attr(data-label)',
          color: theme.palette.text.secondary,
        },
        '& td:first-child': { display: 'block' },
        '& tbody tr': {
          padding: theme.spacing(1.25, 0),
          borderBottom: `1px solid ${theme.palette.divider}`,
        },
      },
    },
    note: {
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'AgentTasksTriggerTables' },
);
