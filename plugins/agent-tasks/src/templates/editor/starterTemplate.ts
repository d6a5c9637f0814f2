/** What a new template begins with: one that can be saved, with a word on each part. */
export const starterTemplate = `apiVersion: agent-tasks.io/v1alpha1
kind: AgentTaskTemplate
metadata:
  # Stays as it is once the template is created: letters, digits and - between them.
  name: my-template
  title: What people choose it by
  description: What it does to a repository, in a sentence or two.
spec:
  # What kind of work it is, such as dependency, lint or docs.
  type: maintenance
  # The group that answers for it.
  owner: group:default/my-team
  # The form that a launch fills in, as JSON Schema.
  parameters:
    type: object
    required: [goal]
    properties:
      goal:
        type: string
        title: Goal
        description: What should be different afterwards.
        maxLength: 500
  prompt: |
    Work on the repository \${{ repository.owner }}/\${{ repository.name }}.

    Components concerned:
    \${{ components }}

    Goal: \${{ parameters.goal }}

    Run the build and the tests, and say in the description of the pull request how you checked the change.
  execution:
    timeoutSeconds: 3600
    maxAttempts: 2
  review:
    estimatedMinutes: 20
`;
