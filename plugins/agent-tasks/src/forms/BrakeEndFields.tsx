import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { type BrakeEnd, brakeEnds } from './brakeEnd';
import { fieldPair } from './fieldPair';
import type { BrakeEndChoice } from './useBrakeEnd';

const useStyles = makeStyles(theme => ({ pair: fieldPair(theme) }), {
  name: 'AgentTasksBrakeEndFields',
});

/** Asks until when: a time from now, a moment of one's own, or until somebody ends it. */
export function BrakeEndFields(props: {
  choice: BrakeEndChoice;
  /** What somebody does in the end where no time is chosen. */
  ending: 'released' | 'resumed';
  /** Whether a moment that is wrong is told, and whether it is marked as wrong too. */
  problem?: 'told' | 'marked';
  /** Side by side on a wide screen; otherwise one below the other, in the layout around them. */
  isPaired?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { choice, ending, problem } = props;
  const fields = (
    <>
      <TextField
        id={`${id}-end`}
        select
        SelectProps={{ native: true }}
        label={t('brake.end')}
        value={choice.end}
        onChange={event => choice.setEnd(event.target.value as BrakeEnd)}
        InputLabelProps={{ shrink: true, htmlFor: `${id}-end` }}
        variant="outlined"
        size="small"
      >
        {brakeEnds.map(one => (
          <option key={one} value={one}>
            {t(`brake.endChoice.${one === 'released' ? ending : one}`)}
          </option>
        ))}
      </TextField>
      {choice.end === 'moment' && (
        <TextField
          id={`${id}-moment`}
          type="datetime-local"
          label={t('brake.moment')}
          value={choice.moment}
          onChange={event => choice.setMoment(event.target.value)}
          InputLabelProps={{ shrink: true }}
          variant="outlined"
          size="small"
          required
          error={problem === 'marked'}
          helperText={problem && t('brake.momentInvalid')}
        />
      )}
    </>
  );
  return props.isPaired ? <div className={classes.pair}>{fields}</div> : fields;
}
