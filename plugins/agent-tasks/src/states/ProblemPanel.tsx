import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(4, 3),
      maxWidth: 720,
    },
    action: { marginTop: theme.spacing(2) },
    line: { marginTop: theme.spacing(1), overflowWrap: 'anywhere' },
  }),
  { name: 'AgentTasksProblemPanel' },
);

/** What there is to say in place of content: nothing yet, a failure, or no permission. */
export function ProblemPanel(props: {
  title: string;
  lines: ReactNode[];
  /** An alert is read out at once; `status` when the reader has a moment. */
  role: 'alert' | 'status';
  action?: { label: string; onClick: () => void };
  link?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <Paper className={classes.root} variant="outlined" role={props.role}>
      <Typography variant="h6" component="h2">
        {props.title}
      </Typography>
      {props.lines.map((line, index) => (
        <Typography
          key={index}
          variant="body1"
          color="textSecondary"
          className={classes.line}
        >
          {line}
        </Typography>
      ))}
      {props.action && (
        <Button
          className={classes.action}
          variant="outlined"
          color="primary"
          onClick={props.action.onClick}
        >
          {props.action.label}
        </Button>
      )}
      {props.link && <div className={classes.action}>{props.link}</div>}
    </Paper>
  );
}
