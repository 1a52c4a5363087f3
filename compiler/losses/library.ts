// Made from specs/library/ by scripts/embed-library.js; a test fails when it is stale.

/** The specs that every spec can use without importing them. */
export const libraryFiles: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'auxiliary.gan',
    text: `/// Losses beside the adversarial one: distances between tensors, classes, codes.
gan 1

/// The mean absolute difference, place by place: forgiving of a few large errors, and so sharper than l2.
///
/// Isola et al., *Image-to-Image Translation with Conditional Adversarial Networks*, 2017.
loss l1(a, b) = mean(abs(a - b))

/// The mean squared difference, place by place.
loss l2(a, b) = mean(square(a - b))

/// What comes back from a round trip should be what set out: \`10 * cycle(horse, F(G(horse)))\`. The mean absolute difference.
///
/// Zhu et al., *Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks*, 2017.
loss cycle(image, back) = l1(image, back)

/// A translator given what is already of its target kind should leave it alone: \`5 * identity(zebra, G(zebra))\`. The mean
/// absolute difference; it keeps colours.
///
/// Taigman, Polyak & Wolf, *Unsupervised Cross-Domain Image Generation*, 2017. Zhu et al., 2017, section 5.2.
loss identity(image, same) = l1(image, same)

/// The squared distance between the mean features of real examples and of fakes, as a mean over features (the paper takes
/// their sum). The features are an inner layer of the discriminator, which it returns: \`feature_matching(D(real).features,
/// D(fake).features)\`.
///
/// Salimans et al., *Improved Techniques for Training GANs*, 2016, section 3.1.
loss feature_matching(real, fake) = total(mean(square(batch_mean(real) - batch_mean(fake))))

/// The same with absolute differences, which far-off features pull at less.
loss feature_matching.l1(real, fake) = total(mean(abs(batch_mean(real) - batch_mean(fake))))

/// An auxiliary classifier: D also tells the class, by logits, and both players want it to be right. Add
/// \`acgan(D(real, …).class, y)\` to the loss of D, and \`acgan(D(fake, …).class, y)\` to both.
///
/// Odena, Olah & Shlens, *Conditional Image Synthesis with Auxiliary Classifier GANs*, 2017.
loss acgan(logits, label) = cross_entropy(logits, label)

/// How badly a network guesses the categorical code that the generator was given: −log Q(c | x) for one-hot codes
/// (\`latent c: categorical(10)\`), from logits. Both G and the network that guesses minimise it.
///
/// Chen et al., *InfoGAN: Interpretable Representation Learning by Information Maximizing Generative Adversarial Nets*, 2016.
loss infogan.categorical(logits, code) = cross_entropy(logits, code)

/// The same for continuous codes (\`latent c: uniform(2, low: -1, high: 1)\`): −log of a Gaussian with the guessed mean and the
/// logarithm of its variance, which is 0 (a fixed variance of 1) unless the network guesses it too.
///
/// Chen et al., *InfoGAN*, 2016.
loss infogan.continuous(code, guess, log_variance = 0) =
  mean(0.5 * (log_variance + square(code - guess) / exp(log_variance))) + 0.9189385332046727

/// How far apart two pictures are for a pretrained network: the mean squared difference of its features, added up over the
/// layers that it was declared with. \`perceptual(vgg(fake), vgg(photo), weight: [1, 0.5])\` weighs two layers. The network is
/// frozen, so only the maker of the picture learns from it.
///
/// Johnson, Alahi & Fei-Fei, *Perceptual Losses for Real-Time Style Transfer and Super-Resolution*, 2016.
loss perceptual(made, wanted, weight = 1) = total(weight * mean(square(made - wanted)))

/// The same with absolute differences, as pix2pixHD has it.
///
/// Wang et al., *High-Resolution Image Synthesis and Semantic Manipulation with Conditional GANs*, 2018.
loss perceptual.l1(made, wanted, weight = 1) = total(weight * mean(abs(made - wanted)))
`,
  },
  {
    name: 'f-divergences.gan',
    text: `/// The losses of f-GAN: a critic that bounds an f-divergence between real and fake from below, and a generator that makes it
/// small. A critic minimises E f*(g(fake)) − E g(real), a generator −E f*(g(fake)), where g is the activation that the paper
/// gives each divergence and f* its conjugate. A score is the bare output of the critic: g is in the loss. Section 3.2 of the
/// paper lets the generator raise E g(fake) instead, which does not saturate: \`-mean(fake)\` where g is the score itself.
gan 1

/// The total variation: g(v) = ½ tanh(v), f*(t) = t.
///
/// Nowozin, Cseke & Tomioka, *f-GAN: Training Generative Neural Samplers using Variational Divergence Minimization*, 2016.
loss f_divergence.total_variation.critic(real, fake) = 0.5 * (mean(tanh(fake)) - mean(tanh(real)))

/// The generator's side of the total variation.
loss f_divergence.total_variation.generator(fake) = -0.5 * mean(tanh(fake))

/// The Kullback–Leibler divergence, KL(data‖fakes): g(v) = v, f*(t) = exp(t − 1).
///
/// Nowozin, Cseke & Tomioka, *f-GAN*, 2016.
loss f_divergence.kl.critic(real, fake) = mean(exp(fake - 1)) - mean(real)

/// The generator's side of the Kullback–Leibler divergence.
loss f_divergence.kl.generator(fake) = -mean(exp(fake - 1))

/// The reverse Kullback–Leibler divergence, KL(fakes‖data): g(v) = −exp(−v), f*(t) = −1 − log(−t), so that f*(g(v)) = v − 1.
///
/// Nowozin, Cseke & Tomioka, *f-GAN*, 2016.
loss f_divergence.reverse_kl.critic(real, fake) = mean(fake) - 1 + mean(exp(-real))

/// The generator's side of the reverse Kullback–Leibler divergence.
loss f_divergence.reverse_kl.generator(fake) = 1 - mean(fake)

/// Pearson's χ²: g(v) = v, f*(t) = ¼t² + t.
///
/// Nowozin, Cseke & Tomioka, *f-GAN*, 2016.
loss f_divergence.pearson.critic(real, fake) = mean(0.25 * square(fake) + fake) - mean(real)

/// The generator's side of Pearson's χ².
loss f_divergence.pearson.generator(fake) = -mean(0.25 * square(fake) + fake)

/// Neyman's χ²: g(v) = 1 − exp(−v), f*(t) = 2 − 2√(1 − t), so that f*(g(v)) = 2 − 2·exp(−v/2).
///
/// Nowozin, Cseke & Tomioka, *f-GAN*, 2016.
loss f_divergence.neyman.critic(real, fake) = mean(exp(-real)) - 2 * mean(exp(-0.5 * fake)) + 1

/// The generator's side of Neyman's χ².
loss f_divergence.neyman.generator(fake) = 2 * mean(exp(-0.5 * fake)) - 2

/// The squared Hellinger distance: g(v) = 1 − exp(−v), f*(t) = t/(1 − t), so that f*(g(v)) = exp(v) − 1.
///
/// Nowozin, Cseke & Tomioka, *f-GAN*, 2016.
loss f_divergence.squared_hellinger.critic(real, fake) = mean(exp(fake)) + mean(exp(-real)) - 2

/// The generator's side of the squared Hellinger distance.
loss f_divergence.squared_hellinger.generator(fake) = 1 - mean(exp(fake))

/// The Jensen–Shannon divergence, twice: g(v) = log 2 − log(1 + exp(−v)), f*(t) = −log(2 − exp(t)), so that f*(g(v)) =
/// softplus(v) − log 2. It is \`minimax\` less 2·log 2.
///
/// Nowozin, Cseke & Tomioka, *f-GAN*, 2016.
loss f_divergence.jensen_shannon.critic(real, fake) =
  mean(softplus(fake)) + mean(softplus(-real)) - 1.3862943611198906

/// The generator's side of the Jensen–Shannon divergence.
loss f_divergence.jensen_shannon.generator(fake) = 0.6931471805599453 - mean(softplus(fake))
`,
  },
  {
    name: 'losses.gan',
    text: `/// The losses that every spec can use without importing them. A score is the bare output of a discriminator, before
/// any sigmoid; it may be one number per example or a map of them.
gan 1

/// Binary cross-entropy between a score and a target of 1 (real) or 0 (fake): −t·log σ(s) − (1 − t)·log(1 − σ(s)),
/// written so that it stays exact for large scores. \`bce(D(real), 0.9)\` smooths the label on one side, as Salimans et al.
/// advise; \`bce(D(fake), 0.1)\` beside it smooths the other too. The generator's \`bce(D(fake), 1)\` is the non-saturating loss.
///
/// Goodfellow et al., *Generative Adversarial Nets*, 2014. Salimans et al., *Improved Techniques for Training GANs*, 2016.
loss bce(score, target) = mean(softplus(score) - score * target)

/// The discriminator's side of the first GAN: −log σ(real) − log(1 − σ(fake)), which is bce with targets 1 and 0.
///
/// Goodfellow et al., *Generative Adversarial Nets*, 2014.
loss minimax.critic(real, fake) = mean(softplus(-real)) + mean(softplus(fake))

/// The generator's side of the first GAN, as the theory has it: log(1 − σ(fake)) is minimised. It saturates: where the
/// discriminator is sure of its fakes, hardly any slope is left. In practice \`non_saturating.generator\` is used.
///
/// Goodfellow et al., *Generative Adversarial Nets*, 2014.
loss minimax.generator(fake) = -mean(softplus(fake))

/// The logistic loss of a discriminator, softplus(−real) + softplus(fake): the same as \`minimax.critic\`, and the loss of
/// the StyleGANs together with \`r1\`.
///
/// Goodfellow et al., *Generative Adversarial Nets*, 2014. Karras et al., *A Style-Based Generator Architecture for
/// Generative Adversarial Networks*, 2019.
loss non_saturating.critic(real, fake) = mean(softplus(-real)) + mean(softplus(fake))

/// The generator's side: −log σ(fake) is minimised, which is softplus(−fake) and the same as \`bce(fake, 1)\`. Its slope is
/// largest where the discriminator is sure of its fakes.
///
/// Goodfellow et al., *Generative Adversarial Nets*, 2014, section 3.
loss non_saturating.generator(fake) = mean(softplus(-fake))

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

/// Keeps a critic's scores near 0, which the Wasserstein distance leaves free: add \`0.001 * wasserstein.drift(D(real))\`.
///
/// Karras et al., *Progressive Growing of GANs for Improved Quality, Stability, and Variation*, 2018, appendix A.1.
loss wasserstein.drift(real) = mean(square(real))

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

/// The relativistic average with squares: real scores should lie 1 above the mean of fakes, fakes 1 below that of real ones.
///
/// Jolicoeur-Martineau, *The relativistic discriminator: a key element missing from standard GAN*, 2019 (RaLSGAN).
loss relativistic_average.least_squares.critic(real, fake) =
  mean(square(real - mean(fake) - 1)) + mean(square(fake - mean(real) + 1))

/// The generator's side of it: the same with real and fake changed over.
loss relativistic_average.least_squares.generator(real, fake) =
  mean(square(fake - mean(real) - 1)) + mean(square(real - mean(fake) + 1))

/// The relativistic average with a hinge: a real score 1 above the mean of fakes costs nothing, nor does a fake 1 below that
/// of real ones.
///
/// Jolicoeur-Martineau, *The relativistic discriminator: a key element missing from standard GAN*, 2019 (RaHingeGAN).
loss relativistic_average.hinge.critic(real, fake) =
  mean(relu(1 - (real - mean(fake)))) + mean(relu(1 + (fake - mean(real))))

/// The generator's side of it: the same with real and fake changed over.
loss relativistic_average.hinge.generator(real, fake) =
  mean(relu(1 - (fake - mean(real)))) + mean(relu(1 + (real - mean(fake))))

/// The loss of a discriminator that gives an energy of at least 0: low for real examples, at least \`margin\` for fakes. The
/// energy is as a rule the error of an autoencoder, per example: \`example_mean(square(A(real) - real))\` for
/// \`discriminator A(x: …)\` that draws its input again.
///
/// Zhao, Mathieu & LeCun, *Energy-based Generative Adversarial Network*, 2017.
loss ebgan.critic(real_energy, fake_energy, margin) =
  mean(real_energy) + mean(relu(margin - fake_energy))

/// The generator's side: fakes of low energy.
loss ebgan.generator(fake_energy) = mean(fake_energy)

/// The loss of a discriminator that draws its input again: a small error for real examples, a large one for fakes, weighed
/// by a k that training carries along so that the two keep their ratio. The errors are \`l1(D(real), real)\` and
/// \`l1(D(fake), fake)\`; Berthelot et al. write ℒ(real) and ℒ(fake) for them.
///
/// Berthelot, Schumm & Metz, *BEGAN: Boundary Equilibrium Generative Adversarial Networks*, 2017.
loss began.critic(real_error, fake_error, k) = real_error - k * fake_error

/// The generator's side: fakes that are drawn again with a small error.
loss began.generator(fake_error) = fake_error
`,
  },
];
