import { describe, expect, test } from 'vitest';
import { ModelError } from '../../compiler/pretrained/model-error.ts';
import { readTopology, type Topology } from '../../compiler/pretrained/topology.ts';

type Json = Record<string, unknown>;

const layer = (className: string, name: string, config: Json = {}, inbound?: unknown) => ({
  class_name: className,
  name,
  config: { name, ...config },
  ...(inbound === undefined ? {} : { inbound_nodes: inbound }),
});

/** Keras 2: `[[["a", 0, 0, {}]]]`. */
const from = (...names: readonly string[]) => [names.map((name) => [name, 0, 0, {}])];

/** Keras 3: the arguments of the call. */
const called = (...names: readonly string[]) => {
  const tensors = names.map((name) => ({
    class_name: '__keras_tensor__',
    config: { shape: [null, 4, 4, 2], dtype: 'float32', keras_history: [name, 0, 0] },
  }));
  return [{ args: tensors.length === 1 ? tensors : [tensors], kwargs: {} }];
};

/** What each use takes, in short. */
function edges({ uses }: Topology): Record<string, string> {
  return Object.fromEntries([...uses].map(([id, { inputs }]) => [id, inputs.join(' ')]));
}

const problem = (json: unknown): string => {
  try {
    readTopology(json);
  } catch (error) {
    if (error instanceof ModelError) return error.message;
    throw error;
  }
  return 'none';
};

describe('the ways in which a topology is written', () => {
  const layers2 = [
    layer('InputLayer', 'in', { batch_input_shape: [null, 4, 4, 2] }, []),
    layer('Conv2D', 'a', {}, from('in')),
    layer('Conv2D', 'b', {}, from('in')),
    layer('Add', 'sum', {}, from('a', 'b')),
  ];
  const expected = { in: '', a: 'in', b: 'in', sum: 'a b' };

  test('a functional model of Keras 2', () => {
    const config = { layers: layers2, input_layers: [['in', 0, 0]], output_layers: [['sum', 0, 0]] };
    const topology = readTopology({
      keras_version: '2.2.4',
      model_config: { class_name: 'Model', config },
    });
    expect(edges(topology)).toEqual(expected);
    expect(topology).toMatchObject({ input: 'in', inputShape: [4, 4, 2], output: 'sum' });
  });

  test('a functional model of Keras 3', () => {
    const layers = [
      layer('InputLayer', 'in', { batch_shape: [null, 4, 4, 2] }, []),
      layer('Conv2D', 'a', {}, called('in')),
      layer('Conv2D', 'b', {}, called('in')),
      layer('Add', 'sum', {}, called('a', 'b')),
    ];
    const config = { layers, input_layers: ['in', 0, 0], output_layers: ['sum', 0, 0] };
    const topology = readTopology({ model_config: { class_name: 'Functional', config } });
    expect(edges(topology)).toEqual(expected);
    expect(topology.inputShape).toEqual([4, 4, 2]);
  });

  test('layers in any order', () => {
    const config = {
      layers: layers2.toReversed(),
      input_layers: [['in', 0, 0]],
      output_layers: [['sum', 0, 0]],
    };
    expect(edges(readTopology({ class_name: 'Model', config }))).toEqual(expected);
  });

  test('a Sequential as a bare list, its first layer saying what it takes', () => {
    const config = [layer('Conv2D', 'a', { batch_input_shape: [null, null, null, 3] }), layer('Dense', 'b')];
    const topology = readTopology({ class_name: 'Sequential', config });
    expect(edges(topology)).toEqual({ input: '', a: 'input', b: 'a' });
    expect(topology).toMatchObject({ inputShape: [null, null, 3], output: 'b' });
    const around = {
      name: 'outer',
      layers: [{ class_name: 'Sequential', config: { name: 'inner', layers: config } }],
    };
    expect(readTopology({ class_name: 'Sequential', config: around }).inputShape).toEqual([null, null, 3]);
  });

  test('a layer that is used twice', () => {
    const layers = [
      layer('InputLayer', 'in', { batch_input_shape: [null, 4] }, []),
      layer('Dense', 'twice', {}, [[['in', 0, 0, {}]], [['twice', 0, 0, {}]]]),
    ];
    const config = { layers, input_layers: [['in', 0, 0]], output_layers: [['twice', 1, 0]] };
    const topology = readTopology({ class_name: 'Model', config });
    expect(edges(topology)).toEqual({ in: '', twice: 'in', 'twice#1': 'twice' });
    expect(topology.output).toBe('twice#1');
  });

  test('models within models', () => {
    const inner = {
      layers: [
        layer('InputLayer', 'inner_in', { batch_input_shape: [null, 4, 4, 2] }, []),
        layer('Conv2D', 'conv', {}, from('inner_in')),
      ],
      input_layers: [['inner_in', 0, 0]],
      output_layers: [['conv', 0, 0]],
    };
    const config = {
      layers: [
        layer('InputLayer', 'in', { batch_input_shape: [null, 4, 4, 2] }, []),
        // A model counts its own making as the first of its uses.
        layer('Functional', 'body', inner, from('in')),
        layer('Flatten', 'flat', {}, [[['body', 1, 0, {}]]]),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['flat', 0, 0]],
    };
    const topology = readTopology({ class_name: 'Functional', config });
    expect(edges(topology)).toEqual({ in: '', 'body/conv': 'in', flat: 'body/conv' });
    expect(topology.layers.get('conv')).toBe('body/conv');
    expect(topology.layers.get('body')).toBe('body/conv');
  });
});

describe('what cannot be read', () => {
  const graph = (layers: readonly unknown[], output = 'b') => ({
    class_name: 'Model',
    config: { layers, input_layers: [['in', 0, 0]], output_layers: [[output, 0, 0]] },
  });
  const input = layer('InputLayer', 'in', { batch_input_shape: [null, 4] }, []);

  test.each([
    ['nothing', null, 'does not describe its layers'],
    ['a list', [], 'does not describe its layers'],
    ['another kind of model', { class_name: 'Graph', config: { layers: [] } }, 'is a Graph'],
    ['no layers', { class_name: 'Sequential', config: { layers: [] } }, 'without layers'],
    [
      'a name that writes over the terminal',
      { class_name: 'Sequential', config: [layer('Dense', 'a\u001b[2J')] },
      'whose name is not a short plain text',
    ],
    ['a layer that is none', { class_name: 'Sequential', config: [3] }, 'what its layer 1 is'],
    [
      'a circle',
      graph([input, layer('Dense', 'a', {}, from('b')), layer('Dense', 'b', {}, from('a'))]),
      'wait for one another',
    ],
    [
      'a layer from nowhere',
      graph([input, layer('Dense', 'b', {}, from('c'))]),
      'a layer c that it does not have',
    ],
    [
      'a second output',
      graph([input, layer('Dense', 'b', {}, [[['in', 0, 1, {}]]])]),
      'a further output of in',
    ],
    ['no end', { class_name: 'Model', config: { layers: [input] } }, 'where it begins and ends'],
    [
      'a wrong input',
      graph([
        layer('InputLayer', 'in', { batch_input_shape: [null, -4] }, []),
        layer('Dense', 'b', {}, from('in')),
      ]),
      'takes an input of [null,-4]',
    ],
  ])('%s', (_, json, message) => {
    expect(problem(json)).toContain(message);
  });

  test('more layers than any model has', () => {
    const config = Array.from({ length: 6_000 }, (_, index) => layer('Dropout', `d${index}`));
    expect(problem({ class_name: 'Sequential', config })).toContain('more than 5,000 layers');
  });

  test('a small file that unfolds into very many layers', () => {
    let config: unknown[] = [layer('Dropout', 'd')];
    for (let depth = 0; depth < 14; depth++) {
      config = [
        { class_name: 'Sequential', config: { name: 's', layers: config } },
        { class_name: 'Sequential', config: { name: 't', layers: config } },
      ];
    }
    expect(problem({ class_name: 'Sequential', config })).toContain('more than 5,000 layers');
  });
});
