import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useEffect, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { auditAreas } from './auditAreas';
import {
  type AuditFilterValues,
  isNarrowed,
  isSubject,
} from './useAuditParameters';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns:
        'minmax(0, 3fr) minmax(0, 3fr) minmax(0, 2fr) 165px 165px',
      alignItems: 'start',
      gap: theme.spacing(1.5),
      marginBottom: theme.spacing(2),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
        // The days beside each other, below the rest.
        '& > :nth-child(3)': { gridColumn: 'span 2' },
      },
      [theme.breakpoints.down('xs')]: {
        '& > :nth-child(-n+3)': { gridColumn: 'span 2' },
      },
    },
    clear: { justifySelf: 'start' },
  }),
  { name: 'AgentTasksAuditFilters' },
);

/** Narrows the audit: by what it is about, who did it, one task or campaign, and days. */
export function AuditFilters(props: {
  filters: AuditFilterValues;
  /** Actors to choose from: any other one may be typed. */
  actors: string[];
  onChange: (filters: Partial<AuditFilterValues>) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { filters, onChange } = props;

  return (
    <div role="search" aria-label={t('audit.filters')} className={classes.root}>
      <Autocomplete
        multiple
        size="small"
        limitTags={2}
        value={filters.area}
        onChange={(_, area) => onChange({ area })}
        options={[...auditAreas]}
        filterSelectedOptions
        getOptionLabel={area => t(`audit.area.${area}`)}
        noOptionsText={t('filter.noOptions')}
        renderInput={parameters => (
          <TextField
            {...parameters}
            label={t('audit.area.label')}
            variant="outlined"
            size="small"
          />
        )}
      />
      <Autocomplete
        multiple
        freeSolo
        size="small"
        limitTags={1}
        value={filters.actor}
        onChange={(_, actor) =>
          onChange({ actor: actor.map(one => one.trim()).filter(Boolean) })
        }
        options={props.actors}
        filterSelectedOptions
        renderInput={parameters => (
          <TextField
            {...parameters}
            label={t('audit.actor')}
            placeholder={filters.actor.length ? '' : t('audit.actorHint')}
            variant="outlined"
            size="small"
          />
        )}
      />
      <SubjectField
        value={filters.subject}
        onChange={subject => onChange({ subject })}
      />
      {(['from', 'to'] as const).map(name => (
        <TextField
          key={name}
          id={`audit-${name}`}
          type="date"
          label={t(`audit.${name}`)}
          value={filters[name] ?? ''}
          onChange={event => onChange({ [name]: event.target.value })}
          InputLabelProps={{ shrink: true }}
          variant="outlined"
          size="small"
        />
      ))}
      {isNarrowed(filters) && (
        <Button
          className={classes.clear}
          onClick={() =>
            onChange({
              area: [],
              actor: [],
              subject: undefined,
              from: undefined,
              to: undefined,
            })
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

/** One task or campaign, by its id; taken when it is one. */
function SubjectField(props: {
  value: string | undefined;
  onChange: (subject: string | undefined) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { value, onChange } = props;
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  const trimmed = text.trim();
  const isWrong = trimmed !== '' && !isSubject(trimmed);
  const take = () => {
    if (!isWrong && trimmed !== (value ?? '')) {
      onChange(trimmed || undefined);
    }
  };
  return (
    <TextField
      id="audit-subject"
      label={t('audit.subject')}
      placeholder={t('audit.subjectHint')}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={take}
      onKeyDown={event => event.key === 'Enter' && take()}
      error={isWrong}
      helperText={isWrong ? t('audit.subjectWrong') : undefined}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    />
  );
}
