import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { Persona } from './personas';

const useStyles = makeStyles(theme => ({
  root: {
    height: '100%',
    boxSizing: 'border-box',
    padding: theme.spacing(2.5),
    display: 'flex',
    flexDirection: 'column',
  },
  title: {
    fontSize: theme.typography.pxToRem(16),
    fontWeight: 600,
    margin: 0,
  },
  team: { color: theme.palette.text.secondary },
  intro: { marginTop: theme.spacing(2), fontWeight: 600 },
  may: {
    flexGrow: 1,
    margin: theme.spacing(0.5, 0, 3),
    paddingLeft: theme.spacing(2.5),
    '& li + li': { marginTop: theme.spacing(0.5) },
  },
}));

/** A persona, what it may do, and the button to be it. */
export function PersonaCard(props: {
  persona: Persona;
  onChoose(user: string): void;
}) {
  const classes = useStyles();
  const { persona, onChoose } = props;
  const id = useId();
  return (
    <Paper variant="outlined" className={classes.root}>
      <h2 className={classes.title}>
        {persona.role} – {persona.displayName}
      </h2>
      <Typography variant="body2" className={classes.team}>
        {persona.team}
      </Typography>
      <Typography id={`${id}-may`} variant="body2" className={classes.intro}>
        {persona.displayName.split(' ')[0]} may
      </Typography>
      <ul id={id} className={classes.may} aria-labelledby={`${id}-may`}>
        {persona.may.map(what => (
          <Typography key={what} component="li" variant="body2">
            {what}
          </Typography>
        ))}
      </ul>
      <Button
        variant="contained"
        color="primary"
        fullWidth
        aria-describedby={id}
        onClick={() => onChoose(persona.user)}
      >
        Sign in as {persona.displayName}
      </Button>
    </Paper>
  );
}
