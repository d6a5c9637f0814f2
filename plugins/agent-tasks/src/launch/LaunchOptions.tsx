import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../translation';
import {
  launchPriorities,
  type LaunchParameters,
  type LaunchPriority,
  type WaveMode,
  waveModes,
} from './launchParameters';
import { parseWaves } from './parseWaves';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      margin: theme.spacing(2, 0, 0),
      padding: 0,
      border: 0,
      minWidth: 0,
      '& legend': {
        padding: 0,
        marginBottom: theme.spacing(1),
        fontWeight: 600,
      },
    },
  }),
  { name: 'AgentTasksLaunchOptions' },
);

type Options = Pick<LaunchParameters, 'priority' | 'waves' | 'waveMode'>;

/** How urgent the tasks are, and in which waves they go; where nothing is chosen, as the template has it. */
export function LaunchOptions(props: {
  options: Options;
  rollout: Template['rollout'];
  onChange: (update: Partial<Options>) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { options, rollout, onChange } = props;
  const waves = parseWaves(options.waves);
  const own = rollout?.waves?.length
    ? t('launchPage.wavesOwn', { waves: rollout.waves.join(', ') })
    : t('launchPage.wavesNone');
  const hasWaves =
    options.waves.trim() !== '' || (rollout?.waves?.length ?? 0) > 1;
  return (
    <fieldset className={classes.root}>
      <legend>{t('launchPage.options')}</legend>
      <TextField
        id={`${id}-priority`}
        select
        SelectProps={{ native: true }}
        label={t('launchPage.priority')}
        helperText={t('launchPage.priorityHelp')}
        value={options.priority ?? ''}
        onChange={event =>
          onChange({
            priority: (event.target.value || undefined) as
              LaunchPriority | undefined,
          })
        }
        InputLabelProps={{ shrink: true, htmlFor: `${id}-priority` }}
        variant="outlined"
        size="small"
      >
        <option value="">{t('launchPage.priorityOwn')}</option>
        {launchPriorities.map(one => (
          <option key={one} value={one}>
            {t(`launchPage.priorityOf.${one}`)}
          </option>
        ))}
      </TextField>
      <TextField
        id={`${id}-waves`}
        label={t('launchPage.waves')}
        helperText={
          'problem' in waves
            ? t(`launchPage.wavesProblem.${waves.problem}`)
            : t('launchPage.wavesHelp', { own })
        }
        error={'problem' in waves}
        value={options.waves}
        onChange={event => onChange({ waves: event.target.value })}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
      />
      {hasWaves && (
        <TextField
          id={`${id}-mode`}
          select
          SelectProps={{ native: true }}
          label={t('launchPage.goOn')}
          value={options.waveMode ?? ''}
          onChange={event =>
            onChange({
              waveMode: (event.target.value || undefined) as
                WaveMode | undefined,
            })
          }
          InputLabelProps={{ shrink: true, htmlFor: `${id}-mode` }}
          variant="outlined"
          size="small"
        >
          <option value="">{t('launchPage.goOnOwn')}</option>
          {waveModes.map(one => (
            <option key={one} value={one}>
              {t(`launchPage.goOnOf.${one}`)}
            </option>
          ))}
        </TextField>
      )}
    </fieldset>
  );
}
