import { makeStyles } from '@material-ui/core/styles';
import { Fragment, type ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(88px, max-content) minmax(0, 1fr)',
      gap: theme.spacing(0.75, 2),
      margin: 0,
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
      // Two columns within the second leave no room for words.
      [theme.breakpoints.down('xs')]: {
        '& dl': { gridTemplateColumns: 'minmax(0, 1fr)', rowGap: 0 },
      },
    },
  }),
  { name: 'AgentTasksFacts' },
);

/** Names and values, as a description list; a value that is absent is left out with its name. */
export function Facts(props: { facts: [name: string, value: ReactNode][] }) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {props.facts
        .filter(
          ([, value]) => value !== undefined && value !== '' && value !== false,
        )
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
