import { defineDiagnostic } from '../diagnostic.ts';
import { exampleSpec } from '../example-spec.ts';

export const duplicateName = defineDiagnostic<{ readonly name: string }, 'first'>({
  code: 'duplicate-name',
  severity: 'error',
  number: 4,
  title: 'One name for two things',
  message: ({ name }) => `\`${name}\` is declared twice`,
  label: () => 'and again here',
  labels: { first: () => 'declared here' },
  help: () => 'give one of them another name',
  explanation: `
Two declarations, two bindings in one body, or two fields have the same name, so that a use of it could mean
either. Names are never overwritten: \`h = …\` twice does not give \`h\` a new value, because the order of the lines
would then decide what a network is. A binding may not have the name of an input of the same body either.

**What to do.** Rename one of the two (\`h1\`, \`h2\`), or join the two flows into one.
`,
  bad: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  h = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2)
  h = x -> conv2d(8, kernel: 4, stride: 2) -> relu
  return h -> flatten -> dense(1)
}`,
  }),
  good: exampleSpec({
    discriminator: `
discriminator D(x: faces.image) -> [1] {
  h1 = x -> conv2d(8, kernel: 4, stride: 2) -> leaky_relu(0.2)
  h2 = h1 -> conv2d(16, kernel: 4, stride: 2) -> leaky_relu(0.2)
  return h2 -> flatten -> dense(1)
}`,
  }),
});
