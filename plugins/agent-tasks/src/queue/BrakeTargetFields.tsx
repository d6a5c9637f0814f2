import type {
  BrakeList,
  BrakeScope,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { fieldPair } from '../forms/fieldPair';
import { agentTasksTranslationRef } from '../translation';
import { TeamField } from './TeamField';
import type { BrakeTarget, BrakeTargets } from './useBrakeTargets';

const allScopes: BrakeScope[] = [
  'team',
  'template',
  'campaign',
  'provider',
  'portal',
];

const useStyles = makeStyles(theme => ({ pair: fieldPair(theme) }), {
  name: 'AgentTasksBrakeTargetFields',
});

/** Asks what a brake is to be on, of what the person may hold back. */
export function BrakeTargetFields(props: {
  mayPull: BrakeList['mayPull'];
  targets: BrakeTargets;
  value: BrakeTarget;
  onChange: (target: BrakeTarget) => void;
  /** What to say where the target is missing. */
  problem?: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { mayPull, targets, problem } = props;
  const { scope, subject } = props.value;
  const setSubject = (chosen: string | undefined) =>
    props.onChange({ scope, subject: chosen });
  const offered = { provider: targets.providers, template: targets.templates };

  const choose = (chosen: BrakeScope) =>
    props.onChange({
      scope: chosen,
      // Where there is one alone there is nothing to choose.
      subject:
        (chosen === 'provider' || chosen === 'template') &&
        offered[chosen].length === 1
          ? offered[chosen][0].subject
          : undefined,
    });

  return (
    <div className={mayPull.everything ? classes.pair : undefined}>
      {mayPull.everything && (
        <TextField
          id={`${id}-scope`}
          select
          SelectProps={{ native: true }}
          label={t('brake.scope')}
          value={scope}
          onChange={event => choose(event.target.value as BrakeScope)}
          InputLabelProps={{ shrink: true, htmlFor: `${id}-scope` }}
          variant="outlined"
          size="small"
        >
          {allScopes.map(one => (
            <option key={one} value={one}>
              {t(`brake.scopes.${one}`)}
            </option>
          ))}
        </TextField>
      )}
      {scope === 'team' && (
        <TeamField
          label={t('brake.subject.team')}
          teams={mayPull.teams}
          includesCatalog={mayPull.everything}
          value={subject}
          onChange={setSubject}
          problem={problem}
        />
      )}
      {scope === 'campaign' && (
        <TextField
          id={`${id}-campaign`}
          label={t('brake.subject.campaign')}
          value={subject ?? ''}
          onChange={event => setSubject(event.target.value.trim())}
          variant="outlined"
          size="small"
          required
          error={Boolean(problem)}
          helperText={problem ?? t('brake.campaignHelp')}
        />
      )}
      {(scope === 'provider' || scope === 'template') && (
        <TextField
          id={`${id}-subject`}
          select
          SelectProps={{ native: true }}
          label={t(`brake.subject.${scope}`)}
          value={subject ?? ''}
          onChange={event => setSubject(event.target.value || undefined)}
          InputLabelProps={{ shrink: true, htmlFor: `${id}-subject` }}
          variant="outlined"
          size="small"
          required
          error={Boolean(problem)}
          helperText={problem}
        >
          <option value="">{t('brake.choose')}</option>
          {offered[scope].map(one => (
            <option key={one.subject} value={one.subject}>
              {one.title}
            </option>
          ))}
        </TextField>
      )}
    </div>
  );
}
