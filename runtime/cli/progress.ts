import { countText } from '../../compiler/diagnostics/wording.ts';
import type { TrainingEvent } from '../train/events.ts';
import type { Output } from './terminal.ts';

/** Milliseconds between two looks: a person reads a bar that moves, a log wants a line now and then. */
const REDRAW = 100;
const LINE = 10_000;

/** Shows how training goes: a bar that redraws itself on a terminal, a line every ten seconds elsewhere. */
export class Progress {
  readonly #output: Output;
  #steps = 0;
  /** The step that comes first: slow, as kernels are made ready in it, so it says nothing of the speed. */
  #first = 0;
  #shown = Number.NEGATIVE_INFINITY;
  #line = '';

  constructor(output: Output) {
    this.#output = output;
  }

  show(event: TrainingEvent): void {
    const { colors } = this.#output;
    switch (event.event) {
      case 'start':
        this.#steps = event.steps;
        this.#first = event.step + 1;
        this.note(
          event.step === 0
            ? `training ${event.spec}${inStage(event)} for ${event.steps} ${event.steps === 1 ? 'step' : 'steps'} of ${event.batch} on ${event.engine}, seed ${event.seed}, in ${event.folder}`
            : `going on with ${event.folder}${inStage(event)} from step ${event.step} to ${event.steps} on ${event.engine}`,
        );
        break;
      case 'stage':
        this.#first = event.step + 1;
        this.note(stageText(event));
        break;
      case 'step':
        this.#step(event);
        break;
      case 'samples':
        this.note(`${colors.green('samples')} of ${event.network} after step ${event.step}: ${event.file}`);
        break;
      case 'evaluation': {
        const words = figureWords(event.figures).map(([name, value]) => `${name} ${value}`);
        this.note(
          `${colors.green('evaluated')} ${event.network} after step ${event.step}: ${words.join('  ')}`,
        );
        break;
      }
    }
  }

  /** Writes a line above the bar. */
  note(text: string): void {
    const bar = this.#line;
    this.clear();
    this.#output.write(`${text}\n`);
    if (bar) this.#draw(bar);
  }

  /** Takes the bar away, for whatever is written next. */
  clear(): void {
    if (this.#line) this.#output.write('\r\x1b[K');
    this.#line = '';
  }

  #step(event: TrainingEvent & { event: 'step' }): void {
    const now = performance.now();
    const { interactive } = this.#output;
    const last = event.step === this.#steps;
    if (!last && now - this.#shown < (interactive ? REDRAW : LINE)) return;
    this.#shown = now;
    const losses = Object.entries(event.losses).map(([name, value]) => `${name} ${shortNumber(value)}`);
    const count = `${String(event.step).padStart(String(this.#steps).length)}/${this.#steps}`;
    const words = [...losses, ...this.#speed(event)].join('  ');
    if (!interactive) {
      this.#output.write(`step ${count}  ${words}\n`);
      return;
    }
    const room = this.#output.columns - count.length - words.length - 5;
    const width = Math.min(40, room);
    // A line that wraps could not be drawn over.
    if (width < 8) this.#draw(`${count} ${words}`.slice(0, this.#output.columns - 1));
    else this.#draw(`${count} ${this.#bar(event.step, width)}  ${words}`);
  }

  #speed({ step, stepsPerSecond, secondsLeft }: TrainingEvent & { event: 'step' }): string[] {
    const rate = step === this.#first ? [] : [`${shortNumber(stepsPerSecond)} steps/s`];
    if (step === this.#steps) return [...rate, 'done'];
    return step === this.#first ? [] : [...rate, `${duration(secondsLeft)} left`];
  }

  #bar(step: number, width: number): string {
    const { colors } = this.#output;
    const full = Math.round((width * step) / Math.max(1, this.#steps));
    return colors.cyan('━'.repeat(full)) + colors.dim('─'.repeat(width - full));
  }

  #draw(line: string): void {
    this.#line = line;
    this.#output.write(`\r\x1b[K${line}`);
  }
}

/** Figures by measure and name, as they are shown: `modes.high_quality`, `0.95`. */
export function figureWords(
  figures: Readonly<Record<string, Readonly<Record<string, number | null>>>>,
): [name: string, value: string][] {
  return Object.entries(figures).flatMap(([measure, values]) =>
    Object.entries(values).map(([figure, value]): [string, string] => [
      `${measure}.${figure}`,
      value === null || !Number.isFinite(value) ? 'not finite' : figureText(value),
    ]),
  );
}

/** Whole numbers as they are, others to three digits or so. */
function figureText(value: number): string {
  return Number.isInteger(value) ? String(value) : shortNumber(value);
}

function inStage({ stage }: TrainingEvent & { event: 'start' }): string {
  return stage === undefined ? '' : ` in stage ${JSON.stringify(stage)}`;
}

/** `stage "14x14" from step 301: 20 weights go on (51,203 numbers), 6 are new (9,104), 2 are left behind (33)` */
function stageText({
  stage,
  step,
  weights: { kept, fresh, left },
}: TrainingEvent & { event: 'stage' }): string {
  const numbers = (count: typeof kept) => count.numbers.toLocaleString('en-US');
  const parts = [`${countText(kept.tensors, 'weight goes', 'weights go')} on (${numbers(kept)} numbers)`];
  if (fresh.tensors > 0) parts.push(`${countText(fresh.tensors, 'is', 'are')} new (${numbers(fresh)})`);
  if (left.tensors > 0) parts.push(`${countText(left.tensors, 'is', 'are')} left behind (${numbers(left)})`);
  return `stage ${JSON.stringify(stage)} from step ${step + 1}: ${parts.join(', ')}`;
}

/** Four characters or so: 0.0312, 1.38, 27.1, 1430. */
function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e5 || (size < 1e-3 && size > 0)) return value.toExponential(1);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4);
}

/** 48 s, 2:05, 3:07:00. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
