/** What D and G minimise, by the name of the loss. */
const losses = {
  bce: ['bce(D(real), 1) + bce(D(fake), 0)', 'bce(D(fake), 1)'],
  least_squares: ['least_squares(D(real), 1) + least_squares(D(fake), 0)', 'least_squares(D(fake), 1)'],
  hinge: ['hinge.critic(D(real), D(fake))', 'hinge.generator(D(fake))'],
  wasserstein: ['wasserstein.critic(D(real), D(fake))', 'wasserstein.generator(D(fake))'],
  relativistic: ['relativistic.critic(D(real), D(fake))', 'relativistic.generator(D(real), D(fake))'],
  relativistic_average: [
    'relativistic_average.critic(D(real), D(fake))',
    'relativistic_average.generator(D(real), D(fake))',
  ],
  minimax: ['minimax.critic(D(real), D(fake))', 'minimax.generator(D(fake))'],
  non_saturating: ['non_saturating.critic(D(real), D(fake))', 'non_saturating.generator(D(fake))'],
  ra_least_squares: [
    'relativistic_average.least_squares.critic(D(real), D(fake))',
    'relativistic_average.least_squares.generator(D(real), D(fake))',
  ],
  ra_hinge: [
    'relativistic_average.hinge.critic(D(real), D(fake))',
    'relativistic_average.hinge.generator(D(real), D(fake))',
  ],
  ...Object.fromEntries(
    ['total_variation', 'kl', 'reverse_kl', 'pearson', 'neyman', 'squared_hellinger', 'jensen_shannon'].map(
      (name) => [
        name,
        [`f_divergence.${name}.critic(D(real), D(fake))`, `f_divergence.${name}.generator(D(fake))`],
      ],
    ),
  ),
  ebgan: ['ebgan.critic(square(D(real)), square(D(fake)), 2)', 'ebgan.generator(square(D(fake)))'],
  began: ['began.critic(l1(D(real), 0), l1(D(fake), 0), 0.5)', 'began.generator(l1(D(fake), 0))'],
  feature_matching: [
    'bce(D(real), 1) + bce(D(fake), 0)',
    'feature_matching(D(real), D(fake)) + feature_matching.l1(D(real), D(fake))',
  ],
  diff_augment: [
    'bce(D(real -> diff_augment), 1) + bce(D(fake -> diff_augment), 0)',
    'bce(D(fake -> diff_augment), 1)',
  ],
  adaptive_augment: [
    'bce(D(real -> adaptive_augment(0.7)), 1) + bce(D(fake -> adaptive_augment(0.7)), 0)',
    'bce(D(fake -> adaptive_augment(0.7)), 1)',
  ],
  top_k: ['hinge.critic(D(real), D(fake))', 'bce(top_k(D(fake), 2), 1)'],
} as const;

/**
 * Losses that stand beside one of those above, in G's or in D's. Three multiples of a score are the logits of the three
 * classes `y`.
 */
const besides = {
  acgan: [' + acgan(LOGITS(real), y)', ' + acgan(LOGITS(fake), y)'],
  infogan: [
    ' + infogan.categorical(LOGITS(fake), y)',
    ' + infogan.continuous(D(real), D(fake), 0.1 * D(fake))',
  ],
  drift: [' + 0.1 * wasserstein.drift(D(real))', ''],
  l1: ['', ' + l1(D(fake), 1)'],
  l2: ['', ' + l2(D(fake), 1)'],
  cycle: ['', ' + cycle(D(fake), 1) + identity(D(fake), 0.5)'],
  weights: [
    ' + 0.01 * weight_penalty(D) + 0.1 * spectral_penalty(D)',
    ' + 0.1 * orthogonal_penalty(G) + 0.1 * orthogonal_penalty(G, diagonal: true)',
  ],
  perceptual: ['', ' + perceptual(D(fake), D(real)) + perceptual.l1(D(fake), D(real), weight: 0.5)'],
} as const;

const penalties = {
  none: '',
  gradient_penalty: ' + 10 * gradient_penalty(D(_), real, fake)',
  r1: ' + 5 * r1(D(_), real)',
  r2: ' + 5 * r2(D(_), fake)',
  dragan: ' + 10 * dragan(D(_), real)',
  zero_centred: ' + 100 * zero_centred(D(_), real, fake)',
  consistency: ' + 2 * consistency(D(dropout(_, 0.3)), real)',
  path_length: ' + 2 * path_length(D(_), real)',
  gradient: ' + 10 * mean(square(maximum(0, example_norm(gradient(D(_), fake)) - 0.1)))',
} as const;

/** One step: what D and G minimise, and the penalty on D. */
export interface StepCase {
  readonly loss: string;
  readonly penalty: string;
  readonly terms: readonly [d: string, g: string];
  readonly term: string;
}

const logits = (text: string) => text.replace(/LOGITS\((\w+)\)/g, 'concat(D($1), -D($1), 0.5 * D($1))');

const cases: readonly StepCase[] = [
  ...Object.entries(losses).flatMap(([loss, terms]) =>
    Object.entries(penalties).map(([penalty, term]) => ({ loss, penalty, terms, term })),
  ),
  ...Object.entries(besides).map(([loss, [d, g]]) => ({
    loss,
    penalty: 'none',
    terms: [logits(losses.bce[0] + d), logits(losses.bce[1] + g)] as const,
    term: '',
  })),
];

/** Every loss with every penalty, and every loss beside them; where it is the draw that differs, each of them once. */
export const casesOf = {
  fresh: cases,
  shared: cases.filter(({ loss, penalty }) => loss === 'bce' || penalty === 'none'),
} as const;
