import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { FormEvent, useState } from 'react';
import { PersonaCard } from './PersonaCard';
import { personas } from './personas';

const useStyles = makeStyles(theme => ({
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  other: { marginTop: theme.spacing(3), padding: theme.spacing(2, 3, 3) },
  otherTitle: {
    fontSize: theme.typography.pxToRem(16),
    fontWeight: 600,
    margin: theme.spacing(1, 0, 2),
  },
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  field: { flex: '1 1 240px', maxWidth: 420 },
}));

/** The personas as cards, and a field for any other user of the catalog. */
export function PersonaChoice(props: { onChoose(user: string): void }) {
  const classes = useStyles();
  const [other, setOther] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onChoose(other.trim());
  };
  return (
    <>
      <ul className={classes.cards} aria-label="Personas">
        {personas.map(persona => (
          <li key={persona.user}>
            <PersonaCard persona={persona} onChoose={props.onChoose} />
          </li>
        ))}
      </ul>
      <Paper variant="outlined" className={classes.other}>
        <h2 className={classes.otherTitle}>Somebody else</h2>
        <form className={classes.form} onSubmit={submit}>
          <TextField
            id="persona-other"
            className={classes.field}
            label="User of the catalog"
            helperText="A name such as marco, or an entity ref"
            variant="outlined"
            size="small"
            value={other}
            onChange={event => setOther(event.target.value)}
            inputProps={{ autoCapitalize: 'none', spellCheck: false }}
          />
          <Button
            type="submit"
            variant="outlined"
            color="primary"
            disabled={!other.trim()}
          >
            Sign in
          </Button>
        </form>
      </Paper>
    </>
  );
}
