export interface CardFacts {
  readonly name: string;
  readonly doc: string | null;
  readonly license: string | null;
  readonly networks: readonly {
    readonly name: string;
    readonly role: string;
    /** As in `ganc inspect`: `z: [100]`, `[64, 64, 3]`, `3,576,704`, `1.1 MFLOP`. */
    readonly inputs: string;
    readonly output: string;
    readonly weights: string;
    readonly flops: string;
  }[];
  /** What a training step costs; null without `train`. */
  readonly step: { readonly examples: string; readonly flops: string; readonly peak: string } | null;
  /** As the spec writes them: `faces`, `folder("data/faces")`, `image: [64, 64, 3]`. */
  readonly datasets: readonly {
    readonly name: string;
    readonly source: string;
    readonly fields: readonly string[];
  }[];
  /** As the spec writes them: `vgg`, `"models/vgg19/model.json"`. */
  readonly pretrained: readonly { readonly name: string; readonly source: string }[];
  readonly trained: { readonly step: number; readonly seed: number; readonly engine: string } | null;
  readonly imports: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly license: string | null;
  }[];
  readonly samples: readonly string[];
  readonly ganc: string;
}

/** The page that tells people what a bundle is: Markdown, all of it facts of the spec and the run. */
export function modelCard(facts: CardFacts): string {
  const { name, doc, license, networks, step, datasets, pretrained, trained, imports, samples } = facts;
  const sections = [
    `# ${name}`,
    doc?.trim(),
    samples.map((file) => `![Samples of ${name}](samples/${file})`).join('\n\n'),
    `Licence: ${license ?? 'not given by the author'}.`,
    '## Networks',
    [
      '| network | takes | gives | trained weights | one example, forward |',
      '| --- | --- | --- | ---: | ---: |',
      ...networks.map(
        (one) =>
          `| ${one.role} ${one.name} | ${one.inputs} | ${one.output} | ${one.weights} | ${one.flops} |`,
      ),
    ].join('\n'),
    step && `One training step of ${step.examples}: ${step.flops}, at most ${step.peak} of memory.`,
    '## Training',
    [
      ...datasets.map((one) => `- ${one.name} from \`${one.source}\`: ${one.fields.join(', ')}`),
      ...pretrained.map((one) => `- ${one.name} from \`${one.source}\`, pretrained, not in this bundle`),
    ].join('\n'),
    trained
      ? `The weights are those after ${trained.step.toLocaleString('en-US')} steps, seed ${trained.seed}, on ${trained.engine}.`
      : 'Holds no weights.',
    imports.length > 0 && '## Imports',
    imports
      .map((one) => `- ${one.name} ${one.version ?? ''} (licence: ${one.license ?? 'not given'})`)
      .join('\n'),
    '## Use',
    [
      'This is the card of a bundle, which `ganc check`, `inspect`, `train`' +
        `${trained ? ' and `sample`' : ''} take as it is;`,
      '`ganc unpack` lays its parts out. `spec/` is the spec as it was written, `lock.gan` the same with every default',
      `written out, \`ganc-bundle.json\` the SHA-256 of each part. Packed by ganc ${facts.ganc}.`,
    ].join('\n'),
  ];
  return `${sections.filter((section) => section).join('\n\n')}\n`;
}
