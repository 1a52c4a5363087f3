import { CstParser, type TokenType } from 'chevrotain';
import * as T from './tokens.ts';

/**
 * The grammar, one declaration at a time: the token stream has been cut before. Rules carry the names of
 * the language's own grammar; two tokens of lookahead decide everywhere, three where a record could be a
 * flow in parentheses.
 */
export class SpecGrammar extends CstParser {
  /** `validate` makes Chevrotain examine the grammar itself: for tests, it costs more than parsing. */
  constructor(validate = false) {
    super(T.allTokens, {
      maxLookahead: 2,
      recoveryEnabled: false,
      nodeLocationTracking: 'onlyOffset',
      skipValidations: !validate,
      errorMessageProvider: expectation,
    });
    this.performSelfAnalysis();
  }

  readonly declaration = this.RULE('declaration', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importItem) },
      { ALT: () => this.SUBRULE(this.param) },
      { ALT: () => this.SUBRULE(this.latent) },
      { ALT: () => this.SUBRULE(this.data) },
      { ALT: () => this.SUBRULE(this.pretrained) },
      { ALT: () => this.SUBRULE(this.graph) },
      { ALT: () => this.SUBRULE(this.loss) },
      { ALT: () => this.SUBRULE(this.train) },
      { ALT: () => this.SUBRULE(this.sample) },
      { ALT: () => this.SUBRULE(this.evaluate) },
    ]);
  });

  readonly importItem = this.RULE('importItem', () => {
    this.CONSUME(T.Import);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.CONSUME(T.Id) });
    this.CONSUME(T.From);
    this.CONSUME(T.Str);
  });

  readonly param = this.RULE('param', () => {
    this.CONSUME(T.Param);
    this.CONSUME(T.Id);
    this.CONSUME(T.Equals);
    this.SUBRULE(this.flow);
  });

  readonly latent = this.RULE('latent', () => {
    this.CONSUME(T.Latent);
    this.CONSUME(T.Id);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.flow);
  });

  readonly data = this.RULE('data', () => {
    this.CONSUME(T.Data);
    this.CONSUME(T.Id);
    this.CONSUME(T.From);
    this.SUBRULE(this.flow);
    this.CONSUME(T.LeftBrace);
    this.MANY(() => this.SUBRULE(this.field));
    this.CONSUME(T.RightBrace);
  });

  readonly pretrained = this.RULE('pretrained', () => {
    this.CONSUME(T.Pretrained);
    this.CONSUME(T.Id);
    this.CONSUME(T.From);
    this.SUBRULE(this.flow);
    this.SUBRULE(this.options);
  });

  readonly graph = this.RULE('graph', () => {
    this.CONSUME(T.Role);
    this.CONSUME(T.Id);
    this.SUBRULE(this.ports);
    this.CONSUME(T.Arrow);
    this.OR({
      MAX_LOOKAHEAD: 3,
      DEF: [{ ALT: () => this.SUBRULE(this.recordType) }, { ALT: () => this.SUBRULE(this.type) }],
    });
    this.SUBRULE(this.body);
  });

  readonly ports = this.RULE('ports', () => {
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.port) });
    this.CONSUME(T.RightParen);
  });

  readonly port = this.RULE('port', () => {
    this.CONSUME(T.Id);
    this.OPTION(() => {
      this.CONSUME(T.Colon);
      this.SUBRULE(this.type);
    });
    this.OPTION2(() => {
      this.CONSUME(T.Equals);
      this.SUBRULE(this.flow);
    });
  });

  readonly type = this.RULE('type', () => {
    this.SUBRULE(this.expr);
    this.OPTION(() => {
      this.CONSUME(T.In);
      this.SUBRULE(this.list);
    });
  });

  readonly field = this.RULE('field', () => {
    this.CONSUME(T.Id);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.type);
  });

  readonly recordType = this.RULE('recordType', () => {
    this.CONSUME(T.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.field) });
    this.CONSUME(T.RightParen);
  });

  readonly body = this.RULE('body', () => {
    this.CONSUME(T.LeftBrace);
    this.OR([
      {
        ALT: () => {
          this.AT_LEAST_ONE(() => this.SUBRULE(this.binding));
          this.SUBRULE(this.result);
        },
      },
      { ALT: () => this.SUBRULE2(this.result) },
      { ALT: () => this.SUBRULE(this.flow) },
    ]);
    this.CONSUME(T.RightBrace);
  });

  readonly binding = this.RULE('binding', () => {
    this.CONSUME(T.Id);
    this.CONSUME(T.Equals);
    this.SUBRULE(this.flow);
  });

  readonly result = this.RULE('result', () => {
    this.CONSUME(T.Return);
    this.OR({
      MAX_LOOKAHEAD: 3,
      DEF: [{ ALT: () => this.SUBRULE(this.record) }, { ALT: () => this.SUBRULE(this.flow) }],
    });
  });

  readonly record = this.RULE('record', () => {
    this.CONSUME(T.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.recordField) });
    this.CONSUME(T.RightParen);
  });

  readonly recordField = this.RULE('recordField', () => {
    this.CONSUME(T.Id);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.flow);
  });

  readonly loss = this.RULE('loss', () => {
    this.CONSUME(T.Loss);
    this.SUBRULE(this.dotted);
    this.SUBRULE(this.ports);
    this.CONSUME(T.Equals);
    this.SUBRULE(this.flow);
  });

  readonly train = this.RULE('train', () => {
    this.CONSUME(T.Train);
    this.CONSUME(T.On);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.CONSUME(T.Id) });
    this.CONSUME(T.LeftBrace);
    this.MANY(() => this.SUBRULE(this.trainEntry));
    this.CONSUME(T.RightBrace);
  });

  readonly trainEntry = this.RULE('trainEntry', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.state) },
      { ALT: () => this.SUBRULE(this.stage) },
      { ALT: () => this.SUBRULE(this.update) },
      { ALT: () => this.SUBRULE(this.binding) },
      { ALT: () => this.SUBRULE(this.setting) },
    ]);
  });

  readonly state = this.RULE('state', () => {
    this.CONSUME(T.State);
    this.CONSUME(T.Id);
    this.SUBRULE(this.options);
  });

  readonly stage = this.RULE('stage', () => {
    this.CONSUME(T.Stage);
    this.CONSUME(T.Str);
    this.SUBRULE(this.options);
  });

  readonly update = this.RULE('update', () => {
    this.CONSUME(T.Update);
    this.AT_LEAST_ONE_SEP({ SEP: T.Comma, DEF: () => this.CONSUME(T.Id) });
    this.SUBRULE(this.options);
  });

  readonly sample = this.RULE('sample', () => {
    this.CONSUME(T.Sample);
    this.CONSUME(T.Id);
    this.SUBRULE(this.options);
  });

  readonly evaluate = this.RULE('evaluate', () => {
    this.CONSUME(T.Evaluate);
    this.CONSUME(T.Id);
    this.SUBRULE(this.options);
  });

  readonly options = this.RULE('options', () => {
    this.CONSUME(T.LeftBrace);
    this.MANY(() => this.SUBRULE(this.setting));
    this.CONSUME(T.RightBrace);
  });

  readonly setting = this.RULE('setting', () => {
    this.CONSUME(T.Name);
    this.CONSUME(T.Colon);
    this.SUBRULE(this.flow);
  });

  readonly flow = this.RULE('flow', () => {
    this.SUBRULE(this.expr);
    this.MANY(() => {
      this.CONSUME(T.Arrow);
      this.SUBRULE(this.step);
    });
  });

  readonly step = this.RULE('step', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.For);
          this.CONSUME(T.Id);
          this.CONSUME(T.In);
          this.SUBRULE(this.expr);
          this.SUBRULE(this.chain);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.Repeat);
          this.SUBRULE2(this.expr);
          this.SUBRULE2(this.chain);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.PerFrame);
          this.SUBRULE3(this.chain);
        },
      },
      { ALT: () => this.CONSUME(T.None) },
      { ALT: () => this.SUBRULE(this.ref) },
    ]);
  });

  readonly chain = this.RULE('chain', () => {
    this.CONSUME(T.LeftBrace);
    this.AT_LEAST_ONE_SEP({ SEP: T.Arrow, DEF: () => this.SUBRULE(this.step) });
    this.CONSUME(T.RightBrace);
  });

  readonly expr = this.RULE('expr', () => {
    this.SUBRULE(this.term);
    this.MANY(() => {
      this.CONSUME(T.AddOperator);
      this.SUBRULE2(this.term);
    });
  });

  readonly term = this.RULE('term', () => {
    this.SUBRULE(this.unary);
    this.MANY(() => {
      this.CONSUME(T.MultiplyOperator);
      this.SUBRULE2(this.unary);
    });
  });

  readonly unary = this.RULE('unary', () => {
    this.MANY(() => this.CONSUME(T.Minus));
    this.SUBRULE(this.atom);
  });

  readonly atom = this.RULE('atom', () => {
    this.OR([
      { ALT: () => this.CONSUME(T.Num) },
      { ALT: () => this.CONSUME(T.Str) },
      { ALT: () => this.CONSUME(T.True) },
      { ALT: () => this.CONSUME(T.False) },
      { ALT: () => this.CONSUME(T.None) },
      { ALT: () => this.CONSUME(T.Hole) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.ref) },
    ]);
  });

  readonly group = this.RULE('group', () => {
    this.CONSUME(T.LeftParen);
    this.SUBRULE(this.flow);
    this.CONSUME(T.RightParen);
  });

  readonly list = this.RULE('list', () => {
    this.CONSUME(T.LeftBracket);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.flow) });
    this.CONSUME(T.RightBracket);
  });

  readonly ref = this.RULE('ref', () => {
    this.SUBRULE(this.dotted);
    this.OPTION(() => {
      this.SUBRULE(this.args);
      this.MANY(() => {
        this.CONSUME(T.Dot);
        this.CONSUME(T.Name);
      });
    });
  });

  readonly args = this.RULE('args', () => {
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => this.SUBRULE(this.arg) });
    this.CONSUME(T.RightParen);
  });

  readonly arg = this.RULE('arg', () => {
    this.OPTION(() => {
      this.CONSUME(T.Name);
      this.CONSUME(T.Colon);
    });
    this.SUBRULE(this.flow);
  });

  readonly dotted = this.RULE('dotted', () => {
    this.CONSUME(T.Id);
    this.MANY(() => {
      this.CONSUME(T.Dot);
      this.CONSUME(T.Name);
    });
  });
}

/** Lets exceptions carry nothing but the name of the token that had to come: words are found elsewhere. */
const expectation = {
  buildMismatchTokenMessage: ({ expected }: { expected: TokenType }) => expected.name,
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: () => '',
  buildEarlyExitMessage: () => '',
};

let shared: SpecGrammar | undefined;

/** The parser, built when the first text is parsed. */
export function grammar(): SpecGrammar {
  shared ??= new SpecGrammar();
  return shared;
}
