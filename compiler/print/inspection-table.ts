import { bytesText, numberText, scaledText } from '../diagnostics/wording.ts';
import type {
  InspectedEvaluation,
  InspectedNetwork,
  InspectedShape,
  InspectedStage,
  Inspection,
} from './inspection.ts';

/** Emphasis in a text: a terminal turns it into bold and colour. */
export interface TableStyle {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const PLAIN: TableStyle = { title: (text) => text, quiet: (text) => text };

/** An inspection as a text to read: one table per network, then what a step costs. */
export function inspectionTable(
  { stage, stages, networks, step, evaluations }: Inspection,
  style: TableStyle = PLAIN,
): string {
  const tables = networks.map((network) => networkTable(network, style));
  if (stage !== undefined && stages) tables.unshift(stagesTable(stages, stage, style));
  if (step) {
    tables.push(
      `${style.title('one training step')} of ${examples(step)}\n` +
        `  ${operations(step.flops)}, ${bytesText(step.bytes)} read and written\n` +
        `  at most ${bytesText(step.peakBytes)} of memory, ${bytesText(step.stateBytes)} of it kept: weights, optimizer, averages\n`,
    );
  }
  for (const evaluation of evaluations) tables.push(evaluationText(evaluation, style));
  return tables.join('\n');
}

/** `64 examples, 128 in update G` */
export function examples({ batch, batches }: NonNullable<Inspection['step']>): string {
  const own = Object.entries(batches).map(([update, count]) => `${count} in update ${update}`);
  return [`${batch} ${batch === 1 ? 'example' : 'examples'}`, ...own].join(', ');
}

function evaluationText(
  { network, samples, every, measures, flops }: InspectedEvaluation,
  { title }: TableStyle,
): string {
  const when = every === null ? 'after the last step' : `every ${numberText(every)} steps`;
  const width = Math.max(...Object.keys(measures).map((name) => name.length));
  const lines = Object.entries(measures).map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`);
  return `evaluate ${title(network)} ${when}: ${numberText(samples)} samples, ${operations(flops)}\n${lines.join('')}`;
}

/** When each stage is, and how large the networks are in it; what follows the table is of the one that is `shown`. */
function stagesTable(stages: readonly InspectedStage[], shown: string, style: TableStyle): string {
  const names = [...new Set(stages.flatMap(({ weights }) => Object.keys(weights)))];
  const header = ['stage', 'steps', 'fade', 'batch', ...names];
  const rows = stages.map(({ stage, steps, fade, batch, weights }) => [
    JSON.stringify(stage),
    steps.map(numberText).join('–'),
    fade === 0 ? '' : numberText(fade),
    numberText(batch),
    ...names.map((name) => (name in weights ? numberText(weights[name]!) : '')),
  ]);
  const widths = header.map((_, c) => Math.max(...[header, ...rows].map((row) => row[c]!.length)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!))).join('  ')}`.trimEnd();
  const head = `${style.title('stages')} of training, with the weights of each network; below, ${style.title(JSON.stringify(shown))}`;
  return `${[head, style.quiet(line(header)), ...rows.map(line)].join('\n')}\n`;
}

function networkTable(network: InspectedNetwork, style: TableStyle): string {
  const rows = network.layers.map(({ path, layer, output, weights, flops }) => [
    placeOf(path, network.name, layer),
    layer,
    shape(output),
    weights === 0 ? '' : numberText(weights),
    flops === 0 ? '' : operations(flops),
  ]);
  const hasPlaces = rows.some(([place]) => place !== '');
  const header = ['in', 'layer', 'output', 'weights', 'cost'];
  const total = ['', '', '', numberText(network.weights), operations(network.flops)];
  const columns = hasPlaces ? [0, 1, 2, 3, 4] : [1, 2, 3, 4];
  const widths = header.map((_, c) => Math.max(...[header, ...rows, total].map((row) => row[c]!.length)));
  const line = (row: readonly string[]) =>
    `  ${columns.map((c) => (c >= 3 ? row[c]!.padStart(widths[c]!) : row[c]!.padEnd(widths[c]!))).join('  ')}`.trimEnd();
  const rule = `  ${'─'.repeat(columns.reduce((sum, c) => sum + widths[c]! + 2, -2))}`;
  const statistics = network.weightsTotal - network.weights;
  const inputs = network.inputs.map(
    (input) =>
      `${input.name}: ${input.classes === undefined ? shape(input.shape) : `label(${input.classes})`}`,
  );
  const head = `${network.role} ${style.title(network.name)}(${inputs.join(', ')}) -> ${shape(network.output)}`;
  const note = statistics === 0 ? '' : style.quiet(`  and ${numberText(statistics)} moving statistics\n`);
  const frozen = network.role === 'pretrained' ? style.quiet('  all of them frozen\n') : '';
  return `${[head, style.quiet(line(header)), ...rows.map(line), style.quiet(rule), line(total)].join('\n')}\n${note}${frozen}`;
}

/** The modules that a layer stands in: `up.2`. */
function placeOf(path: string, network: string, layer: string): string {
  const parts = path.split('/');
  const inside = parts[0] === network ? parts.slice(1) : parts;
  return inside.at(-1)?.replace(/\.\d+$/, '') === layer ? inside.slice(0, -1).join('/') : inside.join('/');
}

/** `[64, 64, 3]`, or `(score: [1], class: [10])`. */
export function shape(output: InspectedShape): string {
  if (isList(output)) return `[${output.join(', ')}]`;
  return `(${Object.entries(output)
    .map(([field, sizes]) => `${field}: ${shape(sizes)}`)
    .join(', ')})`;
}

function isList(output: InspectedShape): output is readonly number[] {
  return Array.isArray(output);
}

/** `1.1 MFLOP` */
export function operations(flops: number): string {
  return scaledText(flops, 1000, ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP', 'PFLOP']);
}
