import { makeStyles } from '@material-ui/core/styles';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { SignInFrame } from './SignInFrame';

const useStyles = makeStyles(theme => ({
  reason: {
    marginBottom: theme.spacing(3),
    overflowWrap: 'anywhere',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(2) },
}));

/** Says why one is not signed in, and what one can do. */
export function SignInError(props: {
  user: string;
  error?: Error;
  onRetry(): void;
  onBack(): void;
}) {
  const classes = useStyles();
  const { user, error, onRetry, onBack } = props;
  // What the backend said stands in the cause; the error itself only says that the request failed.
  const reason = error?.cause instanceof Error ? error.cause : error;
  const isUnknown = reason?.name === 'NotFoundError';
  return (
    <SignInFrame
      title={`Not signed in as ${user}`}
      subtitle={
        isUnknown
          ? 'The catalog has no such user. Just after a start it may not have been read yet: try again in a few seconds.'
          : 'The backend did not answer as it should. While it starts this heals by itself: try again in a few seconds.'
      }
    >
      {reason && (
        <Typography className={classes.reason} role="alert" variant="body2">
          {reason.message}
        </Typography>
      )}
      <div className={classes.actions}>
        <Button variant="contained" color="primary" onClick={onRetry}>
          Try again
        </Button>
        <Button variant="outlined" onClick={onBack}>
          Choose somebody else
        </Button>
      </div>
    </SignInFrame>
  );
}
