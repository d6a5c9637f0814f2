import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { useId, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import type { TemplateActionEntry } from './useTemplateActions';

/** What can be done about one template of a list. */
export function TemplateMenu(props: {
  template: Template;
  entries: TemplateActionEntry[];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const { template, entries } = props;
  const close = () => setAnchor(undefined);
  return (
    <>
      <Button
        size="small"
        aria-label={t('templates.actions.of', { template: template.title })}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        aria-controls={anchor ? id : undefined}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('templates.column.actions')}
      </Button>
      <Menu
        id={id}
        open={Boolean(anchor)}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        onClose={close}
      >
        {entries.map(({ action, to, onClick }) => (
          <MenuItem
            key={action}
            dense
            {...(to && { component: Link, to, color: 'inherit' })}
            onClick={() => {
              close();
              onClick?.();
            }}
          >
            {t(`templates.actions.${action}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
