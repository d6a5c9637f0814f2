import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      marginBottom: theme.spacing(2),
      overflowWrap: 'anywhere',
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
    },
    heading: {
      fontSize: theme.typography.body1.fontSize,
      fontWeight: 600,
      marginBottom: theme.spacing(1),
    },
  }),
  { name: 'AgentTasksPanel' },
);

/** A part of a page with its heading. */
export function Panel(props: {
  heading: string;
  /** What stands beside the heading, such as a choice. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-labelledby={id}
    >
      <div className={classes.head}>
        <Typography
          id={id}
          component="h3"
          variant="h6"
          className={classes.heading}
        >
          {props.heading}
        </Typography>
        {props.action}
      </div>
      {props.children}
    </Paper>
  );
}
