import { nearest } from './nearest.ts';

export type Framework = 'PyTorch' | 'Keras';

/** What a framework calls a layer, and what it is called here. */
const LAYERS: Readonly<Record<Framework, Readonly<Record<string, string>>>> = {
  PyTorch: {
    Linear: 'dense',
    Conv1d: 'conv1d',
    Conv2d: 'conv2d',
    Conv3d: 'conv3d',
    ConvTranspose1d: 'conv1d_transpose',
    ConvTranspose2d: 'conv2d_transpose',
    ConvTranspose3d: 'conv3d_transpose',
    BatchNorm1d: 'batch_norm',
    BatchNorm2d: 'batch_norm',
    BatchNorm3d: 'batch_norm',
    InstanceNorm2d: 'instance_norm',
    InstanceNorm3d: 'instance_norm',
    LayerNorm: 'layer_norm',
    GroupNorm: 'group_norm',
    GRU: 'gru',
    LSTM: 'lstm',
    MultiheadAttention: 'multi_head_attention',
    PReLU: 'prelu',
    Embedding: 'embed',
    Dropout: 'dropout',
    Dropout2d: 'dropout',
    Upsample: 'upsample',
    UpsamplingNearest2d: 'upsample',
    UpsamplingBilinear2d: 'upsample',
    AvgPool2d: 'avg_pool',
    AvgPool3d: 'avg_pool',
    MaxPool2d: 'max_pool',
    MaxPool3d: 'max_pool',
    AdaptiveAvgPool2d: 'global_avg_pool',
    Flatten: 'flatten',
    Unflatten: 'reshape',
    view: 'reshape',
    cat: 'concat',
    split: 'pick_channels',
    chunk: 'pick_channels',
    RandomCrop: 'random_crop',
    RandomHorizontalFlip: 'random_flip',
    RandomRotation: 'random_rotation',
    grid_sample: 'warp',
    affine_grid: 'affine_warp',
    ReLU: 'relu',
    LeakyReLU: 'leaky_relu',
    ELU: 'elu',
    SELU: 'selu',
    GELU: 'gelu',
    SiLU: 'swish',
    Tanh: 'tanh',
    Sigmoid: 'sigmoid',
    Softplus: 'softplus',
    Softmax: 'softmax',
    PixelShuffle: 'pixel_shuffle',
    PixelUnshuffle: 'pixel_unshuffle',
    ZeroPad2d: 'pad',
    ReflectionPad2d: 'pad',
    BCEWithLogitsLoss: 'bce',
    BCELoss: 'bce',
    MSELoss: 'l2',
    L1Loss: 'l1',
    Adam: 'adam',
    RMSprop: 'rmsprop',
    SGD: 'sgd',
    randn: 'normal',
    rand: 'uniform',
  },
  Keras: {
    Dense: 'dense',
    Conv1D: 'conv1d',
    Conv2D: 'conv2d',
    Convolution2D: 'conv2d',
    Conv3D: 'conv3d',
    Conv1DTranspose: 'conv1d_transpose',
    Conv2DTranspose: 'conv2d_transpose',
    DepthwiseConv2D: 'depthwise_conv2d',
    SeparableConv2D: 'separable_conv2d',
    ConvLSTM2D: 'conv_lstm',
    Conv3DTranspose: 'conv3d_transpose',
    BatchNormalization: 'batch_norm',
    LayerNormalization: 'layer_norm',
    GroupNormalization: 'group_norm',
    GaussianNoise: 'noise',
    Attention: 'self_attention',
    MultiHeadAttention: 'multi_head_attention',
    Maxout: 'maxout',
    InstanceNormalization: 'instance_norm',
    SpectralNormalization: 'spectral_norm',
    UpSampling2D: 'upsample',
    UpSampling3D: 'upsample',
    AveragePooling2D: 'avg_pool',
    AveragePooling3D: 'avg_pool',
    MaxPooling2D: 'max_pool',
    MaxPool2D: 'max_pool',
    MaxPooling3D: 'max_pool',
    GlobalAveragePooling2D: 'global_avg_pool',
    GlobalAveragePooling3D: 'global_avg_pool',
    Reshape: 'reshape',
    Concatenate: 'concat',
    RandomCrop: 'random_crop',
    RandomFlip: 'random_flip',
    RandomTranslation: 'random_translation',
    RandomRotation: 'random_rotation',
    RandomZoom: 'random_scale',
    concatenate: 'concat',
    Add: 'add',
    Dot: 'dot',
    ZeroPadding2D: 'pad',
    Cropping2D: 'crop',
    TimeDistributed: 'per_frame',
    depth_to_space: 'pixel_shuffle',
    space_to_depth: 'pixel_unshuffle',
    BinaryCrossentropy: 'bce',
    binary_crossentropy: 'bce',
    MeanSquaredError: 'l2',
    MeanAbsoluteError: 'l1',
    mse: 'l2',
    mae: 'l1',
    silu: 'swish',
    reduce_mean: 'mean',
  },
};

/** What papers and their code call things, and what those are called here; of a loss in parts the beginning. */
const TERMS: Readonly<Record<string, string>> = {
  fc: 'dense',
  deconv: 'conv2d_transpose',
  deconv2d: 'conv2d_transpose',
  lrelu: 'leaky_relu',
  downsample: 'avg_pool',
  blur_pool: 'blur',
  upfirdn2d: 'blur',
  resample2d: 'warp',
  ada: 'adaptive_augment',
  dense_image_warp: 'warp',
  stn: 'affine_warp',
  spatial_transformer: 'affine_warp',
  attention: 'self_attention',
  non_local: 'self_attention',
  cross_attention: 'multi_head_attention',
  mha: 'multi_head_attention',
  bmm: 'matmul',
  batch_dot: 'matmul',
  einsum: 'matmul',
  adain: 'adaptive_instance_norm',
  cbn: 'conditional_batch_norm',
  mbstd: 'minibatch_stddev',
  skip: 'add',
  shortcut: 'add',
  residual: 'add',
  augmentation: 'diff_augment',
  instance_noise: 'noise',
  glorot: 'glorot_uniform',
  xavier: 'glorot_uniform',
  xavier_uniform: 'glorot_uniform',
  xavier_normal: 'glorot_normal',
  he: 'he_normal',
  kaiming: 'he_normal',
  kaiming_normal: 'he_normal',
  kaiming_uniform: 'he_uniform',
  truncated: 'truncated_normal',
  trunc_normal: 'truncated_normal',
  weight_standardization: 'standardized',
  weight_standardisation: 'standardized',
  equalized_learning_rate: 'equalized',
  equalised_learning_rate: 'equalized',
  sn: 'spectral_norm',
  wn: 'weight_norm',
  weight_normalization: 'weight_norm',
  weight_normalisation: 'weight_norm',
  lsgan: 'least_squares',
  gan: 'minimax',
  nsgan: 'non_saturating',
  wgan: 'wasserstein',
  wgan_gp: 'wasserstein',
  rsgan: 'relativistic',
  ragan: 'relativistic_average',
  gp: 'gradient_penalty',
  gradients: 'gradient',
  grad: 'gradient',
  momentum: 'sgd',
  step_decay: 'piecewise',
  triangular: 'cyclic',
};

/** Every name that may be suggested for a layer, loss, optimizer, schedule or distribution. */
export const suggestedNames: readonly string[] = [
  ...new Set([...Object.values(LAYERS).flatMap((table) => Object.values(table)), ...Object.values(TERMS)]),
];

/** What a paper's word for something is here; itself when it is none. */
export function termFor(written: string): string {
  return Object.hasOwn(TERMS, written) ? TERMS[written]! : written;
}

/** What frameworks call an argument, and what it may be called here, the likeliest first. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  kernel_size: ['kernel'],
  strides: ['stride'],
  out_channels: ['filters'],
  out_features: ['units'],
  features: ['filters', 'units'],
  channels: ['filters'],
  filters: ['units'],
  units: ['filters', 'size'],
  output_dim: ['size', 'units'],
  embedding_dim: ['size'],
  use_bias: ['bias'],
  dilation_rate: ['dilation'],
  num_groups: ['groups'],
  depth_multiplier: ['multiplier'],
  hidden_size: ['units'],
  return_sequences: ['output'],
  kernel_initializer: ['init'],
  initializer: ['init'],
  kernel_constraint: ['weights'],
  learning_rate: ['lr'],
  beta_1: ['beta1'],
  beta_2: ['beta2'],
  eps: ['epsilon'],
  alpha: ['slope', 'rho'],
  negative_slope: ['slope'],
  p: ['rate'],
  stddev: ['std'],
  sigma: ['std'],
  mu: ['mean'],
  minval: ['low'],
  maxval: ['high'],
  scale_factor: ['factor'],
  upscale_factor: ['factor'],
  interpolation: ['mode'],
  method: ['mode'],
  pool_size: ['size'],
  target_shape: ['shape'],
  num_frames: ['count'],
  weight_decay: ['decay', 'l2'],
  decay_rate: ['factor'],
  initial_learning_rate: ['from'],
  decay_steps: ['over'],
  batch_size: ['batch'],
  epochs: ['steps'],
  iterations: ['steps'],
  optimiser: ['optimizer'],
  n_critic: ['times'],
  unrolling_steps: ['unroll'],
  unroll_steps: ['unroll'],
  ema_decay: ['ema'],
  clip: ['clip_weights'],
  weight_clip: ['clip_weights'],
  clip_value: ['clip_weights'],
  clipvalue: ['clip_gradients'],
  grad_clip: ['clip_norm'],
  gradient_clip: ['clip_norm'],
  max_norm: ['clip_norm'],
};

/** Every name that may be suggested for an argument. */
export const suggestedArguments: readonly string[] = [...new Set(Object.values(ARGUMENTS).flat())];

const AXIS = 'leave it out: layers go by the channels, which are the last axis, always';

/** Arguments that other frameworks have and that are something else here: what to do instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  activation: 'write the activation as the next layer: -> relu',
  in_channels: 'leave it out: the channels follow from what flows in',
  in_features: 'leave it out: the number follows from what flows in',
  input_shape: 'leave it out: the shape follows from what flows in',
  input_dim: 'leave it out: the number follows from what flows in',
  num_embeddings: 'leave it out: the number follows from the label',
  num_features: 'leave it out: the channels follow from what flows in',
  betas: 'write beta1: and beta2: for the two numbers',
  axis: AXIS,
  dim: AXIS,
  data_format: 'leave it out: the channels come last, always',
  name: 'give the tensor a name: name = …',
  training: 'leave it out: batch statistics and dropout belong to train, and not to sample',
};

/** Whose spelling of a layer, loss or optimizer this is, and its name here, when that is one of `known`. */
export function frameworkSpelling(
  written: string,
  known: ReadonlySet<string>,
): { readonly name: string; readonly framework: Framework } | null {
  const last = written.slice(written.lastIndexOf('.') + 1);
  for (const framework of ['PyTorch', 'Keras'] as const) {
    const name = Object.hasOwn(LAYERS[framework], last) ? LAYERS[framework][last]! : null;
    if (name !== null && known.has(name)) return { name, framework };
  }
  return null;
}

/** The layer, loss or optimizer that was probably meant, and whose spelling it was. */
export function suggestName(
  written: string,
  known: Iterable<string>,
): { readonly name: string | null; readonly spelling: Framework | null } {
  const names = new Set(known);
  const foreign = frameworkSpelling(written, names);
  if (foreign) return { name: foreign.name, spelling: foreign.framework };
  const term = termFor(written);
  return { name: names.has(term) ? term : nearest(written, names), spelling: null };
}

/** The argument or option that was probably meant. */
export function suggestArgument(written: string, known: Iterable<string>): string | null {
  if (insteadOf(written) !== null) return null;
  const names = new Set(known);
  const table = Object.hasOwn(ARGUMENTS, written) ? ARGUMENTS[written]! : [];
  return table.find((name) => names.has(name)) ?? nearest(written, names);
}

/** What to do in the place of an argument that only other frameworks have; starts with a verb. */
export function insteadOf(argument: string): string | null {
  return Object.hasOwn(INSTEAD, argument) ? INSTEAD[argument]! : null;
}
