import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/**
 * The syntax tree of a spec. Text and JSON give the same tree; only spans and comments differ.
 * Every node knows where it was written. Nothing here has been given a meaning yet.
 */
export interface SpecFile {
  readonly kind: 'file';
  readonly source: SourceFile;
  readonly span: Span;
  /** The number in `gan 1`. */
  readonly version: number;
  /** `gan 1`; null where it is missing. */
  readonly versionSpan: Span | null;
  readonly doc: string | null;
  readonly docSpan: Span | null;
  readonly items: readonly Item[];
  /**
   * What declarations that could not be read would have declared, as far as it could be told: using such a
   * name is no second mistake.
   */
  readonly broken: readonly Name[];
  /** Every `//` comment in order, for the formatter and for `// ganc-ignore`; empty for JSON. */
  readonly comments: readonly Comment[];
}

/** A `// …` comment: its text without the slashes, untrimmed at the end. Doc comments are not among them. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

export interface Name {
  readonly name: string;
  readonly span: Span;
}

export type Item = Import | Param | Latent | Data | Pretrained | Graph | Loss | Train | Sample | Evaluate;

interface ItemBase {
  readonly span: Span;
  readonly doc: string | null;
  /** All lines of the doc comment. */
  readonly docSpan: Span | null;
}

/** `import A, B from "package"` */
export interface Import extends ItemBase {
  readonly kind: 'import';
  readonly names: readonly Name[];
  readonly from: StringLiteral;
}

/** `param ch = 64` */
export interface Param extends ItemBase {
  readonly kind: 'param';
  readonly name: Name;
  readonly value: Expr;
}

/** `latent z: normal(100)` */
export interface Latent extends ItemBase {
  readonly kind: 'latent';
  readonly name: Name;
  readonly distribution: Expr;
}

/** `data faces from folder("…") { image: [64, 64, 3] in [-1, 1] }` */
export interface Data extends ItemBase {
  readonly kind: 'data';
  readonly name: Name;
  readonly from: Expr;
  readonly fields: readonly { readonly name: Name; readonly type: TypeExpr }[];
}

/** `pretrained vgg from "model.json" { layers: [...] }` */
export interface Pretrained extends ItemBase {
  readonly kind: 'pretrained';
  readonly name: Name;
  readonly from: Expr;
  readonly options: readonly Option[];
}

export type GraphRole = 'module' | 'network' | 'generator' | 'discriminator';

/** `module Up(x: [H, W, C], filters: int) -> [2*H, 2*W, filters] { … }` and the three kinds of network. */
export interface Graph extends ItemBase {
  readonly kind: 'graph';
  readonly role: GraphRole;
  readonly name: Name;
  readonly ports: readonly Port[];
  readonly output: TypeExpr | RecordType;
  readonly body: Body;
}

export interface Port {
  readonly name: Name;
  readonly type: TypeExpr | null;
  readonly default: Expr | null;
  readonly span: Span;
}

/** A shape, a field (`faces.image`), `label(10)`, `int` or `layer`; with the values it may hold. */
export interface TypeExpr {
  readonly kind: 'type';
  readonly expr: Expr;
  /** The list after `in`. */
  readonly range: ListExpr | null;
  readonly span: Span;
}

/** `-> (score: [1], class: [10])` */
export interface RecordType {
  readonly kind: 'record-type';
  readonly fields: readonly { readonly name: Name; readonly type: TypeExpr }[];
  readonly span: Span;
}

export interface Body {
  readonly bindings: readonly Binding[];
  /** One flow, or several named ones for a record. */
  readonly result: Expr | RecordExpr;
  readonly span: Span;
}

/** `name = flow` */
export interface Binding {
  readonly kind: 'binding';
  readonly name: Name;
  readonly value: Expr;
  readonly span: Span;
}

/** `return (score: …, class: …)` */
export interface RecordExpr {
  readonly kind: 'record';
  readonly fields: readonly { readonly name: Name; readonly value: Expr }[];
  readonly span: Span;
}

/** `loss hinge.critic(real, fake) = …` */
export interface Loss extends ItemBase {
  readonly kind: 'loss';
  readonly path: readonly Name[];
  readonly ports: readonly Port[];
  readonly value: Expr;
}

/** `key: value` */
export interface Option {
  readonly kind: 'option';
  readonly name: Name;
  readonly value: Expr;
  readonly span: Span;
}

export interface Train extends ItemBase {
  readonly kind: 'train';
  readonly on: readonly Name[];
  /** In the order written. */
  readonly entries: readonly (Option | Binding | State | Stage | Update)[];
}

export interface State {
  readonly kind: 'state';
  readonly name: Name;
  readonly options: readonly Option[];
  readonly span: Span;
}

export interface Stage {
  readonly kind: 'stage';
  readonly label: StringLiteral;
  readonly options: readonly Option[];
  readonly span: Span;
}

export interface Update {
  readonly kind: 'update';
  readonly networks: readonly Name[];
  readonly options: readonly Option[];
  readonly span: Span;
}

export interface Sample extends ItemBase {
  readonly kind: 'sample';
  readonly network: Name;
  readonly options: readonly Option[];
}

export interface Evaluate extends ItemBase {
  readonly kind: 'evaluate';
  readonly network: Name;
  readonly options: readonly Option[];
}

// ── expressions ────────────────────────────────────────────────────────────────────────────────────────

export type Expr =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NoneLiteral
  | Hole
  | ListExpr
  | Ref
  | Unary
  | Binary
  | Flow;

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  /** As written, `50_000` or `2e-4`, so that formatting keeps it. */
  readonly text: string;
  readonly span: Span;
}
export interface StringLiteral {
  readonly kind: 'string';
  readonly value: string;
  readonly span: Span;
}
export interface BooleanLiteral {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span: Span;
}
export interface NoneLiteral {
  readonly kind: 'none';
  readonly span: Span;
}
/** `_`, legal only as an argument: the input that a penalty varies. */
export interface Hole {
  readonly kind: 'hole';
  readonly span: Span;
}
export interface ListExpr {
  readonly kind: 'list';
  readonly items: readonly Expr[];
  readonly span: Span;
}
/** `faces.image`, `conv2d(64, kernel: 4)`, `D(x).score`, `relu` */
export interface Ref {
  readonly kind: 'ref';
  readonly path: readonly Name[];
  /** null without parentheses. */
  readonly args: readonly Arg[] | null;
  /** Names after the closing parenthesis. */
  readonly fields: readonly Name[];
  readonly span: Span;
}
export interface Arg {
  readonly name: Name | null;
  readonly value: Expr;
  readonly span: Span;
}
export interface Unary {
  readonly kind: 'unary';
  readonly operator: '-';
  readonly operand: Expr;
  readonly span: Span;
}
export interface Binary {
  readonly kind: 'binary';
  readonly operator: '+' | '-' | '*' | '/';
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}
/** `head -> step -> …`, with at least one step. */
export interface Flow {
  readonly kind: 'flow';
  readonly head: Expr;
  readonly steps: readonly Step[];
  readonly span: Span;
}

export type Step = For | Repeat | PerFrame | Ref | NoneLiteral;

/** `for f in [256, 128] { … }` */
export interface For {
  readonly kind: 'for';
  readonly variable: Name;
  readonly in: Expr;
  readonly body: Chain;
  readonly span: Span;
}
export interface Repeat {
  readonly kind: 'repeat';
  readonly count: Expr;
  readonly body: Chain;
  readonly span: Span;
}
export interface PerFrame {
  readonly kind: 'per_frame';
  readonly body: Chain;
  readonly span: Span;
}
/** `{ step -> step }` */
export interface Chain {
  readonly steps: readonly Step[];
  readonly span: Span;
}
