// Made from specs/library/ by scripts/embed-library.js; a test fails when it is stale.

/** The specs that every spec can use without importing them. */
export const libraryFiles: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'losses.gan',
    text: `/// The losses that every spec can use without importing them. A score is the bare output of a discriminator, before
/// any sigmoid; it may be one number per example or a map of them.
gan 1

/// Binary cross-entropy between a score and a target of 1 (real) or 0 (fake): −t·log σ(s) − (1 − t)·log(1 − σ(s)),
/// written so that it stays exact for large scores. \`bce(D(real), 0.9)\` smooths the label. The generator's
/// \`bce(D(fake), 1)\` is the non-saturating loss.
///
/// Goodfellow et al., *Generative Adversarial Nets*, 2014. Salimans et al., *Improved Techniques for Training GANs*, 2016.
loss bce(score, target) = mean(softplus(score) - score * target)

/// The mean squared distance of a score from a target, 1 for real and 0 for fake.
///
/// Mao et al., *Least Squares Generative Adversarial Networks*, 2017 (which puts ½ in front).
loss least_squares(score, target) = mean(square(score - target))

/// The hinge loss of a discriminator: real scores above 1 and fake ones below −1 cost nothing.
///
/// Lim & Ye, *Geometric GAN*, 2017. Miyato et al., *Spectral Normalization for GANs*, 2018.
loss hinge.critic(real, fake) = mean(relu(1 - real)) + mean(relu(1 + fake))

/// The generator's side of the hinge loss: raise the scores of fakes.
loss hinge.generator(fake) = -mean(fake)

/// The critic's side of the Wasserstein distance: real scores high, fake scores low. It means something only for a
/// critic whose slope is bounded, by \`gradient_penalty\` or \`weights: spectral_norm\`.
///
/// Arjovsky, Chintala & Bottou, *Wasserstein GAN*, 2017.
loss wasserstein.critic(real, fake) = mean(fake) - mean(real)

/// The generator's side of the Wasserstein distance: raise the scores of fakes.
loss wasserstein.generator(fake) = -mean(fake)

/// A discriminator that scores a real example above a fake one, pair by pair.
///
/// Jolicoeur-Martineau, *The relativistic discriminator: a key element missing from standard GAN*, 2019.
loss relativistic.critic(real, fake) = mean(softplus(fake - real))

/// The generator's side: score fakes above real examples, pair by pair. Gradients pass through both.
loss relativistic.generator(real, fake) = mean(softplus(real - fake))

/// A discriminator that scores real examples above the mean of fakes, and fakes below the mean of real ones.
///
/// Jolicoeur-Martineau, *The relativistic discriminator: a key element missing from standard GAN*, 2019.
loss relativistic_average.critic(real, fake) =
  mean(softplus(mean(fake) - real)) + mean(softplus(fake - mean(real)))

/// The generator's side of it: the same with real and fake changed over.
loss relativistic_average.generator(real, fake) =
  mean(softplus(mean(real) - fake)) + mean(softplus(real - mean(fake)))

/// The mean absolute difference, place by place: forgiving of a few large errors, and so sharper than l2.
///
/// Isola et al., *Image-to-Image Translation with Conditional Adversarial Networks*, 2017.
loss l1(a, b) = mean(abs(a - b))

/// The mean squared difference, place by place.
loss l2(a, b) = mean(square(a - b))
`,
  },
];
