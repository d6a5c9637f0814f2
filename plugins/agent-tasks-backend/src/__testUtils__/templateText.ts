/** The text of a template of the portal. */
export function templateText(
  prompt = 'Tidy ${{ repository.name }}.',
  name = 'tidy-up',
) {
  return `# Why: it is due.
apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  name: ${name}
  title: Tidy up
  description: Tidies.
spec:
  type: cleanup
  owner: shop
  parameters:
    type: object
    required: [folder]
    properties:
      folder: { type: string, pattern: '^[a-z/]+$' }
  prompt: ${prompt}
  review: { estimatedMinutes: 5 }
`;
}
