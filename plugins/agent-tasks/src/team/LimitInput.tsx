import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { memo } from 'react';
import { agentTasksTranslationRef } from '../translation';
import {
  isFixed,
  type LimitField,
  type LimitProblem,
  limitRanges,
  usedOf,
} from './limitFields';

/** One limit of the form: how far it goes for this person, what empty means, and what lowering it so far will do. */
export const LimitInput = memo(function LimitInputView(props: {
  id: string;
  field: LimitField;
  team: TeamDetails;
  text: string;
  problem: LimitProblem | undefined;
  onChange: (field: LimitField, text: string) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { field, team, text, problem } = props;
  const fixed = isFixed({ field, mayRaise: team.permissions.raise });
  return (
    <TextField
      id={props.id}
      label={t(`team.limits.field.${field}`)}
      value={text}
      onChange={event => props.onChange(field, event.target.value)}
      disabled={fixed}
      // What it takes to change it can be read nevertheless.
      FormHelperTextProps={{ disabled: false }}
      placeholder={
        placeholderOf(team, field) ??
        t(field === 'cohort' ? 'team.limits.noCohort' : 'team.limits.none')
      }
      error={Boolean(problem)}
      helperText={<LimitHelp {...props} isFixed={fixed} />}
      InputLabelProps={{ shrink: true }}
      inputProps={
        field === 'cohort'
          ? { maxLength: 63 }
          : { inputMode: limitRanges[field].isWhole ? 'numeric' : 'decimal' }
      }
      variant="outlined"
      size="small"
    />
  );
});

function placeholderOf(
  team: TeamDetails,
  field: LimitField,
): string | undefined {
  if (field === 'cohort') {
    return undefined;
  }
  const { from, value, default: standard } = team.settings[field];
  const shown = from === 'default' ? value : standard;
  return shown === undefined ? undefined : String(shown);
}

function LimitHelp(props: {
  field: LimitField;
  team: TeamDetails;
  text: string;
  problem: LimitProblem | undefined;
  isFixed: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { field, team, text, problem } = props;
  if (problem) {
    return <ProblemWords problem={problem} />;
  }
  if (props.isFixed) {
    return <>{t('team.limits.bounds.fixed')}</>;
  }
  const used = usedOf(team, field);
  const wanted = Number(text.trim().replace(',', '.') || NaN);
  if (used !== undefined && used > wanted) {
    return (
      <>
        {t('team.limits.nowUsed', { used: String(used), max: String(wanted) })}
      </>
    );
  }
  const words: string[] = [t(`team.limits.help.${field}`)];
  if (field !== 'cohort') {
    const { value } = team.settings[field];
    const { min, max } = limitRanges[field];
    if (!team.permissions.raise && value !== undefined) {
      words.push(t('team.limits.bounds.atMost', { max: String(value) }));
    } else {
      words.push(
        t('team.limits.bounds.between', {
          min: min.toLocaleString(),
          max: max.toLocaleString(),
        }),
      );
    }
    const standard = placeholderOf(team, field);
    words.push(
      t('team.limits.bounds.empty', {
        value:
          standard === undefined
            ? t('team.limits.bounds.emptyNone')
            : t('team.limits.bounds.emptyDefault', { value: standard }),
      }),
    );
  }
  return <>{words.join(' ')}</>;
}

function ProblemWords(props: { problem: LimitProblem }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { problem } = props;
  switch (problem.kind) {
    case 'range':
      return (
        <>
          {t('team.limits.problem.range', {
            min: problem.min.toLocaleString(),
            max: problem.max.toLocaleString(),
          })}
        </>
      );
    case 'raised':
      return (
        <>{t('team.limits.problem.raised', { max: String(problem.max) })}</>
      );
    default:
      return <>{t(`team.limits.problem.${problem.kind}`)}</>;
  }
}
